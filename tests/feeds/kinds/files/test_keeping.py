# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of a folder in a node: what is revised is kept in both versions, who is subscribed hears of the newest, nothing waits."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from hanze.access.vaults import VAULTS
from hanze.feeds.kinds.files import Files
from hanze.feeds.record import SOURCES
from hanze.feeds.runner import Runner
from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed
from hanze.http.limits import Limits
from hanze.outgoing import Client, Guard
from hanze.store import sqlite
from tests.broker.conftest import Api, served
from tests.contract.conftest import Clock
from tests.feeds.kinds.files.making import HEADER, TABLE, Watching, quick, rows, values

pytestmark = pytest.mark.anyio

A = "urn:ngsi-ld:Station:a"

SHAPE = Shape("Station", "urn:ngsi-ld:Station:{id}", "", (Part("no2", "no2", unit="GQ"),), Moment("at"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@asynccontextmanager
async def city(folder: Path, **told: Any) -> AsyncIterator[tuple[Api, Runner, Path]]:
    """A node with one source, and the folder that it watches."""
    clock = Clock()
    watched = folder / "watched"
    watched.mkdir(exist_ok=True)
    store = sqlite.open(folder, clock=clock, vaults=[*VAULTS, SOURCES])
    client = Client(Guard())
    runner = Runner(store, client, clock, {"files": Files}, "havendam", lambda: 0.0)
    await runner.run([Feed("files", watched.as_uri(), "watched", provider="The harbour", **{"table": TABLE, **told})])
    app = served(store, clock, Limits())
    try:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://node") as http:
            yield Api(http, app, store, clock), runner, watched
    finally:
        await runner.stop()
        client.close()
        store.close()


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.01)


def drop(folder: Path, name: str, text: str) -> None:
    """As one does who wants nobody to see half a file."""
    beside = folder / f".{name}"
    beside.write_text(text)
    beside.rename(folder / name)


def taken(runner: Runner, count: int) -> bool:
    return runner.told()[0][1].taken == count


async def history(api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.ok("GET", f"/temporal/entities/{A}?options=sysAttrs&attrs=no2"))["no2"]
    return found


@pytest.mark.parametrize(
    ("ending", "body"),
    [
        ("csv", lambda value: f"{HEADER}a,2026-01-01T01:00:00,{value}\na,2026-01-01T02:00:00,5\n"),
        ("json", lambda value: msgspec.json.encode([
            {"id": "a", "at": f"2026-01-01T0{hour}:00:00Z", "no2": number} for hour, number in ((1, value), (2, 5.0))
        ]).decode()),
        ("jsonld", lambda value: msgspec.json.encode([
            {"id": A, "type": "Station", "no2": {"type": "Property", "value": number, "unitCode": "GQ",
             "observedAt": f"2026-01-01T0{hour}:00:00Z"}} for hour, number in ((1, value), (2, 5.0))
        ]).decode()),
    ],
    ids=["csv", "json", "ngsi-ld"],
)  # fmt: skip
async def test_a_provisional_value_and_its_revision_are_both_kept(
    tmp_path: Path, ending: str, body: Callable[[float], str]
) -> None:
    async with city(tmp_path, mapping=SHAPE if ending == "json" else None) as (api, runner, watched):
        drop(watched, f"provisional.{ending}", body(3.0))
        await until(lambda: runner.told()[0][1].taken)
        api.clock.forward(3600)
        before = runner.told()[0][1].taken
        drop(watched, f"validated.{ending}", body(3.5))
        await until(lambda: runner.told()[0][1].taken > before)
        found = await history(api)
        told = sorted((one["observedAt"][11:13], one["value"], one["modifiedAt"]) for one in found)
        start, later = "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"
        assert told == [("01", 3.0, start), ("01", 3.5, later), ("02", 5.0, start)], "each with when it came"
        assert len({one["instanceId"] for one in found}) == 3
        assert {one["unitCode"] for one in found} == {"GQ"}
        entity = await api.ok("GET", f"/entities/{A}")
        assert (entity["no2"]["value"], entity["dataProvider"]["value"]) == (5, "The harbour")
        assert runner.told()[0][2].status == "fresh"


async def test_the_revision_of_the_newest_is_the_current_value(tmp_path: Path) -> None:
    async with city(tmp_path) as (api, runner, watched):
        for count, (name, value) in enumerate((("a", 3.0), ("b", 3.5)), 1):
            drop(watched, f"{name}.csv", f"{HEADER}a,2026-01-01T01:00:00,{value}\n")
            await until(partial(taken, runner, count))
        assert [one["value"] for one in await history(api)] == [3.0, 3.5]
        assert (await api.ok("GET", f"/entities/{A}"))["no2"]["value"] == 3.5


async def test_the_newest_reading_is_a_change_and_all_others_are_history(tmp_path: Path) -> None:
    async with city(tmp_path) as (api, runner, watched):
        drop(watched, "a.csv", HEADER + rows(50))
        await until(lambda: runner.told()[0][1].taken)
        assert len(await history(api)) == 50, "nothing twice"
        journal = [row for row in api.store.journal(0, 1000) if row.id == A]
        assert [row.kind for row in journal] == ["created", "bulk"]
        drop(watched, "b.csv", HEADER + rows(50, 50))
        await until(lambda: runner.told()[0][1].taken > 1)
        journal = [row for row in api.store.journal(0, 1000) if row.id == A]
        assert [row.kind for row in journal] == ["created", "bulk", "updated", "bulk"]
        assert (await api.ok("GET", f"/entities/{A}"))["no2"]["value"] == 99


async def test_a_node_that_was_away_reads_what_came_and_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "watched").mkdir()
    drop(tmp_path / "watched", "a.csv", HEADER + rows(5000))
    async with city(tmp_path) as (_, runner, _):
        await until(lambda: runner.told()[0][1].taken)
    drop(tmp_path / "watched", "b.csv", HEADER + rows(10, 5000))
    asked = f"/temporal/entities/{A}?options=aggregatedValues&aggrMethods=totalCount&attrs=no2"
    async with city(tmp_path) as (api, runner, _):
        async with asyncio.timeout(20):
            while (await api.ok("GET", asked))["no2"]["totalCount"][0][0] < 5010:
                await asyncio.sleep(0.01)
        looked = runner.told()[0][1].looked
        api.clock.forward(60)
        await until(lambda: runner.told()[0][1].looked != looked)
        assert (await api.ok("GET", asked))["no2"]["totalCount"][0][0] == 5010
        assert (await api.ok("GET", f"/entities/{A}"))["no2"]["value"] == 5009


