# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Other brokers differ: in the size of pages, in what they take of a subscription, in what they tell and what they lose."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.feeds import runner
from hanze.feeds.kinds.ngsild import joining
from hanze.feeds.kinds.ngsild.subscription import LIFE
from hanze.feeds.source import Feed
from hanze.ngsild import times
from tests.feeds.kinds.ngsild.others import ORION, SCORPIO, SILENT, STELLIO, Dialect, Other, mirroring

pytestmark = pytest.mark.anyio

MANY = 250

HOUR = 3_600_000_000

YEAR = 8766 * HOUR


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(runner, "SHORTEST_PAUSE", 0.05)


@pytest.fixture(params=[ORION, SCORPIO, STELLIO, SILENT], ids=["orion-ld", "scorpio", "stellio", "one that gives less"])
async def other(request: pytest.FixtureRequest) -> AsyncIterator[Other]:
    made = Other(request.param)
    async with made.serve():
        for number in range(MANY):
            made.put(number, level=number)
        yield made


@pytest.fixture
async def stellio() -> AsyncIterator[Other]:
    made = Other(STELLIO)
    async with made.serve():
        for number in range(MANY):
            made.put(number, level=number)
        yield made


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not what():
            await asyncio.sleep(0.01)


def levels(devices: dict[int, dict[str, Any]]) -> dict[int, Any]:
    return {number: values["level"] for number, values in devices.items()}


def theirs(other: Other) -> dict[int, Any]:
    return {int(id.rpartition(":")[2]): one["level"]["value"] for id, one in other.entities.items()}


async def test_all_is_copied_then_followed(other: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, other) as ours:
        await until(lambda: levels(ours.devices()) == theirs(other))
        (subscription,) = other.subscriptions.values()
        assert subscription["notification"]["format"] == "normalized"
        assert ("notificationTrigger" in subscription) == other.dialect.triggers
        other.put(1, level=-1)
        other.put(1000, level=5)
        await until(lambda: levels(ours.devices()) == theirs(other))
        other.delete(2)
        if other.dialect.triggers:
            await until(lambda: levels(ours.devices()) == theirs(other))
        assert ours.status() == "fresh"
        await until(lambda: "timesFailed" not in subscription["notification"])


async def test_what_gets_lost_is_found_by_a_comparison(other: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, other) as ours:
        await until(lambda: levels(ours.devices()) == theirs(other))
        other.deaf = True
        other.put(1, level=-1)
        other.delete(2)
        other.entities["urn:ngsi-ld:Device:3"].pop("level")
        other.put(3, tell=False, level=3, name="new")
        await asyncio.sleep(0.1)
        other.deaf = False
        await until(lambda: levels(ours.devices()) == theirs(other))
        await until(lambda: "name" in ours.devices()[3])
        other.entities["urn:ngsi-ld:Device:3"].pop("name")
        other.put(4, level=4)
        other.subscriptions.clear()
        await until(lambda: "name" not in ours.devices()[3])
        await until(lambda: len(other.subscriptions) == 1)


async def test_after_an_outage_and_after_a_restart_it_is_complete_with_one_subscription(
    other: Other, tmp_path: Path
) -> None:
    async with mirroring(tmp_path, other) as ours:
        await until(lambda: levels(ours.devices()) == theirs(other))
        other.down = other.deaf = True
        await until(lambda: ours.status() == "failing")
        other.put(1, level=-1)
        other.delete(2)
        other.down = other.deaf = False
        await until(lambda: levels(ours.devices()) == theirs(other))
        await until(lambda: ours.status() == "fresh")
    other.delete(5, tell=False)
    other.put(6, tell=False, level=-6)
    assert len(other.subscriptions) == 1, "a node that stops comes back"
    async with mirroring(tmp_path, other) as ours:
        await until(lambda: levels(ours.devices()) == theirs(other))
        assert len(other.subscriptions) == 1
        if other.dialect.patches:
            assert other.made == 1
        await ours.runner.run([])
        assert not other.subscriptions, "one whose source is removed does not"


async def test_nothing_is_missed_where_others_go_while_pages_are_asked_for(stellio: Other, tmp_path: Path) -> None:
    def turn(offset: int) -> None:
        if offset == 99:
            for number in range(140):
                if f"urn:ngsi-ld:Device:{number}" in stellio.entities:
                    stellio.delete(number)

    stellio.turn = turn
    stellio.dialect = msgspec.structs.replace(STELLIO, counts=False)
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: levels(ours.devices()) == theirs(stellio))


async def test_what_is_counted_and_not_listed_is_looked_for_again(stellio: Other, tmp_path: Path) -> None:
    hidden, asked, real = f"urn:ngsi-ld:Device:{MANY - 1}", 0, stellio._page

    def page(query: dict[str, str]) -> tuple[int, Any, list[str]]:
        nonlocal asked
        asked += 1
        status, body, headers = real(query)
        return status, [one for one in body if asked > 8 or one["id"] != hidden] if status == 200 else body, headers

    stellio._page = page  # type: ignore[method-assign]
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: levels(ours.devices()) == theirs(stellio))


@pytest.mark.parametrize("wrong", [lambda body: body[:100], lambda body: [{"level": 1}]])
async def test_a_broker_that_pages_wrongly_is_no_round_without_end(
    wrong: Callable[[list[Any]], list[Any]], stellio: Other, tmp_path: Path
) -> None:
    real = stellio._page

    def page(query: dict[str, str]) -> tuple[int, Any, list[str]]:
        status, body, headers = real({**query, "offset": "0"})
        return status, wrong(body) if status == 200 else body, headers

    stellio._page = page  # type: ignore[method-assign]
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: any("counts 250 entities and lists" in reason for reason in ours.reasons()))
        assert ours.status() == "fresh"


