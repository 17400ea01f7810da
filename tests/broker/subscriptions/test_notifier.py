# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The notifier over restarts and changes of subscriptions: it goes on where it was, and loses nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hanze.broker.subscriptions import keeping, matching
from hanze.broker.subscriptions.keeping import SUBSCRIPTIONS
from hanze.broker.subscriptions.notifier import Notifier
from hanze.store.base import Trimmed
from tests.broker.subscriptions.conftest import Site, room_id
from tests.broker.subscriptions.receiver import Receiver, receiving
from tests.contract.conftest import Clock

pytestmark = pytest.mark.anyio


def numbers(receiver: Receiver) -> list[int]:
    return [one["n"]["value"] for one in receiver.data]


async def anew(site: Site) -> None:
    await site.stop()
    await site.start()


async def test_a_node_started_anew_goes_on_and_repeats_nothing(site: Site, receiver: Receiver) -> None:
    id = await site.subscribe(receiver)
    for n in range(5):
        await site.room(n=n)
    await receiver.wait(5)
    await site.told(id, "timesSent", 5)
    await anew(site)
    await site.silence(receiver)
    await site.room(n=5)
    await receiver.wait(6)
    assert numbers(receiver) == list(range(6))
    assert (await site.told(id, "timesSent", 6))["status"] == "ok"


async def test_what_could_not_be_delivered_is_delivered_after_the_start(site: Site) -> None:
    async with receiving() as first:
        first.gate.clear()
        await site.subscribe(first)
        port = first.server.port
        for n in range(100):
            await site.room(n=n)
        await first.wait(1)
        await site.stop()
    async with receiving(port=port) as second:
        await site.start()
        await second.wait(100)
        assert numbers(second) == list(range(100))
        ids = [body["id"] for body in second.bodies]
        assert first.bodies[0]["id"] == ids[0]
        assert len(set(ids)) == 100


async def test_changes_while_no_notifier_runs_are_told_after_the_start(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver)
    await site.room(n=0)
    await receiver.wait(1)
    await site.notifier.stop()
    for n in range(1, 50):
        await site.room(n=n)
    await asyncio.sleep(0.05)
    assert numbers(receiver) == [0]
    await site.stop()
    await site.start()
    await receiver.wait(50)
    await site.silence(receiver)
    assert numbers(receiver) == list(range(50))