async def test_a_folder_that_is_away_is_told_and_found_again_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanze.feeds.runner.SHORTEST_PAUSE", 0.01)
    async with city(tmp_path) as (_, runner, watched):
        await until(lambda: runner.told()[0][1].succeeded)
        watched.rename(tmp_path / "away")
        await until(lambda: runner.told()[0][1].failures)
        health = runner.told()[0][2]
        assert health.status == "failing"
        assert "watched cannot be read" in health.detail
        assert "share is mounted" in health.advice
        (tmp_path / "away").rename(watched)
        drop(watched, "a.csv", HEADER + rows(1))
        await until(lambda: runner.told()[0][1].taken)
        assert runner.told()[0][2].status == "fresh"


@pytest.mark.parametrize("ending", ["csv", "json", "ndjson"])
async def test_others_go_on_while_large_files_are_read(tmp_path: Path, ending: str) -> None:
    """A file takes long, a moment of the event loop does not: most of its processor time, whatever else the machine does, goes
    in pieces of at most 20 ms."""
    things = [{"id": number, "no2": number, "at": "2026-01-01T00:00:00Z", "more": "x" * 50} for number in range(20_000)]
    text = {
        "csv": HEADER + rows(20_000), "json": msgspec.json.encode(things).decode(),
        "ndjson": "".join(msgspec.json.encode(one).decode() + "\n" for one in things),
    }  # fmt: skip
    drop(tmp_path, f"a.{ending}", text[ending])
    watching = Watching(tmp_path, mapping=SHAPE)
    beats: list[float] = []

    async def beat() -> None:
        while True:
            beats.append(time.thread_time())
            await asyncio.sleep(0.001)

    heart = asyncio.create_task(beat())
    found = await watching.all()
    heart.cancel()
    assert len(found.entities) + len(values(found)) >= 20_000
    long = sum(gap for earlier, later in pairwise(beats) if (gap := later - earlier) > 0.02)
    assert long < 0.5 * (beats[-1] - beats[0])
