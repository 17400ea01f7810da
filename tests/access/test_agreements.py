# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A key of an agreement opens what is public and what the agreement shows, as long as it holds and not more often than it says."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest

from hanze.access import Access, Policy, Public, agreed, holding, keys, log
from hanze.access.agreed import Agreed
from hanze.access.keys import ID
from hanze.access.principal import READ, SUBSCRIBE
from hanze.errors import BadRequestData, HanzeError, NoRightToAccess, ResourceNotFound, TooManyRequests
from hanze.http.limits import Limits
from hanze.http.openapi import About, Contact
from hanze.http.operation import Nothing, Operation
from hanze.http.reply import problem
from hanze.http.resources import Resources
from hanze.store.base import Store
from hanze.store.scope import NOTHING, Grant
from tests.access.node import Chance, running
from tests.contract.conftest import START, Clock

pytestmark = pytest.mark.anyio

HOUR = 3_600_000_000
QUIET = "urn:ngsi-ld:Agreement:havendam:quiet"
NOISE = Grant(types=frozenset({"Noise"}), attributes=frozenset({"level"}))


@pytest.fixture
def of(store: Store, clock: Clock) -> Access:
    return Access(store, clock, Policy(public=(Public("Park"),), restricted=frozenset({"Noise", "Complaint"})))


def put(store: Store, of: Access, **more: object) -> None:
    given = {"id": QUIET, "grants": (NOISE,), "starts": START, "ends": START + HOUR, **more}
    store.submit(lambda work: agreed.put(work, Agreed(**given))).result()  # type: ignore[arg-type]
    of.forget_keys()


def bound(store: Store, chance: Chance, **more: object) -> str:
    made = store.submit(lambda work: keys.create(work, chance, "operator", "reader", agreement=QUIET, **more)).result()  # type: ignore[arg-type]
    return made[0]


def ask(of: Access, key: str) -> object:
    return of.principal({"x-api-key": key})


def refusal(of: Access, key: str) -> HanzeError:
    with pytest.raises((NoRightToAccess, TooManyRequests)) as found:
        ask(of, key)
    return found.value


def test_it_reads_what_is_public_and_what_was_agreed(store: Store, of: Access, chance: Chance) -> None:
    put(store, of)
    principal = of.principal({"x-api-key": bound(store, chance)})
    assert principal.agreement == QUIET and principal.rights == {READ, SUBSCRIBE}
    public, shown = of.scope(principal, "").grants
    assert public.types == frozenset({"Park"}) and public.without == frozenset({"Noise", "Complaint"})
    # What is restricted and not named stays hidden, also on an entity that is of both types.
    assert shown == Grant(types=NOISE.types, attributes=NOISE.attributes, without=frozenset({"Complaint"}))
    assert of.scope_of(principal.id) == of.scope(principal, "north")
    for right in ("write", "administer", "oversee", "read restricted"):
        with pytest.raises(NoRightToAccess):
            of.demand(principal, right, "")


def test_what_no_key_of_an_agreement_is(store: Store, of: Access, chance: Chance) -> None:
    with pytest.raises(ResourceNotFound, match="no agreement"):
        bound(store, chance)
    put(store, of)
    for more, says in (({"types": ["A"]}, "types and tenants"), ({"tenants": [""]}, "types and tenants")):
        with pytest.raises(BadRequestData, match=says):
            bound(store, chance, **more)
    with pytest.raises(BadRequestData, match="only reads"):
        store.submit(lambda work: keys.create(work, chance, "operator", "writer", agreement=QUIET)).result()
    bound(store, chance, name="noise lab")
    assert [(one.name, one.role, one.agreement) for one in keys.listed(store)] == [("noise lab", "reader", QUIET)]


def test_it_holds_from_its_first_moment_up_to_its_last(store: Store, clock: Clock, of: Access, chance: Chance) -> None:
    put(store, of, starts=START + 60_000_000)
    key = bound(store, chance)
    assert "begins on 2026-01-01T00:01:00Z" in refusal(of, key).detail
    assert of.scope_of(key[ID]) is NOTHING
    clock.forward(60)
    ask(of, key)
    assert of.scope_of(key[ID]).grants
    clock.now = START + HOUR - 1
    ask(of, key)
    clock.now = START + HOUR
    found = refusal(of, key)
    assert found.status == 403 and "ended on 2026-01-01T01:00:00Z" in found.detail and "without a key" in found.detail
    assert of.scope_of(key[ID]) is NOTHING


def test_its_end_is_noticed_at_once_where_it_was_planned_and_soon_where_nobody_told(
    store: Store, clock: Clock, of: Access, chance: Chance
) -> None:
    put(store, of)
    key = bound(store, chance)
    principal = of.principal({"x-api-key": key})
    assert of.scope_of(key[ID]).grants and of.scope(principal, "").grants
    store.submit(lambda work: agreed.end(work, QUIET)).result()
    clock.forward(holding.FRESH_MICROSECONDS / 1e6)
    assert of.scope_of(key[ID]) is of.scope(principal, "") is NOTHING
    assert holding.FRESH_MICROSECONDS < 5_000_000
    put(store, of)
    assert of.scope_of(key[ID]).grants
    store.submit(lambda work: agreed.end(work, QUIET)).result()
    of.forget_keys()
    assert of.scope_of(key[ID]) is NOTHING


