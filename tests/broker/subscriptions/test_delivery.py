# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""N changes are N notifications, in order, whatever receivers do; and no receiver delays another."""

import asyncio
import socket
import time

import pytest

from tests.broker.subscriptions.conftest import Site, room_id
from tests.broker.subscriptions.receiver import Receiver, receiving
from tests.contract.conftest import Clock
from tests.outgoing.server import OK, Asked, serving

pytestmark = pytest.mark.anyio


def numbers(receiver: Receiver, name: str = "n") -> list[int]:
    return [one[name]["value"] for one in receiver.data]


def dead() -> str:
    """A URL at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/"


async def write(site: Site, first: int, count: int, room: int = 1) -> None:
    """So many updates, as several writers at once would make them."""
    works = [site.room(room, n=n) for n in range(first, first + count)]
    for start in range(0, count, 20):
        await asyncio.gather(*works[start : start + 20])


async def test_as_many_notifications_as_updates_in_order(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver)
    await write(site, 0, 500)
    await receiver.wait(500, 30)
    await site.silence(receiver)
    assert numbers(receiver) == list(range(500))
    assert len({body["id"] for body in receiver.bodies}) == 500


async def test_entities_of_one_batch_are_told_one_by_one_in_order(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver)
    rooms = [{"id": room_id(n), "type": "Room", "n": n} for n in range(200)]
    await site.api.ok("POST", "/entityOperations/create", rooms)
    await receiver.wait(200)
    assert numbers(receiver) == list(range(200))


async def test_many_subscriptions_each_get_all(site: Site, receiver: Receiver) -> None:
    ids = [await site.subscribe(receiver, watchedAttributes=["n"] if n % 2 else None) for n in range(20)]
    await write(site, 0, 30)
    await receiver.wait(600, 30)
    for id in ids:
        found = [body["data"][0]["n"]["value"] for body in receiver.bodies if body["subscriptionId"] == id]
        assert found == list(range(30))


async def test_a_receiver_that_was_ill_gets_all_in_order(site: Site, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: (500, 0, 503)[number % 3] if number <= 3 else 204
    id = await site.subscribe(receiver)
    await write(site, 0, 200)
    await receiver.wait(203, 30)
    await site.silence(receiver)
    assert numbers(receiver)[:3] == [0, 0, 0]
    assert numbers(receiver)[3:] == list(range(200))
    ids = [body["id"] for body in receiver.bodies]
    assert ids[0] == ids[3], "the same notification again has the same id"
    told = await site.told(id, "timesSent", 203)
    assert (told["timesFailed"], told["status"]) == (3, "ok")


async def test_a_receiver_that_refuses_does_not_block_for_ever(site: Site, receiver: Receiver) -> None:
    def status(number: int, asked: Asked) -> int:
        return 400 if b'"value":1}' in asked.body else 204

    receiver.status = status
    id = await site.subscribe(receiver)
    await write(site, 0, 4)
    await receiver.wait(6)
    await site.silence(receiver)
    assert numbers(receiver) == [0, 1, 1, 1, 2, 3]
    told = await site.shown(id)
    assert (told["notification"]["timesSent"], told["notification"]["timesFailed"]) == (6, 3)
    assert told["https://w3id.org/hanze/missed"]["notifications"] == 1, "what was lost is told"


async def test_a_dead_and_a_slow_receiver_delay_nobody(site: Site, receiver: Receiver) -> None:
    async with receiving() as slow:
        slow.gate.clear()
        gone = await site.subscribe(dead())
        waiting = await site.subscribe(slow)
        await site.subscribe(receiver)
        start = time.perf_counter()
        await write(site, 0, 300)
        await receiver.wait(300)
        assert time.perf_counter() - start < 8
        assert numbers(receiver) == list(range(300))
        assert len(slow.asked) == 1
        slow.gate.set()
        await slow.wait(300)
        assert numbers(slow) == list(range(300))
        assert (await site.shown(gone))["notification"]["status"] == "failed"
        assert (await site.shown(waiting))["notification"]["status"] == "ok"


async def test_impatient_subscriptions_do_not_close_a_receiver_to_others(site: Site, receiver: Receiver) -> None:
    """They give the same server so little time that it never answers in it."""

    async def answer(asked: Asked) -> bytes:
        if asked.path != "/notify":
            await asyncio.sleep(0.5)
        return OK

    async with serving(answer) as server:
        for n in range(10):
            await site.subscribe(server.url(f"/slow/{n}"), endpoint={"timeout": 20})
        await site.subscribe(server.url("/notify"))
        start = time.perf_counter()
        for n in range(30):
            await site.room(n=n)
            await asyncio.sleep(0.05)
        async with asyncio.timeout(10):
            while sum(one.path == "/notify" for one in server.asked) < 30:
                await asyncio.sleep(0.01)
        assert time.perf_counter() - start < 4


async def test_a_lane_far_behind_catches_up_from_the_journal(site: Site, receiver: Receiver) -> None:
    receiver.gate.clear()
    await site.subscribe(receiver)
    await write(site, 0, 1200)
    assert len(receiver.asked) == 1
    assert site.notifier.figures()["behind"] == 1
    receiver.gate.set()
    await receiver.wait(1200, 30)
    await site.silence(receiver)
    assert numbers(receiver) == list(range(1200))
    assert site.notifier.figures()["behind"] == 0


async def test_a_lane_that_is_behind_stays_in_its_tenant(site: Site, receiver: Receiver) -> None:
    receiver.gate.clear()
    await site.subscribe(receiver)
    for n in range(60):
        await site.room(n=n)
        other = {"id": room_id(), "type": "Room", "n": 1000 + n}
        await site.api.ok("POST", "/entityOperations/upsert", [other], NGSILD_Tenant="one")
    receiver.gate.set()
    await receiver.wait(60)
    await site.silence(receiver)
    assert numbers(receiver) == list(range(60))


async def test_large_entities_reach_slow_receivers_in_order(site: Site, receiver: Receiver) -> None:
    """Larger than what a lane or the tape keeps: they are read again when it is their turn."""
    receiver.gate.clear()
    await site.subscribe(receiver)
    for n in range(12):
        await site.room(n=n, plan="x" * 700_000)
    receiver.gate.set()
    await receiver.wait(12)
    assert numbers(receiver) == list(range(12))
    assert {len(one["plan"]["value"]) for one in receiver.data} == {700_000}


async def test_a_timeout_of_the_receiver_is_tried_again(site: Site, receiver: Receiver) -> None:
    receiver.gate.clear()
    id = await site.subscribe(receiver, endpoint={"timeout": 100})
    await site.room(n=1)
    told = await site.told(id, "timesFailed", 1)
    assert told["status"] == "failed"
    receiver.gate.set()
    await receiver.wait(2)
    assert numbers(receiver)[:2] == [1, 1]
    assert (await site.told(id, "status", "ok"))["lastSuccess"] == "2026-01-01T00:00:00Z"


async def test_a_cooldown_is_kept_between_attempts(site: Site, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: 500 if number == 1 else 204
    await site.subscribe(receiver, endpoint={"cooldown": 600})
    start = time.perf_counter()
    await site.room(n=1)
    await receiver.wait(2)
    assert 0.6 <= time.perf_counter() - start < 5


async def test_throttling_keeps_silence_after_a_notification(site: Site, receiver: Receiver, clock: Clock) -> None:
    await site.subscribe(receiver, throttling=5)
    await site.room(n=1)
    await receiver.wait(1)
    await site.silence(receiver)
    for seconds, value in ((0, 2), (4.9, 3)):
        clock.forward(seconds)
        await site.room(n=value)
        await site.silence(receiver)
    clock.forward(0.2)
    await site.room(n=4)
    assert [one["n"]["value"] for one in await receiver.wait(2)] == [1, 4]


async def test_counters(site: Site, receiver: Receiver, clock: Clock) -> None:
    receiver.status = lambda number, asked: 500 if number == 2 else 200
    id = await site.subscribe(receiver)
    assert "timesSent" not in (await site.shown(id))["notification"]
    await site.room(n=1)
    first = await site.told(id, "status", "ok")
    moment = "2026-01-01T00:00:00Z"
    assert (first["timesSent"], first["lastNotification"], first["lastSuccess"]) == (1, moment, moment)
    assert not first.keys() & {"timesFailed", "lastFailure"}
    clock.forward(60)
    await site.room(n=2)
    await site.told(id, "timesFailed", 1)
    last = await site.told(id, "status", "ok")
    later = "2026-01-01T00:01:00Z"
    assert (last["timesSent"], last["lastFailure"], last["lastSuccess"], last["lastNotification"]) == (
        3,
        later,
        later,
        later,
    )
    assert site.notifier.figures() | {"lag": 0} == {
        "subscriptions": 1, "behind": 0, "failing": 0, "missed": 0, "sent": 2, "failed": 1, "lag": 0,
    }  # fmt: skip


async def test_what_was_erased_is_not_told_any_more(site: Site, receiver: Receiver, clock: Clock) -> None:
    receiver.gate.clear()
    await site.subscribe(receiver, endpoint={"timeout": 100})
    for room in (1, 2, 3):
        await site.room(room, n=room)
    await receiver.wait(1)
    clock.forward(60)
    await site.store.write(lambda work: work.erase("", room_id(1)))
    await site.store.write(lambda work: work.erase("", room_id(2)))
    receiver.forget()
    receiver.gate.set()
    assert [one["id"] for one in await receiver.wait(1)] == [room_id(3)]
    await site.silence(receiver)


async def test_a_subscription_that_expires_gives_up(site: Site, receiver: Receiver, clock: Clock) -> None:
    receiver.status = lambda number, asked: 500
    id = await site.subscribe(receiver, expiresAt="2026-01-01T00:01:00Z")
    await site.room(n=1)
    await site.told(id, "timesFailed", 1)
    clock.forward(61)
    await asyncio.sleep(0.3)
    assert len(receiver.asked) <= 3
    receiver.forget()
    await site.silence(receiver, 1.0)
