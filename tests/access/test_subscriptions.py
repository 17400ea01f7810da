# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A subscription sees what its owner may see: of each change, and of nothing once the key is revoked or the policy another."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hanze.access import Public
from tests.access.node import Node, running
from tests.broker.subscriptions.receiver import Receiver, receiving
from tests.contract.making import entity, iri, save

pytestmark = pytest.mark.anyio

RESTRICTED = frozenset({iri("Complaint")})
TYPES = [{"type": "Sensor"}, {"type": "Complaint"}]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


async def subscribe(node: Node, receiver: Receiver, key: str | None, tenant: str = "", **members: Any) -> str:
    told = {"endpoint": {"uri": receiver.url, "accept": "application/json"}, "format": "keyValues"}
    body = {"type": "Subscription", "entities": TYPES, "notification": {**told, **members.pop("notification", {})}}
    answer = await node.ask("POST", "/subscriptions", key, {**body, **members}, tenant)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"].removeprefix("/subscriptions/")


async def settled(node: Node) -> None:
    """Everything was looked at and sent."""
    async with asyncio.timeout(10):
        while node.notifier.figures()["lag"] or node.notifier.figures()["behind"]:
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.1)


def seen(receiver: Receiver, id: str) -> list[dict[str, Any]]:
    """What was sent to one subscription, entity by entity, without @context."""
    found = [one for body in receiver.bodies if body["subscriptionId"] == id for one in body["data"]]
    return [{name: value for name, value in one.items() if name != "@context"} for one in found]


