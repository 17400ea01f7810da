# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources go on by themselves: over failures, over restarts, over rubbish; what each gave is kept with its state."""

import asyncio
from array import array
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds import making
from hanze.feeds import runner as running
from hanze.feeds.health import SOURCE, VOCABULARY
from hanze.feeds.record import SOURCES
from hanze.feeds.runner import Runner
from hanze.feeds.source import Feed, Found, Get, Poll, Progress, Put, Refused, State, Stream
from hanze.feeds.tables.shaping import Series
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.ngsild.times import system
from hanze.outgoing import Client, Guard
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.feeds.kinds.serving import Reply
from tests.feeds.kinds.serving import source as serve

pytestmark = pytest.mark.anyio


class Numbers:
    """Reads {"values": {id: number}}; a text among the numbers is refused."""

    kind: ClassVar[str] = "numbers"
    every: ClassVar[float] = 0.01

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        answer = await get(feed.url, {"x-turn": str(state.get("turn", 0))})
        try:
            given = msgspec.json.decode(answer.body)["values"]
        except (msgspec.DecodeError, KeyError):
            raise SourceFailed("The answer has no values.", "Look at the address.") from None
        found = Found(observed=now, gone=[making.urn("Thing", one) for one in state.get("ids", []) if one not in given])
        for id, value in given.items():
            if isinstance(value, str):
                found.refused.append(Refused(id, f"{value} is no number"))
            else:
                found.entities.append(making.entity(making.urn("Thing", id), "Thing", {"level": making.number(value)}))
        return found, {"turn": state.get("turn", 0) + 1, "ids": sorted(given)}


class Voice:
    """Says one thing, then fails; the next time the next thing."""

    kind: ClassVar[str] = "voice"
    every: ClassVar[float] = 60.0

    async def listen(self, feed: Feed, state: State, put: Put, guard: Guard) -> None:
        turn = state.get("turn", 0)
        await put(
            Found([making.entity(making.urn("Word", turn), "Word", {"n": making.number(turn)})]), {"turn": turn + 1}
        )
        if turn >= 2:
            await asyncio.Event().wait()
        raise SourceFailed("The line broke.", "Wait.")


class Teller:
    """Works out what it gives: three parts of history at once, then a reading each minute of the clock."""

    kind: ClassVar[str] = "teller"
    every: ClassVar[float] = 3600.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        part = state.get("part", 0)
        moments = [part * 1000 + number for number in range(1000)]
        told = Series(
            making.urn("Thing", "t"), CORE.expand("Thing"), CORE.expand("level"), {"type": "Property", "unitCode": "C62"},
            array("q", moments), array("d", map(float, moments)),
        )  # fmt: skip
        again = now if part < 2 else now + 60_000_000
        return Found(series=[told], again=again, progress=Progress(part + 1, 3) if part < 2 else None), {
            "part": part + 1
        }


class Stubborn:
    """Makes a failure of its end."""

    kind: ClassVar[str] = "stubborn"
    every: ClassVar[float] = 60.0

    async def listen(self, feed: Feed, state: State, put: Put, guard: Guard) -> None:
        await put(Found([making.entity(making.urn("Word", "s"), "Word", {"n": making.number(1)})]), {})
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise SourceFailed("The line cannot be closed.", "Wait.") from None


KINDS: dict[str, Callable[[], Poll | Stream]] = {
    "numbers": Numbers, "voice": Voice, "teller": Teller, "stubborn": Stubborn,
}  # fmt: skip


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SHORTEST_PAUSE", 0.01)


@asynccontextmanager
async def going(folder: Path, *feeds: Feed) -> AsyncIterator[tuple[Store, Runner]]:
    store = sqlite.open(folder, clock=system, vaults=[SOURCES])
    client = Client(Guard(["127.0.0.1"]))
    runner = Runner(store, client, system, KINDS, "havendam", lambda: 0.5)
    await runner.run(feeds)
    try:
        yield store, runner
    finally:
        await runner.stop()
        client.close()
        store.close()


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not what():
            await asyncio.sleep(0.01)


def things(store: Store, type: str = "Thing") -> dict[str, object]:
    page = store.query("", EntitySelection(types=TypeIs(CORE.expand(type))), EVERYTHING, limit=100)
    return {one.id.rpartition(":")[2]: one for one in page.entities}


def source(store: Store, name: str) -> dict[str, object]:
    found = store.get("", making.urn("Source", "havendam", name), EVERYTHING)
    assert found is not None
    assert found.types == [SOURCE]
    return {key.removeprefix(VOCABULARY): one[0]["value"] for key, one in found.attributes.items()}


def body(**values: object) -> bytes:
    return msgspec.json.encode({"values": values})