async def test_a_crash_may_repeat_the_last_moments_but_loses_nothing(
    site: Site, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.subscribe(receiver)

    async def nothing(self: Notifier, *, idle: bool) -> None:
        return

    monkeypatch.setattr(Notifier, "_save", nothing)
    for n in range(20):
        await site.room(n=n)
    await receiver.wait(20)
    await site.stop()
    monkeypatch.undo()
    await site.start()
    await site.room(n=20)
    await receiver.wait(41)
    assert numbers(receiver) == [*range(20), *range(21)]
    ids = [body["id"] for body in receiver.bodies]
    assert ids[:20] == ids[20:40]


async def test_state_and_pauses_survive(site: Site, receiver: Receiver, clock: Clock) -> None:
    id = await site.subscribe(receiver, throttling=60)
    paused = await site.subscribe(receiver, isActive=False)
    await site.room(n=1)
    await receiver.wait(1)
    await site.told(id, "status", "ok")
    before = await site.shown(id)
    await anew(site)
    assert await site.shown(id) == before
    assert (await site.shown(paused))["status"] == "paused"
    await site.room(n=2)
    await site.silence(receiver)
    clock.forward(61)
    await site.room(n=3)
    await receiver.wait(2)
    await site.silence(receiver)
    assert numbers(receiver) == [1, 3]


async def test_pausing_and_resuming(site: Site, receiver: Receiver) -> None:
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    await site.room(n=1)
    await receiver.wait(1)
    await site.api.ok("PATCH", place, {"isActive": False})
    assert (await site.api.ok("GET", place))["status"] == "paused"
    await site.room(n=2)
    await site.silence(receiver)
    await site.api.ok("PATCH", place, {"isActive": True})
    assert (await site.api.ok("GET", place))["status"] == "active"
    await site.silence(receiver)
    await site.room(n=3)
    await receiver.wait(2)
    assert numbers(receiver) == [1, 3]


async def test_pausing_drops_what_waits(site: Site, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: 500
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    for n in range(100):
        await site.room(n=n)
    await receiver.wait(1)
    await site.api.ok("PATCH", place, {"isActive": False})
    receiver.status = lambda number, asked: 204
    receiver.forget()
    await site.api.ok("PATCH", place, {"isActive": True})
    await site.silence(receiver)
    await site.room(n=500)
    await receiver.wait(1)
    assert numbers(receiver) == [500]


async def test_expiring(site: Site, receiver: Receiver, clock: Clock) -> None:
    place = f"/subscriptions/{await site.subscribe(receiver, expiresAt='2026-01-01T00:01:00Z')}"
    await site.room(n=1)
    await receiver.wait(1)
    clock.forward(60)
    assert (await site.api.ok("GET", place))["status"] == "expired"
    await site.room(n=2)
    await site.silence(receiver)
    await site.api.ok("PATCH", place, {"expiresAt": "2027-01-01T00:00:00Z"})
    await site.room(n=3)
    await receiver.wait(2)
    await site.api.ok("PATCH", place, {"expiresAt": None})
    assert "expiresAt" not in await site.api.ok("GET", place)
    assert numbers(receiver) == [1, 3]


async def test_another_endpoint_gets_what_waits(site: Site, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: 500
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    for n in range(100):
        await site.room(n=n)
    await receiver.wait(1)
    async with receiving() as other:
        await site.api.ok("PATCH", place, {"notification": {"endpoint": {"uri": other.url}}})
        await other.wait(100)
        assert numbers(other) == list(range(100))


async def test_other_conditions_count_from_the_change_on(site: Site, receiver: Receiver) -> None:
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    await site.room(n=1)
    await receiver.wait(1)
    await site.api.ok("PATCH", place, {"entities": [{"type": "Hall"}], "q": "n>2"})
    await site.room(n=3)
    for n in (2, 4):
        await site.api.ok("POST", "/entityOperations/upsert", [{"id": "urn:ngsi-ld:Hall:1", "type": "Hall", "n": n}])
    await receiver.wait(2)
    await site.silence(receiver)
    assert numbers(receiver) == [1, 4]


async def test_pausing_while_one_is_on_its_way_loses_nothing_later(site: Site, receiver: Receiver) -> None:
    receiver.gate.clear()
    place = f"/subscriptions/{await site.subscribe(receiver)}"
    await site.room(n=0)
    await receiver.wait(1)
    for active in (False, True):
        await site.api.ok("PATCH", place, {"isActive": active})
    await site.room(n=1)
    async with asyncio.timeout(10):
        while site.notifier.figures()["lag"]:
            await asyncio.sleep(0.005)
    receiver.gate.set()
    await receiver.wait(2)
    await site.silence(receiver)
    assert numbers(receiver) == [0, 1]


async def test_deleting_after_other_conditions(site: Site, receiver: Receiver) -> None:
    """Whatever was asked first, nothing is left of it."""
    firsts: list[dict[str, Any]] = [
        {"watchedAttributes": ["n"]}, {"watchedAttributes": ["n"], "entities": None}, {"q": "n>0"},
    ]  # fmt: skip
    for first in firsts:
        place = f"/subscriptions/{await site.subscribe(receiver, **first)}"
        await site.api.ok("PATCH", place, {"entities": [{"type": "*"}], "watchedAttributes": None, "q": None})
        await site.api.ok("DELETE", place)
    async with receiving() as other:
        await site.subscribe(other)
        await site.room(n=1)
        await other.wait(1)
        await site.silence(receiver)


async def test_deleting(site: Site, receiver: Receiver) -> None:
    receiver.status = lambda number, asked: 500
    id = await site.subscribe(receiver)
    for n in range(100):
        await site.room(n=n)
    await receiver.wait(1)
    assert list(site.store.consumers()) == [keeping.consumer("", id)]
    await site.api.ok("DELETE", f"/subscriptions/{id}")
    assert site.store.consumers() == {}, "the journal is not kept for it any more"
    await asyncio.sleep(0.05)
    receiver.forget()
    await site.silence(receiver, 0.6)
    await anew(site)
    await site.room(n=1)
    await site.silence(receiver)
    assert site.notifier.figures()["subscriptions"] == 0


async def test_positions_of_those_that_nothing_concerns_move_on(site: Site, receiver: Receiver) -> None:
    id = await site.subscribe(receiver, q="n<0")
    for n in range(20):
        await site.room(n=n)
    await site.silence(receiver)
    await site.stop()
    await site.start()
    assert site.store.position(keeping.consumer("", id)) == site.store.head()


async def test_a_subscription_that_cannot_be_read_stops_no_other(
    site: Site, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    bad = await site.subscribe(receiver, q="n>0")
    await site.subscribe(receiver)
    document = {**site.notifier.reader.get("", bad).document, "q": "(((("}  # type: ignore[union-attr]
    await site.store.write(lambda work: work.vault(SUBSCRIPTIONS).update({"id": bad}, {"document": document}))
    with caplog.at_level(logging.ERROR):
        await anew(site)
    assert bad in caplog.text
    await site.room(n=1)
    await receiver.wait(1)
    await site.silence(receiver)


async def test_a_change_that_cannot_be_matched_is_lost_alone(
    site: Site, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sane = matching.concerns

    def concerns(definition: Any, change: Any, lookup: Any) -> bool:
        value = change.entity.attributes["https://uri.etsi.org/ngsi-ld/default-context/n"][0]["value"]
        if value == 1 and definition.q is not None:
            raise ZeroDivisionError("odd")
        return sane(definition, change, lookup)

    monkeypatch.setattr(matching, "concerns", concerns)
    odd = await site.subscribe(receiver, q="n>=0")
    async with receiving() as other:
        await site.subscribe(other)
        with caplog.at_level(logging.WARNING):
            for n in range(3):
                await site.room(n=n)
            await receiver.wait(2)
            await other.wait(3)
        assert (numbers(receiver), numbers(other)) == ([0, 2], [0, 1, 2])
    assert (await site.shown(odd))["https://w3id.org/hanze/missed"]["notifications"] == 1
    assert "cannot be matched" in caplog.text


async def test_a_store_that_cannot_be_read_for_a_while(
    site: Site, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await site.subscribe(receiver)
    broken = True
    sane = site.notifier.scope_of

    def scope_of(owner: str) -> Any:
        if broken:
            raise OSError("disk")
        return sane(owner)

    monkeypatch.setattr(site.notifier, "scope_of", scope_of)
    with caplog.at_level(logging.ERROR):
        for n in range(5):
            await site.room(n=n)
        await asyncio.sleep(0.1)
        assert receiver.asked == []
        broken = False
        await receiver.wait(5)
    assert numbers(receiver) == list(range(5))
    assert "it is tried again" in caplog.text


async def test_rows_that_were_trimmed_are_told_as_missed(site: Site, receiver: Receiver) -> None:
    receiver.gate.clear()
    id = await site.subscribe(receiver)
    await site.room(n=0)
    await receiver.wait(1)
    await asyncio.gather(*(site.room(n=n) for n in range(1, 200)))
    head = site.store.head()
    site.notifier.trimmed(Trimmed(100, ("someone",), head - 10))
    assert "https://w3id.org/hanze/missed" not in await site.shown(id)
    for _ in range(2):
        site.notifier.trimmed(Trimmed(100, (keeping.consumer("", id),), head - 10))
    assert (await site.shown(id))["https://w3id.org/hanze/missed"]["notifications"] == 200 - 11
    receiver.gate.set()
    await receiver.wait(12)
    await site.silence(receiver)
    assert len(receiver.asked) == 12


async def test_subscriptions_made_at_once_are_all_notified(site: Site, receiver: Receiver) -> None:
    ids = await asyncio.gather(*(site.subscribe(receiver) for _ in range(30)), site.room(n=0))
    await site.room(2, n=1)
    found: dict[str, list[str]] = {}
    async with asyncio.timeout(10):
        while sum(room_id(2) in came for came in found.values()) < 30:
            await asyncio.sleep(0.01)
            found = {}
            for body in receiver.bodies:
                found.setdefault(body["subscriptionId"], []).append(body["data"][0]["id"])
    assert set(found) == {id for id in ids if id}
    assert all(came in ([room_id(2)], [room_id(1), room_id(2)]) for came in found.values())


@pytest.fixture
async def plain(tmp_path: Path, clock: Clock, rules: Any) -> AsyncIterator[Site]:
    site = Site(tmp_path, clock, (), rules)
    await site.start()
    yield site
    await site.stop()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]", "0.0.0.0", "[fc00::1]"],
)
async def test_addresses_that_are_not_public_are_refused(plain: Site, host: str) -> None:
    body = {
        "type": "Subscription", "entities": [{"type": "Room"}],
        "notification": {"endpoint": {"uri": f"http://{host}:8000/"}},
    }  # fmt: skip
    found = await plain.api.wrong("POST", "/subscriptions", body)
    assert (found["status"], "no public address" in found["detail"]) == (400, True)
    body["notification"] = {"endpoint": {"uri": "http://example.org/"}}
    made = await plain.api("POST", "/subscriptions", body)
    patch = {"notification": {"endpoint": {"uri": f"http://{host}:8000/"}}}
    assert (await plain.api.wrong("PATCH", made.headers["location"], patch))["status"] == 400


async def test_names_of_such_addresses_are_never_called(plain: Site, receiver: Receiver) -> None:
    for host in ("localhost", "2130706433", "0x7f.1"):
        await plain.subscribe(receiver.url.replace("127.0.0.1", host))
    await plain.room(n=1)
    async with asyncio.timeout(10):
        while plain.notifier.figures()["failing"] < 3:
            await asyncio.sleep(0.01)
    assert receiver.server.connections == 0
