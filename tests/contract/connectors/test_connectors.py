# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every kind of source does alike: what it gives, what it remembers, what it says when something goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hanze.feeds.kinds import KINDS
from hanze.feeds.provenance import LICENCE, PROVIDER, SOURCE
from hanze.ngsild import parse, render
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from tests.contract.connectors import worlds
from tests.contract.connectors.cases import CASES
from tests.contract.connectors.conftest import Connected, Sparing, until
from tests.contract.connectors.worlds import HUGE, Case, Http

pytestmark = pytest.mark.anyio

OURS = "an error of this program"
"""What is told where a kind raised something else than SourceFailed."""


async def test_every_kind_is_tried() -> None:
    assert {case.kind for case in CASES} >= set(KINDS)


async def test_what_comes_is_ngsi_ld_with_its_origin(case: Case, connected: Connected) -> None:
    await connected.begin()
    await connected.told(case.tells)
    found = connected.brought()
    for entity in connected.entities():
        document = render.entity(entity, CORE, render.PLAIN)
        assert plain(parse.entity(document, CORE)) == plain(entity)
    for entity in found:
        told = {name: entity.attributes[name][0]["value"] for name in (PROVIDER, LICENCE, SOURCE)}
        assert told == {PROVIDER: connected.world.provider, LICENCE: worlds.LICENCE, SOURCE: "mine"}, entity.id
    assert connected.record.observed == connected.world.observed


def plain(entity: Entity) -> tuple[str, list[str], dict[str, list[dict[str, object]]]]:
    """An entity without the times that the store gives."""
    stamps = ("createdAt", "modifiedAt")
    attributes = {
        name: [{key: value for key, value in one.items() if key not in stamps} for one in instances]
        for name, instances in entity.attributes.items()
    }
    return entity.id, entity.types, attributes


async def test_what_is_said_again_is_not_written_again(case: Case, connected: Connected) -> None:
    if not connected.world.steady:
        pytest.skip("it says something new each time")
    await connected.begin()
    await connected.told(case.tells)
    before, news = connected.brought(), connected.record.news
    for _ in range(3):
        await connected.world.again()
        await connected.well() if isinstance(connected.world, Http) else await asyncio.sleep(0.2)
    assert (connected.brought(), connected.record.news) == (before, news)


async def test_a_pause_is_a_pause(case: Case, connected: Connected) -> None:
    await connected.begin()
    await connected.told(case.tells)
    await connected.begin(paused=True)
    looked, world = connected.record.looked, connected.world
    asked = len(world.asked) if isinstance(world, Http) else 0
    await world.again()
    await asyncio.sleep(0.3)
    assert connected.record.looked == looked
    assert not isinstance(world, Http) or len(world.asked) == asked
    connected.later(700)
    await connected.begin()
    await connected.well()


async def test_a_restart_goes_on_where_it_was(case: Case, connected: Connected) -> None:
    world = connected.world
    if isinstance(world, Http):
        world.marked = True
    await connected.begin()
    await connected.told(case.tells)
    if isinstance(world, Http):
        # With what it was told before, a kind that asks for files asks only for what changed.
        await connected.well()
    await connected.restart()
    kept, brought = connected.kept(), connected.brought()
    await connected.begin(paused=True)
    assert connected.kept() == kept and connected.record.taken > 0
    news = connected.record.news
    connected.later(700)
    asked = len(world.asked) if isinstance(world, Http) else 0
    await connected.begin()
    await connected.well()
    if world.steady:
        assert (connected.brought(), connected.record.news) == (brought, news)
    if isinstance(world, Http) and world.remembers:
        assert world.asked[asked].headers.get("if-none-match") == worlds.ETAG


async def test_a_source_that_is_busy_is_left_alone_as_long_as_it_says(connected: Connected) -> None:
    world = connected.world
    if not isinstance(world, Http):
        pytest.skip("nothing of it says 429")
    world.busy()
    await connected.begin()
    await until(lambda: connected.record.failures)
    assert (connected.record.wait, connected.record.failures) == (30.0, 1)
    assert "429" in connected.record.detail and "every" in connected.record.advice
    asked = len(world.asked)
    await asyncio.sleep(0.3)
    assert len(world.asked) == asked
    await world.mend()
    await connected.restart()
    connected.later(31)
    await connected.begin()
    await connected.well()


async def test_whatever_goes_wrong_is_told_with_advice_and_without_secrets_and_passes(
    connected: Connected, caplog: pytest.LogCaptureFixture
) -> None:
    await connected.begin()
    await connected.well()
    assert not secrets_told(connected, caplog.text)
    for fault in connected.world.faults:
        async with going_wrong(connected, fault):
            told = connected.record
            assert told.detail and told.advice and OURS not in told.detail, (fault, told)
            assert not told.wait, fault
            assert not secrets_told(connected, caplog.text), fault
    assert "Traceback" not in caplog.text and "an error of ours" not in caplog.text


def secrets_told(connected: Connected, log: str) -> list[str]:
    """The secrets that stand in what is kept, in what is shown, or in the log."""
    told = (connected.kept(), repr(connected.entities()), log)
    return [secret for secret in connected.world.secrets if any(secret in one for one in told)]


@asynccontextmanager
async def going_wrong(connected: Connected, fault: str) -> AsyncIterator[None]:
    """The source fails in this way, and is mended afterwards."""
    # A kind may rest after some calls; the next fault comes when it has rested.
    connected.later(700)
    Sparing.huge = fault == HUGE
    await connected.world.fail(fault)
    await until(lambda: connected.record.failures)
    yield
    Sparing.huge = False
    await connected.world.mend()
    await connected.well()
