# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much streams may take: their number, clients that do not read, the end of the node."""

import asyncio
from pathlib import Path

import pytest

from hanze.access import Public
from hanze.http.limits import Limits
from hanze.web.live.hub import Pace
from tests.contract.making import entity, iri, save
from tests.running import folder_of, room, running
from tests.web.live.city import City, Client, city

pytestmark = pytest.mark.anyio

AIR = Public(iri("Air"))


async def until_open(here: City, count: int) -> None:
    async with asyncio.timeout(5):
        while here.live.hub.figures()["streams"] != count:
            await asyncio.sleep(0.01)


async def test_there_are_so_many_streams_and_no_more(tmp_path: Path) -> None:
    async with city(tmp_path, limits=Limits(streams=3), public=(AIR,)) as here:
        clients = [await here.follow() for _ in range(3)]
        refused = await here.ask()
        assert (refused.status, refused.headers["retry-after"]) == (503, "5")
        assert (await refused.body())["limit"] == 3
        clients[0].close()
        await until_open(here, 2)
        assert (await here.ask()).status == 200


async def test_there_are_so_many_from_one_address(tmp_path: Path) -> None:
    async with city(tmp_path, limits=Limits(streams_of_address=2), public=(AIR,)) as here:
        for _ in range(2):
            await here.follow()
        refused = await here.ask()
        assert (refused.status, (await refused.body())["limit"]) == (429, 2)


async def read_all(client: Client, seen: list[int]) -> None:
    while True:
        told = await client.next(60)
        if told.kind == "changes":
            seen.append(max(one["no2"] for one in told.entities.values()))


async def change(here: City, number: int, size: int) -> None:
    """Beside the event loop, on which clients read."""
    await asyncio.to_thread(save, here.store, entity(str(number % 2), "Air", no2=number, text="x" * size))
    await asyncio.sleep(0.02)


async def test_a_client_that_does_not_read_is_dropped_and_holds_up_nobody(tmp_path: Path) -> None:
    pace = Pace(message=0.02, patience=1)
    async with city(tmp_path, pace=pace, public=(AIR,)) as here, asyncio.timeout(30):
        seen: list[int] = []
        slow, quick = await here.follow(buffer=4096), await here.follow()
        slow.reads(False)
        reading = asyncio.create_task(read_all(quick, seen))
        held, number = 0, 0
        while not here.live.hub.dropped:
            number += 1
            await change(here, number, 200_000)
            held = max([held, *(one.transport.get_write_buffer_size() for one in here.server.server_state.connections)])
        while not seen or seen[-1] < number:
            await asyncio.sleep(0.02)
        assert seen == sorted(seen)
        assert here.live.hub.figures()["dropped"] == here.live.hub.figures()["streams"] == 1
        slow.reads(True)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            while True:
                await slow.next()
        assert held < 600_000, "one message beyond what the connection holds, and no more"
        reading.cancel()


async def test_a_client_that_reads_late_gets_one_merged_message(tmp_path: Path) -> None:
    async with city(tmp_path, pace=Pace(message=0.02, patience=60), public=(AIR,)) as here, asyncio.timeout(30):
        slow = await here.follow(buffer=4096)
        slow.reads(False)
        (stream,) = here.live.hub._streams
        number = 0
        while not stream.stuck:
            number += 1
            await change(here, number, 200_000)
        for _ in range(10):
            number += 1
            await change(here, number, 1)
        slow.reads(True)
        told = await slow.changes()
        before = told.number
        while told.number < here.store.head():
            before, told = told.number, await slow.changes()
        assert told.number - before >= 10, "ten changes are one message"
        assert {one["no2"] for one in told.entities.values()} == {number - 1, number}


async def test_a_stream_is_no_long_request(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        client = await here.follow()
        await asyncio.sleep(0.3)
        client.close()
        await until_open(here, 0)
        while not here.metrics.requests:
            await asyncio.sleep(0.01)
        assert here.metrics.requests == {("GET", 200): 1} and here.metrics.seconds < 0.25


async def test_all_streams_end_in_order_when_the_node_does(tmp_path: Path) -> None:
    async with city(tmp_path, public=(AIR,)) as here:
        clients = [await here.follow() for _ in range(3)]
        here.live.hub.end()
        for client in clients:
            with pytest.raises(EOFError):
                await client.next()
        assert (await here.ask()).status == 503


def test_a_node_that_stops_does_not_wait_for_streams(tmp_path: Path) -> None:
    with running(folder_of(tmp_path / "city"), "--allow-loopback") as node:
        node.ok("POST", "/entities", room(1, temperature=20))
        with node.client.stream("GET", "/live?types=Room") as answer:
            parts = answer.iter_text()
            assert "event: still" in next(parts)
            node.ok("PATCH", "/entities/urn:ngsi-ld:Room:1/attrs/temperature", {"value": 21})
            assert '"temperature":21' in next(parts)
            metrics = node.client.get("/metrics").text
            assert "hanze_live_streams 1\n" in metrics and "hanze_live_messages_total 1\n" in metrics
            assert node.stop() < 2.5
            assert "".join(parts) == "", "it ended in order"
        assert "Traceback" not in node.log() and "error" not in node.log().lower()