async def test_each_owner_sees_what_is_for_him(tmp_path: Path, receiver: Receiver) -> None:
    public = (Public(iri("Sensor"), frozenset({iri("name")})),)
    async with running(tmp_path, restricted=RESTRICTED, public=public) as node:
        assert (await node.ask("POST", "/subscriptions", None, {})).status_code == 401
        keys = {
            "reader": node.key("reader"), "officer": node.key("officer"), "restricted": node.key("reader", ["Complaint"]),
            "other": node.key("reader", ["Other"]), "north": node.key("reader", None, ["north"]),
        }  # fmt: skip
        ids = {
            who: await subscribe(node, receiver, key, "north" if who == "north" else "") for who, key in keys.items()
        }
        sensor, complaint = entity("1", "Sensor", name="s", no2=5), entity("1", "Complaint", text="t")
        both = entity("2", "Sensor", name="b")
        both.types.append(iri("Complaint"))
        save(node.raw, sensor, complaint, both)
        save(node.raw, entity("1", "Sensor", name="n"), tenant="north")
        await settled(node)
        whole = {"id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "name": "s", "no2": 5}
        named = {"id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "name": "s"}
        complained = {"id": "urn:ngsi-ld:Complaint:1", "type": "Complaint", "text": "t"}
        twice = {"id": "urn:ngsi-ld:Sensor:2", "type": ["Sensor", "Complaint"], "name": "b"}
        assert {who: seen(receiver, id) for who, id in ids.items()} == {
            "reader": [whole],
            "officer": [whole, complained, twice],
            "restricted": [named, complained, twice],
            "other": [named],
            "north": [{"id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "name": "n"}],
        }


async def test_a_hidden_attribute_neither_triggers_nor_is_asked(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path, public=(Public(iri("Sensor"), frozenset({iri("name")})),)) as node:
        key = node.key("reader", ["Other"])
        plain = await subscribe(node, receiver, key, notification={"showChanges": True, "format": "normalized"})
        watching = await subscribe(node, receiver, key, watchedAttributes=["secret"])
        asking = await subscribe(node, receiver, key, q="secret>0")
        deleted = await subscribe(node, receiver, key, notificationTrigger=["entityDeleted"])
        save(node.raw, entity("1", "Sensor", name="a", secret=1))
        save(node.raw, entity("1", "Sensor", name="a", secret=2))
        save(node.raw, entity("1", "Sensor", name="b", secret=3))
        await settled(node)
        assert [one["name"]["value"] for one in seen(receiver, plain)] == ["a", "b"]
        assert "secret" not in str(receiver.bodies)
        assert seen(receiver, watching) == seen(receiver, asking) == seen(receiver, deleted) == []


async def test_links_lead_only_to_what_the_owner_sees(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path, restricted=RESTRICTED) as node:
        save(node.raw, entity("1", "Complaint", text="hidden"), entity("9", "Other", text="shown"))
        joined = {"join": "inline", "joinLevel": 1}
        await subscribe(node, receiver, node.key("reader"), notification=joined)
        links = {
            f"to{n}": {"type": "Relationship", "object": f"urn:ngsi-ld:{to}"}
            for n, to in enumerate(("Complaint:1", "Other:9"))
        }
        save(node.raw, entity("1", "Sensor", **links))
        await receiver.wait(1)
        assert "shown" in str(receiver.bodies) and "hidden" not in str(receiver.bodies)


async def test_a_revoked_key_sees_nothing_more(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path) as node:
        key, other = node.key("reader"), node.key("reader")
        lost, kept = await subscribe(node, receiver, key), await subscribe(node, receiver, other)
        save(node.raw, entity("1", "Sensor", a=1))
        await receiver.wait(2)
        node.revoke(key)
        save(node.raw, entity("1", "Sensor", a=2))
        await receiver.wait(3)
        await settled(node)
        assert [one["a"] for one in seen(receiver, lost)] == [1]
        assert [one["a"] for one in seen(receiver, kept)] == [1, 2]


async def test_what_waits_for_a_dead_receiver_is_not_sent_after_the_key_is_revoked(
    tmp_path: Path, receiver: Receiver
) -> None:
    async with running(tmp_path) as node:
        key = node.key("reader")
        receiver.status = lambda number, asked: 503
        id = await subscribe(node, receiver, key)
        save(node.raw, *(entity(str(n), "Sensor", a=n) for n in range(5)))
        await receiver.wait(1)
        node.revoke(key)
        came = len(receiver.asked)
        receiver.status = lambda number, asked: 204
        admin = node.key("admin")
        nudge = {"description": "now"}
        assert (await node.ask("PATCH", f"/subscriptions/{id}", admin, nudge)).status_code == 204
        await settled(node)
        assert len(receiver.asked) == came


async def test_an_expired_key_sees_nothing_more(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path) as node:
        await subscribe(node, receiver, node.key("reader", expires=node.clock.now + 60_000_000))
        save(node.raw, entity("1", "Sensor", a=1))
        await receiver.wait(1)
        node.clock.forward(61)
        save(node.raw, entity("1", "Sensor", a=2))
        await settled(node)
        assert len(receiver.asked) == 1


async def test_a_periodic_one_sees_the_same(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path, restricted=RESTRICTED) as node:
        save(node.raw, entity("1", "Sensor", a=1), entity("1", "Complaint", a=1))
        key = node.key("reader")
        id = await subscribe(node, receiver, key, timeInterval=1)
        node.clock.forward(2)
        async with asyncio.timeout(10):
            await receiver.wait(1)
        assert [one["id"] for one in seen(receiver, id)] == ["urn:ngsi-ld:Sensor:1"]
        node.revoke(key)
        node.clock.forward(2)
        await asyncio.sleep(1.2)
        assert len(receiver.asked) == 1


async def test_another_policy_counts_from_the_next_start(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path, open=True) as node:
        id = await subscribe(node, receiver, None)
        reader = await subscribe(node, receiver, node.key("reader"))
        save(node.raw, entity("1", "Sensor", name="a", secret=1))
        await receiver.wait(2)
    closed = {"public": (Public(iri("Sensor"), frozenset({iri("name")})),), "restricted": RESTRICTED}
    async with running(tmp_path, **closed) as node:
        save(node.raw, entity("2", "Sensor", name="b", secret=2), entity("1", "Complaint", text="t"))
        await receiver.wait(4)
        await settled(node)
        one = {"id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "name": "a", "secret": 1}
        two = {"id": "urn:ngsi-ld:Sensor:2", "type": "Sensor", "name": "b", "secret": 2}
        assert seen(receiver, id) == [one, {name: two[name] for name in ("id", "type", "name")}]
        assert seen(receiver, reader) == [one, two]


async def test_whose_subscriptions_are_seen(tmp_path: Path, receiver: Receiver) -> None:
    async with running(tmp_path) as node:
        first, second = node.key("reader"), node.key("writer")
        secret = {
            "endpoint": {
                "uri": receiver.url,
                "accept": "application/json",
                "receiverInfo": [{"key": "X", "value": "pass"}],
            }
        }
        id = await subscribe(node, receiver, first, notification=secret)
        await subscribe(node, receiver, second)

        async def listed(key: str) -> tuple[int, bool]:
            answer = await node.ask("GET", "/subscriptions?count=true", key)
            assert answer.headers["ngsild-results-count"] == str(len(answer.json()))
            return len(answer.json()), "pass" in answer.text

        assert await listed(first) == (1, True)
        assert await listed(second) == (1, False)
        assert await listed(node.key("officer")) == (2, False)
        assert await listed(node.key("officer", ["Sensor"])) == (0, False)
        for method, body in (("GET", None), ("PATCH", {"description": "mine"}), ("DELETE", None)):
            answer = await node.ask(method, f"/subscriptions/{id}", second, body)
            assert answer.status_code == 404
            none = await node.ask(method, "/subscriptions/urn:x:none", second, body)
            assert answer.text.replace(id, "urn:x:none") == none.text