async def test_what_a_source_gives_is_there_with_where_it_is_from(tmp_path: Path) -> None:
    async with serve({"/n": body(a=1, b=2, c="much")}) as at:
        feed = Feed("numbers", at.url("/n"), name="mine", provider="The harbour", licence="https://example.org/cc0")
        async with going(tmp_path, feed) as (store, runner):
            await until(lambda: runner.told()[0][1].taken)
            (_, record, health) = runner.told()[0]
            assert (record.taken >= 2, record.refused >= 1, health.status) == (True, True, "fresh")
            assert "c: much is no number" in health.detail
            entity = store.get("", "urn:ngsi-ld:Thing:a", EVERYTHING)
            assert entity is not None
            told = {name.rpartition("/")[2]: one[0]["value"] for name, one in entity.attributes.items()}
            assert told == {
                "level": 1, "dataProvider": "The harbour", "license": "https://example.org/cc0", "source": "mine",
            }  # fmt: skip
            await until(lambda: source(store, "mine")["status"] == "fresh")
            at.answers = {"/n": body(a=1)}
            await until(lambda: list(things(store)) == ["a"])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("reply", "told", "advice"),
    [
        (Reply(b"", 500), "answered with status 500", "tried again by itself"),
        (Reply(b"", 403), "answered with status 403", "does not let this node in"),
        (b"<html>", "The answer has no values.", "Look at the address."),
        (Reply(b"{}", promised=10), "closed the connection in the middle", "the other server runs"),
    ],
)
async def test_a_source_that_fails_says_what_to_do_and_goes_on_when_it_is_mended(
    tmp_path: Path, reply: Reply | bytes, told: str, advice: str
) -> None:
    async with (
        serve({"/n": reply}) as at,
        going(tmp_path, Feed("numbers", at.url("/n"), name="mine", every=0.05)) as (store, runner),
    ):
        await until(lambda: runner.told()[0][1].failures)
        await until(lambda: source(store, "mine")["status"] == "failing")
        assert told in str(source(store, "mine")["detail"])
        assert advice in str(source(store, "mine")["advice"])
        at.answers = {"/n": body(a=1)}
        await until(lambda: things(store))
        await until(lambda: source(store, "mine")["status"] == "fresh")
        assert runner.told()[0][1].failures == 0


@pytest.mark.usefixtures("quick")
async def test_one_that_is_asked_once_a_day_is_not_tried_again_a_day_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "FIRST_PAUSE", 0.01)
    async with (
        serve({"/n": Reply(b"", 500)}) as at,
        going(tmp_path, Feed("numbers", at.url("/n"), name="mine", every=86_400.0)) as (_, runner),
    ):
        await until(lambda: runner.told()[0][1].failures > 2)


async def test_a_source_is_left_alone_as_long_as_it_asks(tmp_path: Path) -> None:
    async with (
        serve({"/n": Reply(b"", 429, {"Retry-After": "3600"})}) as at,
        going(tmp_path, Feed("numbers", at.url("/n"), name="mine")) as (_, runner),
    ):
        await until(lambda: runner.told()[0][1].failures)
        await asyncio.sleep(0.1)
        assert len(at.asked) == 1
        assert "every" in runner.told()[0][2].advice


async def test_state_and_record_outlast_a_restart(tmp_path: Path) -> None:
    async with serve({"/n": body(a=1)}) as at:
        feed = Feed("numbers", at.url("/n"), name="mine", every=3600)
        async with going(tmp_path, feed) as (store, _):
            await until(lambda: things(store))
        async with going(tmp_path, feed) as (store, runner):
            assert runner.told()[0][1].taken == 1
            await asyncio.sleep(0.05)
            assert [one.headers["x-turn"] for one in at.asked] == ["0"]
        async with going(tmp_path, msgspec.structs.replace(feed, every=0.05)) as (store, _):
            await until(lambda: len(at.asked) > 1)
            assert at.asked[1].headers["x-turn"] == "1"


@pytest.mark.usefixtures("quick")
async def test_a_source_that_speaks_for_itself_goes_on_where_it_was(tmp_path: Path) -> None:
    async with going(tmp_path, Feed("voice", "mqtt://x", name="mine")) as (store, runner):
        await until(lambda: len(things(store, "Word")) == 3)
        assert list(things(store, "Word")) == ["0", "1", "2"]
        await until(lambda: runner.told()[0][2].status == "fresh")


async def test_sources_come_go_and_pause_without_disturbing_each_other(tmp_path: Path) -> None:
    async with serve({"/n": body(a=1), "/m": body(b=1)}) as at:
        one, two = (Feed("numbers", at.url(f"/{name}"), name=name, every=3600) for name in "nm")
        async with going(tmp_path, one) as (store, runner):
            await until(lambda: things(store))
            await runner.run([one, two])
            await until(lambda: len(things(store)) == 2)
            await runner.run([msgspec.structs.replace(one, paused=True), two])
            await until(lambda: source(store, "n")["status"] == "paused")
            await runner.run([two])
            assert [feed.name for feed, _, _ in runner.told()] == ["m"]
            assert sorted(at.paths) == ["/m", "/n"]


@pytest.mark.usefixtures("quick")
async def test_a_source_that_falls_silent_grows_late(tmp_path: Path) -> None:
    later = [0]

    def clock() -> int:
        return system() + later[0]

    store = sqlite.open(tmp_path, clock=clock, vaults=[SOURCES])
    runner = Runner(store, Client(Guard([])), clock, KINDS, "havendam", lambda: 0.0)
    await runner.run([Feed("voice", "mqtt://x", name="mine")])
    await until(lambda: len(things(store, "Word")) == 3)
    await until(lambda: source(store, "mine")["status"] == "fresh")
    later[0] = 3 * 3_600_000_000
    await runner.tell()
    assert source(store, "mine")["status"] == "late"
    assert source(store, "mine")["detail"] == "The newest reading is 3 hours old."
    await runner.stop()
    store.close()


