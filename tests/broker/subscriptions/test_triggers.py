# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What sets off a notification: triggers, watched attributes, entities, q, geoQ and scopeQ."""

from typing import Any

import pytest

from tests.broker.subscriptions.conftest import Site, room_id
from tests.broker.subscriptions.receiver import Receiver

pytestmark = pytest.mark.anyio

NULL = "urn:ngsi-ld:null"
LAST = {"id": "urn:ngsi-ld:Room:last", "type": "Room"}


async def life(site: Site) -> None:
    """Everything that may happen to an entity, in this order."""
    api = site.api
    here = f"/entities/{room_id()}"
    await api.ok("POST", "/entities", {"id": room_id(), "type": "Room", "n": 1})
    await api.ok("PATCH", f"{here}/attrs/n", {"value": 2})
    await api.ok("PATCH", f"{here}/attrs/n", {"value": 2})
    await api.ok("POST", f"{here}/attrs", {"m": 1})
    await api.ok("DELETE", f"{here}/attrs/m")
    await api.ok("PATCH", here, {"n": 3, "k": 1})
    await api.ok("DELETE", here)


CREATED, N2, M1, NO_M, N3, GONE = "created", "n=2", "m=1", "no m", "n=3", "gone"


def step(entity: dict[str, Any]) -> str:
    """The step of `life` that a notification tells of."""
    values = {name: entity[name].get("value") for name in ("n", "m", "k") if name in entity and name != NULL}
    if "deletedAt" in entity:
        return GONE
    if "m" in entity:
        return NO_M if entity["m"] == NULL or values.get("m") == NULL else M1
    return {1: CREATED, 2: N2, 3: N3}[values["n"]]


@pytest.mark.parametrize(
    ("triggers", "watched", "steps"),
    [
        (None, None, [CREATED, N2, M1, N3]),
        (None, ["n"], [CREATED, N2, N3]),
        (None, ["m"], [M1]),
        (None, ["other"], []),
        (["attributeCreated"], None, [CREATED, M1, N3]),
        (["attributeCreated"], ["n"], [CREATED]),
        (["attributeUpdated"], None, [N2, N3]),
        (["attributeDeleted"], None, [NO_M, GONE]),
        (["attributeDeleted"], ["m"], [NO_M]),
        (["entityCreated"], None, [CREATED]),
        (["entityCreated"], ["m"], [CREATED]),
        (["entityUpdated"], None, [CREATED, N2, M1, NO_M, N3, GONE]),
        (["entityDeleted"], None, [GONE]),
        (["entityDeleted", "attributeUpdated"], ["n"], [N2, N3, GONE]),
        (["entityCreated", "entityDeleted"], None, [CREATED, GONE]),
    ],
)
async def test_triggers(
    site: Site, receiver: Receiver, triggers: list[str] | None, watched: list[str] | None, steps: list[str]
) -> None:
    await site.subscribe(receiver, notificationTrigger=triggers, watchedAttributes=watched)
    await life(site)
    await receiver.wait(len(steps))
    await site.silence(receiver)
    assert list(map(step, receiver.data)) == steps


async def test_only_a_real_difference_is_told(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, watchedAttributes=["n"])
    await site.room(n={"value": 1, "unitCode": "CEL"})
    await site.room(n={"value": 1, "unitCode": "CEL"})
    await site.room(n={"value": 1, "unitCode": "FAH"})
    await site.room(n={"value": 1, "unitCode": "FAH", "observedAt": "2026-01-01T00:00:00Z"})
    await site.room(n={"value": 1, "unitCode": "FAH", "observedAt": "2026-01-01T00:00:00Z"})
    await site.room(n={"value": 1, "unitCode": "FAH", "observedAt": "2026-01-01T00:00:00Z", "by": {"value": "me"}})
    await receiver.wait(4)
    await site.silence(receiver)


@pytest.mark.parametrize(
    ("members", "numbers"),
    [
        ({"entities": [{"type": "Room"}]}, [1, 2, 3]),
        ({"entities": [{"type": "Hall"}]}, [4]),
        ({"entities": [{"type": "*"}]}, [1, 2, 3, 4]),
        ({"entities": [{"type": "Room|Hall"}]}, [1, 2, 3, 4]),
        ({"entities": [{"type": "Room;Hall"}]}, []),
        ({"entities": [{"type": "Room", "id": room_id(2)}]}, [2]),
        ({"entities": [{"type": "*", "id": [room_id(1), room_id(4)]}]}, [1, 4]),
        ({"entities": [{"type": "Hall", "id": room_id(2)}]}, []),
        ({"entities": [{"type": "Room", "idPattern": "[23]$"}]}, [2, 3]),
        ({"entities": [{"type": "Hall"}, {"type": "Room", "id": room_id(3)}]}, [3, 4]),
        ({"entities": None, "watchedAttributes": ["n"]}, [1, 2, 3, 4]),
        ({"entities": None, "watchedAttributes": ["m"]}, [2]),
        ({"q": "n>2"}, [3]),
        ({"q": "n==1|m"}, [1, 2]),
        ({"q": "n==%221%22"}, []),
        ({"scopeQ": "/NL/#"}, [1]),
        ({"geoQ": {"georel": "near;maxDistance==1000", "geometry": "Point", "coordinates": [5, 52]}}, [2]),
        (
            {
                "geoQ": {
                    "georel": "within",
                    "geometry": "Polygon",
                    "coordinates": [[[4, 51], [6, 51], [6, 53], [4, 53], [4, 51]]],
                    "geoproperty": "spot",
                }
            },
            [3],
        ),
        ({"q": "n>1", "scopeQ": "/NL"}, []),
    ],
)
async def test_which_entities(site: Site, receiver: Receiver, members: dict[str, Any], numbers: list[int]) -> None:
    point = {"type": "Point", "coordinates": [5, 52]}
    await site.subscribe(receiver, **members)
    await site.room(1, n=1, scope="/NL/Utrecht")
    await site.room(2, n=2, m=1, location=point)
    await site.room(3, n=3, spot=point)
    await site.room(4, n=4, type="Hall")
    await receiver.wait(len(numbers))
    await site.silence(receiver)
    assert [one["id"] for one in receiver.data] == [room_id(number) for number in numbers]


