# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes out: body, headers and forms of a notification."""

from typing import Any

import pytest

from tests.broker.subscriptions.conftest import Site, room_id, subscription
from tests.broker.subscriptions.receiver import Receiver, receiving
from tests.contract.conftest import Clock
from tests.outgoing.server import Asked, serving

pytestmark = pytest.mark.anyio

NULL = "urn:ngsi-ld:null"
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
LINK = '<{}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
LD, GEO = "application/ld+json", "application/geo+json"
POINT = {"type": "Point", "coordinates": [5, 52]}
ROOM: dict[str, Any] = {"id": room_id(), "type": "Room"}


def prop(value: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Property", "value": value, **more}


async def test_the_envelope(site: Site, receiver: Receiver) -> None:
    id = await site.subscribe(receiver)
    await site.room(n=1)
    await site.room(n=2)
    await receiver.wait(2)
    first, second = receiver.bodies
    assert first == {
        "id": first["id"], "type": "Notification", "subscriptionId": id, "notifiedAt": "2026-01-01T00:00:00Z",
        "data": [{**ROOM, "n": prop(1)}],
    }  # fmt: skip
    assert first["id"].startswith("urn:ngsi-ld:Notification:")
    assert first["id"] != second["id"]
    asked = receiver.asked[0]
    assert (asked.method, asked.path) == ("POST", "/notify")
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["link"] == LINK.format(CORE)


@pytest.mark.parametrize(
    ("format", "n"),
    [
        ("normalized", prop(2, unitCode="CEL")),
        ("concise", {"value": 2, "unitCode": "CEL"}),
        ("keyValues", 2),
        ("simplified", 2),
    ],
)
async def test_forms(site: Site, receiver: Receiver, format: str, n: Any) -> None:
    await site.subscribe(receiver, notification={"format": format})
    await site.room(n=prop(2, unitCode="CEL"))
    assert await receiver.wait(1) == [{**ROOM, "n": n}]


@pytest.mark.parametrize(
    ("notification", "members"),
    [
        ({"attributes": ["n", "x"]}, {"id", "type", "n"}),
        ({"pick": ["id", "n"]}, {"id", "n"}),
        ({"omit": ["n", "type"]}, {"id", "m"}),
    ],
)
async def test_parts(site: Site, receiver: Receiver, notification: dict[str, Any], members: set[str]) -> None:
    await site.subscribe(receiver, notification=notification)
    await site.room(n=1, m=2)
    assert set((await receiver.wait(1))[0]) == members


async def test_nothing_goes_out_where_nothing_of_what_is_asked_for_is_there(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, notification={"attributes": ["x"]})
    await site.room(n=1)
    await site.silence(receiver)


async def test_times_of_the_node(site: Site, receiver: Receiver, clock: Clock) -> None:
    await site.subscribe(
        receiver, notification={"sysAttrs": True}, notificationTrigger=["entityUpdated", "entityDeleted"]
    )
    await site.room(n=1)
    clock.forward(1)
    await site.room(n=2)
    clock.forward(1)
    await site.api.ok("DELETE", f"/entities/{room_id()}/attrs/n")
    clock.forward(1)
    await site.api.ok("DELETE", f"/entities/{room_id()}")
    start, one, two, three = (f"2026-01-01T00:00:0{second}Z" for second in range(4))
    n = {"createdAt": start, "modifiedAt": one}
    assert (await receiver.wait(4))[1:] == [
        {**ROOM, **n, "n": prop(2, **n)},
        {**ROOM, "createdAt": start, "modifiedAt": two, "n": prop(NULL, **n, deletedAt=two)},
        {**ROOM, "createdAt": start, "modifiedAt": two, "deletedAt": three},
    ]


async def test_changes(site: Site, receiver: Receiver) -> None:
    await site.subscribe(
        receiver, notification={"showChanges": True}, notificationTrigger=["entityUpdated", "entityDeleted"]
    )
    relation = {"type": "Relationship", "object": "urn:a:1"}
    await site.room(n=1, r=relation)
    await site.room(n=2)
    await site.room(r={**relation, "object": "urn:a:2"})
    await site.api.ok("DELETE", f"/entities/{room_id()}/attrs/n")
    await site.api.ok("DELETE", f"/entities/{room_id()}")
    found = await receiver.wait(5)
    assert found[0] == {**ROOM, "n": prop(1), "r": relation}, "nothing was there before"
    assert found[1]["n"] == prop(2, previousValue=1)
    assert "previousObject" not in found[1]["r"]
    assert found[2]["r"] == {**relation, "object": "urn:a:2", "previousObject": "urn:a:1"}
    assert found[3]["n"] == prop(NULL, previousValue=2)
    assert found[4]["r"] == {"type": "Relationship", "object": NULL, "previousObject": "urn:a:2"}
    assert "deletedAt" in found[4]


async def test_a_deleted_entity_is_little(site: Site, receiver: Receiver) -> None:
    await site.room(n=1)
    await site.subscribe(receiver, notificationTrigger=["entityDeleted"])
    async with receiving() as other:
        await site.subscribe(other, notificationTrigger=["entityDeleted"], notification={"format": "keyValues"})
        await site.api.ok("DELETE", f"/entities/{room_id()}")
        gone = {**ROOM, "deletedAt": "2026-01-01T00:00:00Z"}
        assert await receiver.wait(1) == [gone]
        assert await other.wait(1) == [gone]


async def test_who_asks_for_more_of_a_deletion_gets_more(site: Site, receiver: Receiver) -> None:
    await site.room(n=1)
    for triggers in (["entityDeleted"], ["entityDeleted", "attributeDeleted"], ["attributeDeleted"]):
        await site.subscribe(receiver, notificationTrigger=triggers)
    await site.api.ok("DELETE", f"/entities/{room_id()}")
    await receiver.wait(3)
    assert sorted("n" in one for one in receiver.data) == [False, True, True]


async def test_linked_entities_are_those_of_the_moment(site: Site, receiver: Receiver) -> None:
    async with receiving() as other:
        other.gate.clear()
        for one in (receiver, other):
            await site.subscribe(one, notification={"join": "inline", "format": "keyValues"})
        await site.api.ok("POST", "/entities", {"id": "urn:ngsi-ld:House:1", "type": "House", "floors": 3})
        await site.room(isIn={"type": "Relationship", "object": "urn:ngsi-ld:House:1"})
        await site.room(n=1)
        await receiver.wait(2)
        await site.api.ok("PATCH", "/entities/urn:ngsi-ld:House:1", {"floors": 4})
        other.gate.set()
        assert [one["isIn"]["floors"] for one in await other.wait(2)] == [3, 4]


async def test_json_ld_and_geojson(site: Site) -> None:
    for accept in (LD, GEO):
        async with receiving() as receiver:
            await site.subscribe(receiver, endpoint={"accept": accept})
            await site.room(n=1, location=POINT)
            await site.room(n=2)
            await receiver.wait(2)
            body = receiver.bodies[1]
            shown = {"n": prop(2), "location": {"type": "GeoProperty", "value": POINT}}
            assert receiver.asked[1].headers["content-type"] == accept
            assert "link" not in receiver.asked[1].headers
            if accept == LD:
                assert body["data"] == [{**ROOM, **shown, "@context": CORE}]
            else:
                feature = {
                    "id": room_id(),
                    "type": "Feature",
                    "geometry": POINT,
                    "properties": {"type": "Room", **shown},
                }
                assert body["data"] == {"type": "FeatureCollection", "features": [feature], "@context": CORE}
            await site.api.ok("DELETE", f"/entities/{room_id()}")
    async with receiving() as receiver:
        prefer = [{"key": "Prefer", "value": "body=json"}]
        await site.subscribe(receiver, endpoint={"accept": GEO, "receiverInfo": prefer})
        await site.room(n=1, location=POINT)
        await receiver.wait(1)
        assert "@context" not in receiver.bodies[0]["data"]
        assert receiver.asked[0].headers["link"] == LINK.format(CORE)


async def test_headers_for_the_receiver(site: Site, receiver: Receiver) -> None:
    info = [{"key": "Authorization", "value": "Bearer s3cret"}, {"key": "X-Name", "value": "Zoë"}]
    await site.subscribe(receiver, endpoint={"receiverInfo": info})
    await site.room(n=1)
    await receiver.wait(1)
    headers = receiver.asked[0].headers
    assert (headers["authorization"], headers["x-name"]) == ("Bearer s3cret", "Zoë")


async def test_the_context_of_the_subscription_names_things(site: Site, receiver: Receiver) -> None:
    context = {"Kamer": "https://uri.etsi.org/ngsi-ld/default-context/Room", "aantal": "https://example.org/n"}
    body = subscription(receiver, entities=[{"type": "Kamer"}], watchedAttributes=["aantal"], q="aantal>1")
    await site.api.ok("POST", "/subscriptions", {**body, "@context": context}, Content_Type=LD)
    await site.room(**{"https://example.org/n": 1})
    await site.room(**{"https://example.org/n": 2})
    found = await receiver.wait(1)
    assert found == [{"id": room_id(), "type": "Kamer", "aantal": prop(2)}]


async def test_a_context_of_its_own_for_notifications(site: Site, receiver: Receiver) -> None:
    async def answer(asked: Asked) -> bytes:
        body = b'{"@context": {"Space": "https://uri.etsi.org/ngsi-ld/default-context/Room"}}'
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    async with serving(answer) as server:
        url = server.url("/c")
        await site.subscribe(receiver, jsonldContext=url)
        await site.room(n=1)
        assert await receiver.wait(1) == [{"id": room_id(), "type": "Space", "n": prop(1)}]
        assert receiver.asked[0].headers["link"] == LINK.format(url)
    await site.stop()
    await site.start()
    await site.room(n=2)
    assert (await receiver.wait(2))[1]["type"] == "Space", "its server is gone, and the node was started anew"
    found = await site.api.wrong("POST", "/subscriptions", subscription(receiver, jsonldContext=url + "/other"))
    assert (found["status"], found["type"]) == (504, "https://uri.etsi.org/ngsi-ld/errors/LdContextNotAvailable")


async def test_languages_and_datasets(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, lang="en", datasetId=["urn:a:1"])
    name = {"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "room"}, "datasetId": "urn:a:1"}
    await site.room(name=name, n=[prop(1), prop(2, datasetId="urn:a:1")], m=5)
    found = (await receiver.wait(1))[0]
    assert found["name"] == {"type": "Property", "value": "room", "lang": "en", "datasetId": "urn:a:1"}
    assert found["n"] == prop(2, datasetId="urn:a:1")
    assert "m" not in found


async def test_linked_entities(site: Site, receiver: Receiver) -> None:
    house = {"id": "urn:ngsi-ld:House:1", "type": "House", "floors": prop(3)}
    await site.api.ok("POST", "/entities", house)
    async with receiving() as flat:
        await site.subscribe(receiver, notification={"join": "inline"})
        await site.subscribe(flat, notification={"join": "flat", "format": "keyValues"})
        await site.room(isIn={"type": "Relationship", "object": house["id"]})
        assert (await receiver.wait(1))[0]["isIn"]["entity"] == house
        assert (await flat.wait(1))[0] == [{**ROOM, "isIn": house["id"]}, {**house, "floors": 3}]