async def test_what_no_page_had_is_asked_for_before_it_goes(stellio: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, stellio, types=["Device"]) as ours:
        await until(lambda: levels(ours.devices()) == theirs(stellio))
        await until(lambda: ours.status() == "fresh")

        hidden = stellio.entities.pop("urn:ngsi-ld:Device:7")
        pages = 0

        def turn(offset: int) -> None:
            nonlocal pages
            pages += 1

        stellio.turn = turn
        real = stellio._page

        def page(query: dict[str, str]) -> tuple[int, Any, list[str]]:
            if "id" in query:
                stellio.entities[hidden["id"]] = hidden
            return real(query)

        stellio._page = page  # type: ignore[method-assign]
        stellio.subscriptions.clear()
        await until(lambda: pages >= 3 and hidden["id"] in stellio.entities)
        await until(lambda: len(stellio.subscriptions) == 1)
        await asyncio.sleep(0.2)
        assert 7 in ours.devices()


async def test_a_broker_that_lists_nothing_at_once_takes_nothing_away(stellio: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, stellio, types=["Device"]) as ours:
        await until(lambda: levels(ours.devices()) == theirs(stellio))
        stellio.entities.clear()
        stellio.subscriptions.clear()
        await until(lambda: any("lists nothing" in reason for reason in ours.reasons()))
        assert len(ours.devices()) == MANY


async def test_a_broker_without_entities_is_waited_for(tmp_path: Path) -> None:
    other = Other(ORION)
    async with other.serve(), mirroring(tmp_path, other) as ours:
        await until(lambda: any("no entities yet" in reason for reason in ours.reasons()))
        other.put(1, level=1)
        await until(lambda: levels(ours.devices()) == {1: 1})
        other.put(2, level=2)
        await until(lambda: levels(ours.devices()) == {1: 1, 2: 2})


async def test_what_cannot_be_taken_is_told_and_spoils_nothing(stellio: Other, tmp_path: Path) -> None:
    stellio.entities["urn:ngsi-ld:Device:8"]["level"] = {"type": "Property"}
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: len(ours.devices()) == MANY - 1)
        await until(lambda: any("urn:ngsi-ld:Device:8: level" in reason for reason in ours.reasons()))


@pytest.mark.parametrize(
    ("dialect", "options", "told"),
    [
        (ORION, {"scopeQ": "/a"}, "refuses the subscription: scopeQ"),
        (ORION, {"callback": "http://0.0.0.0:1"}, "cannot be told where"),
        (ORION, {"colour": "red"}, "options of the source are wrong"),
    ],
)
async def test_what_cannot_be_is_a_failure_with_advice(
    dialect: Dialect, options: dict[str, Any], told: str, tmp_path: Path
) -> None:
    other = Other(dialect)
    async with other.serve():
        other.put(1, level=1)
        async with mirroring(tmp_path, other, **options) as ours:
            await until(lambda: ours.status() == "failing")
            _, _, health = ours.runner.told()[0]
            assert told in health.detail
            assert health.advice


async def test_the_key_goes_along_and_is_never_told(stellio: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, stellio, token="s3cret", tenant="north", q="level>=0") as ours:
        await until(lambda: ours.devices())
        asked = stellio.server.asked
        assert all(one.headers["authorization"] == "Bearer s3cret" for one in asked)
        assert all(one.headers["ngsild-tenant"] == "north" for one in asked)
        assert any("q=level%3E%3D0" in one.path for one in asked)
        stellio.down = True
        await until(lambda: ours.status() == "failing")
        assert "s3cret" not in ours.runner.told()[0][1].detail


async def test_a_pause_takes_the_subscription_away(stellio: Other, tmp_path: Path) -> None:
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: stellio.subscriptions)
        feed = ours.runner.told()[0][0]
        await ours.runner.run([Feed(feed.kind, feed.url, feed.name, paused=True)])
        assert not stellio.subscriptions
        await ours.runner.run([feed])
        await until(lambda: len(stellio.subscriptions) == 1)


def left(other: Other) -> int:
    """How long the one subscription has still to live there."""
    (subscription,) = other.subscriptions.values()
    return times.parse(subscription["expiresAt"]) - other.time()


async def test_in_a_fast_demonstration_the_subscription_lives_a_day_of_the_other_broker(
    other: Other, tmp_path: Path
) -> None:
    async with mirroring(tmp_path, other, clock=lambda: times.system() + 2 * YEAR) as ours:
        await until(lambda: levels(ours.devices()) == theirs(other))
        assert LIFE - HOUR < left(other) <= LIFE


async def test_the_subscription_lives_by_the_clock_of_a_broker_that_is_a_demonstration(
    stellio: Other, tmp_path: Path
) -> None:
    stellio.ahead = 2 * YEAR
    async with mirroring(tmp_path, stellio) as ours:
        await until(lambda: levels(ours.devices()) == theirs(stellio))
        assert LIFE - HOUR < left(stellio) <= LIFE
        stellio.ahead += LIFE // 2 + HOUR
        await until(lambda: left(stellio) > LIFE - HOUR)
        assert stellio.made == 1, "it was renewed before it ended"