async def test_q_asks_what_a_relationship_leads_to(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, q="beside{n}<5")
    for number, n in ((1, 3), (2, 9)):
        await site.room(number, type="Hall", n=n)
    await site.room(3, beside={"object": room_id(2)})
    await site.room(4, beside={"object": room_id(1)})
    await site.room(5, beside={"object": room_id(7)})
    await receiver.wait(1)
    await site.silence(receiver)
    assert [one["id"] for one in receiver.data] == [room_id(4)]


@pytest.mark.parametrize(("expanded", "numbers"), [(None, []), (["use"], [1]), (["n"], [])])
async def test_words_of_q_are_expanded_where_that_is_asked_for(
    site: Site, receiver: Receiver, expanded: list[str] | None, numbers: list[int]
) -> None:
    id = await site.subscribe(receiver, q="use==office", expandValues=expanded)
    await site.room(1, use={"vocab": "office"})
    await site.room(2, use={"vocab": "shop"})
    await receiver.wait(len(numbers))
    await site.silence(receiver)
    assert [one["id"] for one in receiver.data] == [room_id(number) for number in numbers]
    assert (await site.api.ok("GET", f"/subscriptions/{id}")).get("expandValues") == expanded


async def test_q_holds_in_the_state_after(site: Site, receiver: Receiver) -> None:
    await site.subscribe(receiver, q="n>5")
    for value in (1, 6, 7, 2, 8):
        await site.room(n=value)
    await receiver.wait(3)
    await site.silence(receiver)
    assert [one["n"]["value"] for one in receiver.data] == [6, 7, 8]


async def test_nothing_is_told_because_of_the_subscription_itself(site: Site, receiver: Receiver) -> None:
    await site.room(n=1)
    await site.subscribe(receiver)
    await site.silence(receiver)
    await site.room(n=2)
    assert [one["n"]["value"] for one in await receiver.wait(1)] == [2]


async def test_every_way_to_write_is_told(site: Site, receiver: Receiver) -> None:
    api = site.api
    await site.subscribe(receiver, notificationTrigger=["entityUpdated", "entityDeleted"])
    here = f"/entities/{room_id()}"
    room = {"id": room_id(), "type": "Room"}
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/entities", {**room, "n": 0}),
        ("PUT", here, {**room, "n": 1}),
        ("PATCH", here, {"n": 2}),
        ("POST", f"{here}/attrs", {"n": 3}),
        ("PATCH", f"{here}/attrs", {"n": 4}),
        ("PATCH", f"{here}/attrs/n", {"value": 5}),
        ("PUT", f"{here}/attrs/n", {"type": "Property", "value": 6}),
        ("POST", "/entityOperations/upsert", [{**room, "n": 7}]),
        ("POST", "/entityOperations/upsert?options=update", [{**room, "n": 8}]),
        ("POST", "/entityOperations/update", [{**room, "n": 9}]),
        ("POST", "/entityOperations/merge", [{**room, "n": 10}]),
        ("DELETE", "/entities?type=Room&drop=n", None),
        ("POST", "/entityOperations/delete", [room_id()]),
        ("POST", "/entityOperations/create", [{**room, "n": 13}]),
    ]
    for method, place, body in calls:
        await api.ok(method, place, body)
    found = await receiver.wait(len(calls))
    await site.silence(receiver)
    told = [one.get("n") for one in found]
    assert [one["value"] if isinstance(one, dict) else one for one in told] == [*range(11), NULL, None, 13]


async def test_another_tenant_is_another_world(site: Site, receiver: Receiver) -> None:
    api = site.api
    await site.subscribe(receiver, entities=None, watchedAttributes=["n"])
    made = await api("POST", "/entities", {"id": room_id(), "type": "Room", "n": 1}, NGSILD_Tenant="one")
    assert made.status_code == 201
    await site.silence(receiver)
    body = {
        "id": "urn:ngsi-ld:Subscription:1", "type": "Subscription", "entities": [{"type": "Room"}],
        "notification": {"endpoint": {"uri": receiver.url}},
    }  # fmt: skip
    await api.ok("POST", "/subscriptions", body, NGSILD_Tenant="one")
    await api.ok("PATCH", f"/entities/{room_id()}", {"n": 2}, NGSILD_Tenant="one")
    await receiver.wait(1)
    assert receiver.asked[0].headers["ngsild-tenant"] == "one"
    await site.room(n=5)
    found = await receiver.wait(2)
    assert found[1]["n"]["value"] == 5
    assert "ngsild-tenant" not in receiver.asked[1].headers
    await site.silence(receiver)
    assert (await api.wrong("GET", "/subscriptions/urn:ngsi-ld:Subscription:1"))["status"] == 404
