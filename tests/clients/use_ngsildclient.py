# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a user of ngsildclient does, against the node at the port that is given; it runs in the environment of that client."""

import sys
from typing import Any

from ngsildclient import Client, Entity, SubscriptionBuilder  # type: ignore[import-not-found]
from ngsildclient.api.exceptions import NgsiAlreadyExistsError, NgsiResourceNotFoundError  # type: ignore[import-not-found]

AIR = "AirQualityObserved"
MOMENT = "2026-01-01T00:00:00Z"


def station(name: str, value: float) -> Any:
    entity = Entity(AIR, name)
    entity.prop("no2", value, unitcode="GQ", observedat=MOMENT)
    entity.loc((51.9, 4.48))
    entity.rel("isIn", "urn:ngsi-ld:City:1")
    return entity


def one_entity(client: Any) -> None:
    entity = station("s1", 22)
    assert client.create(entity)
    assert client.exists(entity)
    found = client.get(entity.id)
    assert found.id == "urn:ngsi-ld:AirQualityObserved:s1"
    assert found["no2.value"] == 22
    assert found["no2.observedAt"] == MOMENT
    assert found["location.value.coordinates"] == [4.48, 51.9]
    assert found["isIn.object"] == "urn:ngsi-ld:City:1"
    try:
        client.create(entity)
    except NgsiAlreadyExistsError:
        pass
    else:
        raise AssertionError("the second creation should have been refused")
    entity["no2.value"] = 25
    assert client.upsert(entity)
    assert client.get(entity)["no2.value"] == 25
    entity["no2.value"] = 26
    assert client.update(entity)
    assert client.get(entity)["no2.value"] == 26
    assert client.delete(entity)
    assert not client.exists(entity)
    try:
        client.get(entity)
    except NgsiResourceNotFoundError:
        pass
    else:
        raise AssertionError("the entity should be gone")


def many(client: Any) -> None:
    stations = [station(f"m{number:03d}", number) for number in range(250)]
    made = client.create(*stations)
    assert made.ok and made.n_ok == 250
    assert client.types.list() == [AIR]
    assert client.count(type=AIR) == 250
    assert client.count(type=AIR, q="no2>=200") == 50
    assert len(client.query(type=AIR)) == 250
    assert sorted(one["no2.value"] for one in client.query(type=AIR, q="no2<3")) == [0, 1, 2]
    assert len(client.query_head(type=AIR, n=7)) == 7
    for one in stations[:5]:
        one["no2.value"] = 1000
    assert client.upsert(*stations[:5]).ok
    assert client.count(type=AIR, q="no2==1000") == 5
    past = client.temporal.query(type=AIR, q="no2==1000")
    assert len(past) == 5
    assert [value for value, _ in past[0]["no2"]["values"]] == [0, 1000]
    assert client.delete(*stations[:5]).ok
    assert client.count(type=AIR) == 245
    # It walks pages of 100 while it deletes; more than one page it misses by itself.
    client.delete_where(type=AIR, q="no2>=160")
    assert client.count(type=AIR) == 155
    assert client.delete(*stations[5:100]).ok
    client.drop(AIR)
    assert client.count(type=AIR) == 0


def subscriptions(client: Any) -> None:
    builder = SubscriptionBuilder("http://127.0.0.1:9/").description("air watch")
    told = builder.select_type(AIR).watch(["no2"]).notif(["no2"]).build()
    id = client.subscriptions.create(told)
    assert client.subscriptions.exists(id)
    assert client.subscriptions.get(id)["watchedAttributes"] == ["no2"]
    assert [one["id"] for one in client.subscriptions.list()] == [id]
    assert client.subscriptions.delete("another watch") is False
    assert client.subscriptions.delete("air watch") is True
    assert client.subscriptions.list() == []


def main() -> None:
    with Client(hostname="127.0.0.1", port=int(sys.argv[1])) as client:
        assert client.is_connected()
        one_entity(client)
        many(client)
        subscriptions(client)
    with Client(hostname="127.0.0.1", port=int(sys.argv[1]), tenant="north") as client:
        assert client.create(station("t1", 5))
        assert client.count(type=AIR) == 1
    print("ngsildclient is content")


if __name__ == "__main__":
    main()
