# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions with timeInterval: what they select is sent when the time is over, changed or not."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from hanze.broker.subscriptions import periodic
from hanze.ngsild import times
from tests.broker.subscriptions.conftest import Site, room_id
from tests.broker.subscriptions.receiver import Receiver

pytestmark = pytest.mark.anyio


@pytest.fixture
def speed() -> int:
    return 10


@pytest.fixture
def clock(speed: int) -> Callable[[], int]:
    """Faster than the clock on the wall, so that what is due later is due sooner."""
    start = times.system()
    return lambda: start + (times.system() - start) * speed


@pytest.mark.parametrize("speed", [1])
async def test_each_interval_brings_what_is_there(site: Site, receiver: Receiver, speed: int) -> None:
    for number in (1, 2):
        await site.room(number, n=number)
    await site.api.ok("POST", "/entities", {"id": "urn:ngsi-ld:Hall:1", "type": "Hall", "n": 9})
    id = await site.subscribe(receiver, timeInterval=1, q="n>0", notification={"format": "keyValues"})
    await receiver.wait(2)
    await site.room(1, n=-1)
    await receiver.wait(3)
    first, second, last = receiver.bodies
    assert [one["n"] for one in first["data"]] == [1, 2]
    assert second["data"] == first["data"], "changed or not"
    assert [one["n"] for one in last["data"]] == [2]
    assert len({first["id"], second["id"], last["id"]}) == 3
    assert (await site.told(id, "timesSent", 3))["status"] == "ok"
    moments = [times.parse(body["notifiedAt"]) for body in receiver.bodies]
    assert all(later - earlier > 490_000 for earlier, later in pairwise(moments))


async def test_where_nothing_is_selected_nothing_is_sent(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, timeInterval=1)
    await asyncio.sleep(1.2)
    assert receiver.asked == []


async def test_a_change_alone_sends_nothing(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, timeInterval=1000)
    await site.room(n=1)
    await site.silence(receiver)


async def test_entities_of_several_selectors_come_once(
    site: Site, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "MOST_ENTITIES", 3)
    rooms = [{"id": room_id(n), "type": "Room", "n": n} for n in range(8)]
    await site.api.ok("POST", "/entityOperations/create", rooms)
    both = [{"type": "Room"}, {"type": "*", "id": [room_id(1), room_id(7)]}]
    await site.subscribe(receiver, entities=both, timeInterval=1)
    await receiver.wait(4)
    data = [body["data"] for body in receiver.bodies[:3]]
    assert [len(body["data"]) for body in receiver.bodies[:4]] == [3, 3, 2, 3]
    assert sorted(entity["id"] for one in data for entity in one) == [room_id(n) for n in range(8)]
    assert len({body["id"] for body in receiver.bodies[:3]}) == 3


async def test_pausing_failing_and_starting_anew(site: Site, receiver: Receiver) -> None:
    await site.room(n=1)
    receiver.status = lambda number, asked: 500
    id = await site.subscribe(receiver, timeInterval=1)
    await receiver.wait(2)
    assert (await site.shown(id))["notification"]["status"] == "failed"
    receiver.status = lambda number, asked: 204
    await site.told(id, "status", "ok")
    sent = (await site.shown(id))["notification"]["timesSent"]
    await site.stop()
    await site.start()
    await site.told(id, "status", "ok")
    assert (await site.shown(id))["notification"]["timesSent"] >= sent
    count = len(receiver.asked)
    await receiver.wait(count + 1)
    await site.api.ok("PATCH", f"/subscriptions/{id}", {"isActive": False})
    await asyncio.sleep(0.05)
    receiver.forget()
    await site.silence(receiver, 0.8)
    await site.api.ok("PATCH", f"/subscriptions/{id}", {"isActive": True})
    count = len(receiver.asked)
    await receiver.wait(count + 1)


async def test_it_may_become_one_that_follows_changes(site: Site, receiver: Receiver) -> None:
    id = await site.subscribe(receiver, timeInterval=1)
    await site.room(n=1)
    await receiver.wait(1)
    await site.api.ok("PATCH", f"/subscriptions/{id}", {"timeInterval": None})
    await asyncio.sleep(0.05)
    receiver.forget()
    await site.silence(receiver, 0.8)
    before = len(receiver.asked)
    await site.room(n=2)
    assert (await receiver.wait(before + 1))[-1]["n"]["value"] == 2
    await site.api.ok("PATCH", f"/subscriptions/{id}", {"timeInterval": 1})
    await receiver.wait(before + 3)
    assert (await site.shown(id))["notification"]["timesSent"] >= before + 3


async def test_deleting(site: Site, receiver: Receiver) -> None:
    await site.room(n=1)
    id = await site.subscribe(receiver, timeInterval=1)
    await receiver.wait(1)
    await site.api.ok("DELETE", f"/subscriptions/{id}")
    await asyncio.sleep(0.05)
    receiver.forget()
    await site.silence(receiver, 0.8)
    assert site.notifier.figures()["subscriptions"] == 0
