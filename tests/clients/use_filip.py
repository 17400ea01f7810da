# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a user of filip does, against the node at the port that is given; it runs in the environment of that client."""

import sys
from typing import Any

import requests  # type: ignore[import-untyped]
from filip.clients.ngsi_ld.cb import ContextBrokerLDClient  # type: ignore[import-not-found]
from filip.models.base import FiwareLDHeader  # type: ignore[import-not-found]
from filip.models.ngsi_ld.context import (  # type: ignore[import-not-found]
    ActionTypeLD,
    ContextGeoProperty,
    ContextLDEntity,
    ContextProperty,
    NamedContextProperty,
    NamedContextRelationship,
)
from filip.models.ngsi_ld.subscriptions import (  # type: ignore[import-not-found]
    Endpoint,
    EntityInfo,
    NotificationParams,
    SubscriptionLD,
)

ROOM = "urn:ngsi-ld:Room:1"


def room(number: int, temperature: float) -> Any:
    entity = ContextLDEntity(id=f"urn:ngsi-ld:Room:{number}", type="Room")
    entity.add_properties([NamedContextProperty(name="temperature", value=temperature, unitCode="CEL")])
    entity.add_relationships([NamedContextRelationship(name="isIn", object="urn:ngsi-ld:Building:1")])
    return entity


def refused(call: Any, *arguments: Any) -> int:
    """The status with which the node refuses."""
    try:
        call(*arguments)
    except requests.RequestException as error:
        assert error.response is not None
        return int(error.response.status_code)
    raise AssertionError("it should have been refused")


def one_entity(client: Any) -> None:
    assert client.post_entity(room(1, 21.5)).endswith(ROOM)
    found = client.get_entity(ROOM)
    assert found.temperature.value == 21.5
    assert found.temperature.unitCode == "CEL"
    assert found.isIn.object == "urn:ngsi-ld:Building:1"
    assert refused(client.post_entity, room(1, 0)) == 409
    client.post_entity(room(1, 22), update=True)
    assert client.get_entity(ROOM).temperature.value == 22
    client.update_entity_attribute(ROOM, ContextProperty(value=23), attr_name="temperature")
    assert client.get_entity(ROOM).temperature.value == 23
    more = ContextLDEntity(id=ROOM, type="Room")
    more.add_properties([NamedContextProperty(name="humidity", value=40)])
    client.append_entity_attributes(more)
    assert client.get_entity(ROOM).humidity.value == 40
    changed = ContextLDEntity(id=ROOM, type="Room")
    changed.add_properties([NamedContextProperty(name="humidity", value=41)])
    client.replace_existing_attributes_of_entity(changed)
    assert client.get_entity(ROOM).humidity.value == 41
    client.delete_attribute(ROOM, "humidity")
    assert not hasattr(client.get_entity(ROOM), "humidity")
    client.delete_entity_by_id(ROOM)
    assert refused(client.get_entity, ROOM) == 404


def many(client: Any) -> None:
    rooms = [room(number, float(number)) for number in range(1500)]
    client.entity_batch_operation(entities=rooms, action_type=ActionTypeLD.CREATE)
    assert len(client.get_entity_list(entity_type="Room")) == 1500
    assert len(client.get_entity_list(entity_type="Room", limit=7)) == 7
    assert len(client.get_entity_list(entity_type="Room", q="temperature<10")) == 10
    assert len(client.get_entity_list(id_pattern=".*:Room:14..$", entity_type="Room")) == 100
    client.entity_batch_operation(entities=[room(0, -1), room(9999, 5)], action_type=ActionTypeLD.UPSERT)
    assert client.get_entity("urn:ngsi-ld:Room:0").temperature.value == -1
    place = ContextLDEntity(id="urn:ngsi-ld:Place:1", type="Place")
    place.location = ContextGeoProperty(value={"type": "Point", "coordinates": [4.48, 51.9]})
    client.post_entity(place)
    near = client.get_entity_list(
        entity_type="Place", georel="near;maxDistance==1000", geometry="Point", coordinates="[4.481,51.9]"
    )
    assert [one.id for one in near] == ["urn:ngsi-ld:Place:1"]
    everything = [*rooms, room(9999, 5), place]
    client.entity_batch_operation(entities=everything, action_type=ActionTypeLD.DELETE)
    assert client.get_entity_list(entity_type="Room") == []


def subscriptions(client: Any) -> None:
    told = SubscriptionLD(
        id="urn:ngsi-ld:Subscription:1", entities=[EntityInfo(type="Room")], watchedAttributes=["temperature"],
        notification=NotificationParams(attributes=["temperature"], endpoint=Endpoint(uri="http://127.0.0.1:9/")),
    )  # fmt: skip
    assert client.post_subscription(told) == told.id
    assert client.get_subscription(told.id).watchedAttributes == ["temperature"]
    assert [one.id for one in client.get_subscription_list()] == [told.id]
    told.watchedAttributes = ["humidity"]
    client.update_subscription(told)
    assert client.get_subscription(told.id).watchedAttributes == ["humidity"]
    client.delete_subscription(told.id)
    assert client.get_subscription_list() == []


def main() -> None:
    for header in (FiwareLDHeader(), FiwareLDHeader(ngsild_tenant="north")):
        client = ContextBrokerLDClient(url=f"http://127.0.0.1:{sys.argv[1]}", fiware_header=header)
        one_entity(client)
        many(client)
        subscriptions(client)
    print("filip is content")


if __name__ == "__main__":
    main()