def test_another_version_shows_something_else(store: Store, of: Access, chance: Chance) -> None:
    put(store, of)
    principal = of.principal({"x-api-key": bound(store, chance)})
    before = of.scope(principal, "")
    assert of.scope(principal, "") is before
    put(store, of, grants=(NOISE, Grant(types=frozenset({"Air"}))))
    assert len(of.scope(principal, "").grants) == len(before.grants) + 1


def test_a_rate_counts_over_all_its_keys(store: Store, clock: Clock, of: Access, chance: Chance) -> None:
    put(store, of, rate=3)
    one, other = bound(store, chance), bound(store, chance)
    clock.forward(20)
    for key in (one, other, one):
        ask(of, key)
    for key in (one, other):
        found = refusal(of, key)
        assert found.status == 429 and "3 requests a minute" in found.detail
        assert dict(problem(found).headers)[b"retry-after"] == b"40"
    of.principal({})
    clock.forward(39.9)
    assert dict(problem(refusal(of, one)).headers)[b"retry-after"] == b"1"
    clock.forward(0.1)
    ask(of, one)


def test_every_call_is_logged_with_it_also_one_that_is_refused(
    store: Store, clock: Clock, of: Access, chance: Chance, make: Callable[..., str]
) -> None:
    put(store, of, rate=2)
    key = bound(store, chance, name="noise lab")
    principal = of.principal({"x-api-key": key})
    of.note_read(principal, "", ["Noise"], ["level"])
    for _ in range(2):
        of.principal({"x-api-key": key}) if _ == 0 else refusal(of, key)
    of.note_read(of.principal({"x-api-key": make()}), "", ["Noise"])
    of.note_sent(principal.id, "", ["Noise"])
    of.note_sent("anyone", "", ["Noise"])
    flushed = of.flush()
    assert flushed is not None
    flushed.result()
    found = [(one.agreement, one.types, one.attributes, one.reads, one.calls) for one in log.entries(store)]
    assert found == [
        (QUIET, ["Noise"], ["level"], 1, 0), ("", ["Noise"], [], 1, 0), (QUIET, ["Noise"], [], 1, 0), (QUIET, [], [], 0, 3),
    ]  # fmt: skip
    assert {one.principal for one in log.entries(store) if one.agreement} == {f"noise lab ({key[ID]})"}


def test_how_often_it_was_used_week_by_week(store: Store, clock: Clock, of: Access, chance: Chance) -> None:
    put(store, of, ends=START + 1000 * HOUR)
    key = bound(store, chance)
    # 1 January 2026 is a Thursday; the Sunday after it has another Monday in Amsterdam once it is Monday there.
    for days in (0, 3.97, 1, 7):
        clock.forward(days * 86_400)
        of.note_read(of.principal({"x-api-key": key}), "", ["Noise"])
    flushed = of.flush()
    assert flushed is not None
    flushed.result()
    monday = START - 3 * 24 * HOUR
    week = 7 * 24 * HOUR
    assert log.weeks(store, QUIET, UTC) == [
        log.Week(monday, 2, 2), log.Week(monday + week, 1, 1), log.Week(monday + 2 * week, 1, 1)
    ]  # fmt: skip
    local = log.weeks(store, QUIET, ZoneInfo("Europe/Amsterdam"))
    assert [(one.start - (monday - HOUR), one.calls) for one in local] == [(0, 1), (week, 2), (2 * week, 1)]
    assert log.weeks(store, "another", UTC) == [] == log.weeks(store, QUIET, UTC, since=clock.now + 60_000_000)


async def test_a_call_that_no_operation_takes_is_logged_and_counted_too(tmp_path: Path) -> None:
    made = Agreed(id=QUIET, grants=(NOISE,), starts=START, ends=START + HOUR, rate=5)
    async with running(tmp_path) as node:
        node.raw.submit(lambda work: agreed.put(work, made)).result()
        key = node.key("reader", agreement=QUIET)
        operation = Operation(
            path="/trees", name="trees", summary="Trees", tag="trees", handler=lambda caller, asked: asked, answer=Nothing
        )  # fmt: skip
        about = About("Trees", "All.", Contact("City", "http://city/", "a@example.org"), "", ())
        app = Resources(node.raw, node.access, node.clock, Limits(), about, [operation])
        transport = httpx2.ASGITransport(app)
        headers = {"X-API-Key": key}
        async with httpx2.AsyncClient(transport=transport, base_url="http://city", headers=headers) as resources:
            found = [
                (await node.ask("GET", "/nowhere", key)).status_code,
                (await node.ask("PUT", "/types", key, {})).status_code,
                (await resources.get("/nowhere")).status_code,
                (await resources.get("/trees?size=9")).status_code,
                (await resources.get("/trees", headers={"Accept": "image/png"})).status_code,
                (await resources.get("/openapi.json")).status_code,
                (await node.ask("GET", "/nowhere", key)).status_code,
            ]
        assert found == [404, 405, 404, 400, 406, 429, 429]
        flushed = node.access.flush()
        assert flushed is not None
        flushed.result()
        assert [(one.agreement, one.calls) for one in log.entries(node.raw)] == [(QUIET, 7)]