@pytest.mark.usefixtures("quick")
async def test_no_secret_is_told(tmp_path: Path) -> None:
    class Leaky(Numbers):
        async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
            raise SourceFailed(f"{feed.url} with {feed.options['api_key']} failed.", "")

    store = sqlite.open(tmp_path, clock=system, vaults=[SOURCES])
    runner = Runner(store, Client(Guard([])), system, {"leaky": Leaky}, "havendam", lambda: 0.0)
    url = "https://me:hunter2@example.org/x?token=abcdef&place=1"
    await runner.run([Feed("leaky", url, name="mine", options={"api_key": "s3cret"})])
    await until(lambda: runner.told()[0][1].failures)
    detail = runner.told()[0][1].detail
    await runner.stop()
    store.close()
    assert "place=1" in detail
    assert not [secret for secret in ("hunter2", "abcdef", "s3cret") if secret in detail]


async def test_history_comes_in_bulk_and_in_pieces_with_where_it_is_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanze.feeds.writing.MOST_ROWS", 300)
    feed = Feed("teller", "x", name="mine", licence="https://example.org/cc0")
    async with going(tmp_path, feed) as (store, runner):
        await until(lambda: runner.told()[0][1].news >= 3000)
        record = runner.told()[0][1]
        assert (record.news, record.progress) == (3000 + 1, None)
        past = store.temporal("", "urn:ngsi-ld:Thing:t", Window(), EVERYTHING, attributes=[CORE.expand("level")])
        assert past is not None
        kept = past.attributes[CORE.expand("level")]
        assert [one.doc["value"] for one in kept] == list(map(float, range(3000)))
        entity = store.get("", "urn:ngsi-ld:Thing:t", EVERYTHING)
        assert entity is not None
        assert entity.attributes[CORE.expand("license")][0]["value"] == "https://example.org/cc0"
        assert entity.attributes[CORE.expand("level")][0]["unitCode"] == "C62"
        assert sum(row.kind == "bulk" for row in store.journal(0, 100)) == 3 * 4


async def test_a_source_tells_how_far_it_is(tmp_path: Path) -> None:
    class Slow(Teller):
        async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
            if state:
                await asyncio.Event().wait()
            return await super().look(feed, state, get, now)

    store = sqlite.open(tmp_path, clock=system, vaults=[SOURCES])
    runner = Runner(store, Client(Guard([])), system, {"slow": Slow}, "havendam", lambda: 0.0)
    await runner.run([Feed("slow", "x", name="mine")])
    await until(lambda: runner.told()[0][1].looked)
    assert runner.told()[0][2].detail == "The source is back-filling: 1 of 3 months."
    await runner.stop()
    store.close()


async def test_what_a_source_works_out_follows_the_clock_and_servers_keep_their_rest(tmp_path: Path) -> None:
    """An hour of the clock in a second: a reading each minute, and no server is asked more often than in real life."""
    begun = system()

    def clock() -> int:
        return begun + (system() - begun) * 3600

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / 3600)

    async with serve({"/n": body(a=1)}) as at:
        store = sqlite.open(tmp_path, clock=clock, vaults=[SOURCES])
        client = Client(Guard(["127.0.0.1"]))
        runner = Runner(store, client, clock, KINDS, "havendam", lambda: 0.0, sleep)
        looks = [Feed("teller", "x", name="told"), Feed("numbers", at.url("/n"), name="asked", every=60)]
        looks += [Feed("numbers", at.url("/none"), name="failing", every=1)]
        await runner.run(looks)
        await asyncio.sleep(1)
        records = {feed.name: record for feed, record, _ in runner.told()}
        await runner.stop()
        client.close()
        store.close()
    assert at.paths.count("/n") == 1
    assert at.paths.count("/none") == 1
    told = records["told"]
    assert told.looked is not None and told.looked > begun + 1800 * 1_000_000
    assert told.news > 10 * 1000


async def test_a_source_whose_file_was_mended_is_looked_at_at_once(tmp_path: Path) -> None:
    async with (
        serve({"/n": body(a=1), "/wrong": b"<html>"}) as at,
        going(tmp_path, Feed("numbers", at.url("/wrong"), name="mine", every=3600)) as (store, runner),
    ):
        await until(lambda: runner.told()[0][1].failures)
        await runner.run([Feed("numbers", at.url("/n"), name="mine", every=3600)])
        await until(lambda: things(store))
        assert runner.told()[0][1].failures == 0


async def test_a_source_that_makes_a_failure_of_its_end_ends(tmp_path: Path) -> None:
    async with going(tmp_path, Feed("stubborn", "x", "s")) as (store, runner):
        await until(lambda: things(store, "Word"))
        ended, _ = await asyncio.wait([asyncio.create_task(runner.stop())], timeout=5)
        assert ended
