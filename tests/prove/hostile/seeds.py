# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Valid requests for every operation: what mutations begin with."""

from collections.abc import Iterator
from typing import Any

from tests.prove.hostile.asked import Asked

CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
ID = "urn:ngsi-ld:Room:1"
LD = (("Content-Type", "application/ld+json"),)
SQUARE = "[[[4,52],[5,52],[5,53],[4,53],[4,52]]]"

ENTITY: dict[str, Any] = {
    "id": ID, "type": "Room", "scope": ["/a/b", "/c"],
    "level": {"type": "Property", "value": 21.5, "unitCode": "CEL", "observedAt": "2026-01-01T00:00:00Z",
              "accuracy": {"type": "Property", "value": 0.1}},
    "many": [{"type": "Property", "value": 1, "datasetId": "urn:ngsi-ld:d:1"}, {"type": "Property", "value": 2}],
    "isIn": {"type": "Relationship", "object": "urn:ngsi-ld:House:1", "objectType": "House"},
    "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.9, 52.4]}},
    "name": {"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "room"}},
    "kind": {"type": "VocabProperty", "vocab": "dry"},
    "raw": {"type": "JsonProperty", "json": {"any": [1, {"thing": None}]}},
    "list": {"type": "ListProperty", "valueList": [1, 2, 3]},
    "parts": {"type": "ListRelationship", "objectList": [{"object": "urn:ngsi-ld:Part:1"}]},
    "concise": {"value": [1, "two", {"three": 3}]}, "bare": 7,
}  # fmt: skip
CONTEXT = {
    "Room": "https://example.org/Room",
    "ex": "https://example.org/",
    "level": "ex:level",
    "@vocab": "https://v.example/",
}
SUBSCRIPTION: dict[str, Any] = {
    "type": "Subscription", "subscriptionName": "s", "description": "d",
    "entities": [{"type": "Room", "idPattern": "urn:.*1"}], "watchedAttributes": ["level"], "q": "level>20",
    "geoQ": {"georel": "near;maxDistance==1000", "geometry": "Point", "coordinates": [4.9, 52.4]},
    "scopeQ": "/a/#", "throttling": 5, "expiresAt": "2099-01-01T00:00:00Z",
    "notificationTrigger": ["attributeUpdated", "entityDeleted"],
    "notification": {"attributes": ["level"], "format": "concise", "showChanges": False, "sysAttrs": True,
                     "endpoint": {"uri": "http://192.0.2.1/n", "accept": "application/json", "timeout": 1000,
                     "cooldown": 1000,
                                  "receiverInfo": [{"key": "X-Key", "value": "v"}]}},
}  # fmt: skip
PAST = {
    "id": ID, "type": "Room",
    "level": [{"type": "Property", "value": n, "observedAt": f"2026-01-0{n}T00:00:00Z"} for n in range(1, 6)],
}  # fmt: skip
QUERY = {
    "type": "Query", "entities": [{"type": "Room", "id": ID}, {"type": "Hall", "idPattern": "urn:.*"}],
    "attrs": ["level"],
    "q": "level>20;isIn", "geoQ": SUBSCRIPTION["geoQ"], "scopeQ": "/a/#", "lang": "nl", "pick": ["id", "level"],
}  # fmt: skip
TEMPORAL_QUERY = {**QUERY, "temporalQ": {"timerel": "between", "timeAt": "2025-01-01T00:00:00Z",
                  "endTimeAt": "2027-01-01T00:00:00Z", "lastN": 5}, "aggrParams": {"aggrMethods": ["avg"],
                  "aggrPeriodDuration": "PT1H"}}  # fmt: skip


def requests() -> list[Asked]:
    """One or more of every operation."""
    return [*_entities(), *_batches(), *_reads(), *_temporal(), *_subscriptions()]


def _entities() -> Iterator[Asked]:
    fragment = {"level": ENTITY["level"], "name": ENTITY["name"]}
    yield Asked(method="POST", path="/entities", body=ENTITY)
    yield Asked(method="POST", path="/entities", body={**ENTITY, "@context": [CONTEXT, CORE]}, headers=LD)
    yield Asked(method="PUT", path=f"/entities/{ID}", body=ENTITY)
    yield Asked(
        method="PATCH",
        path=f"/entities/{ID}",
        body=fragment,
        params=(("observedAt", "2026-01-01T00:00:00Z"), ("lang", "nl")),
    )
    yield Asked(
        method="PATCH",
        path=f"/entities/{ID}",
        body={"level": 5, "bare": "urn:ngsi-ld:null"},
        params=(("options", "keyValues"),),
    )
    yield Asked(method="POST", path=f"/entities/{ID}/attrs", body=fragment, params=(("options", "noOverwrite"),))
    yield Asked(method="PATCH", path=f"/entities/{ID}/attrs", body=fragment)
    yield Asked(method="PATCH", path=f"/entities/{ID}/attrs/level", body={"value": 3, "datasetId": "urn:ngsi-ld:d:1"})
    yield Asked(method="PUT", path=f"/entities/{ID}/attrs/level", body=ENTITY["level"])
    yield Asked(
        method="DELETE",
        path=f"/entities/{ID}/attrs/level",
        params=(("datasetId", "urn:ngsi-ld:d:1"), ("deleteAll", "false")),
    )
    yield Asked(method="DELETE", path=f"/entities/{ID}")
    yield Asked(
        method="DELETE", path="/entities", params=(("type", "Room"), ("q", "level>900"), ("drop", "level,name"))
    )


def _batches() -> Iterator[Asked]:
    several = [{**ENTITY, "id": f"{ID}{n}"} for n in range(3)]
    for verb, params in (
        ("create", ()), ("upsert", ()), ("upsert", (("options", "update"),)), ("update", (("options", "noOverwrite"),)),
        ("merge", ()),
    ):  # fmt: skip
        yield Asked(method="POST", path=f"/entityOperations/{verb}", body=several, params=params)
    yield Asked(method="POST", path="/entityOperations/delete", body=[f"{ID}{n}" for n in range(3)])


def _reads() -> Iterator[Asked]:
    geo = (("georel", "near;maxDistance==2000"), ("geometry", "Point"), ("coordinates", "[4.9,52.4]"))
    yield Asked(
        method="GET",
        path=f"/entities/{ID}",
        params=(("attrs", "level"), ("options", "keyValues,sysAttrs"), ("lang", "nl")),
    )
    yield Asked(
        method="GET",
        path=f"/entities/{ID}",
        params=(("pick", "id,level{accuracy}"), ("join", "inline"), ("joinLevel", "2")),
    )
    yield Asked(method="GET", path=f"/entities/{ID}", headers=(("Accept", "application/geo+json"),))
    yield Asked(
        method="GET",
        path="/entities",
        params=(
            ("type", "(Room|Hall);House"),
            ("q", 'level>20;(name[nl]=="kamer"|bare!=3)'),
            ("limit", "5"),
            ("offset", "1"),
            ("count", "true"),
        ),
    )
    yield Asked(
        method="GET",
        path="/entities",
        params=(("type", "Room"), *geo, ("orderBy", "level;desc"), ("scopeQ", "/a/+;/c")),
    )
    yield Asked(
        method="GET",
        path="/entities",
        params=(("georel", "within"), ("geometry", "Polygon"), ("coordinates", SQUARE), ("geoproperty", "location")),
    )
    yield Asked(
        method="GET",
        path="/entities",
        params=(("type", "Room"), ("idPattern", "urn:.*:[0-9]+$"), ("omit", "raw"), ("datasetId", "@none")),
    )
    yield Asked(method="GET", path="/types", params=(("details", "true"),))
    yield Asked(method="GET", path="/types/Room")
    yield Asked(method="GET", path="/attributes", params=(("details", "true"),))
    yield Asked(method="GET", path="/attributes/level")
    yield Asked(method="GET", path="/info/sourceIdentity")
    yield Asked(method="POST", path="/entityOperations/query", body=QUERY, params=(("limit", "3"), ("count", "true")))


def _temporal() -> Iterator[Asked]:
    window = (("timerel", "between"), ("timeAt", "2025-01-01T00:00:00Z"), ("endTimeAt", "2027-01-01T00:00:00Z"))
    place = f"/temporal/entities/{ID}"
    yield Asked(method="POST", path="/temporal/entities", body=PAST)
    yield Asked(method="POST", path=f"{place}/attrs", body={"level": PAST["level"]})
    yield Asked(
        method="GET",
        path=place,
        params=(*window, ("lastN", "3"), ("options", "temporalValues"), ("timeproperty", "observedAt")),
    )
    yield Asked(
        method="GET",
        path=place,
        params=(
            *window,
            ("aggrMethods", "avg,max,stddev"),
            ("aggrPeriodDuration", "P1D"),
            ("options", "aggregatedValues"),
        ),
    )
    yield Asked(
        method="GET", path="/temporal/entities", params=(("type", "Room"), *window, ("q", "level>2"), ("limit", "4"))
    )
    yield Asked(method="POST", path="/temporal/entityOperations/query", body=TEMPORAL_QUERY)
    yield Asked(
        method="PATCH",
        path=f"{place}/attrs/level/urn:ngsi-ld:Instance:1",
        body={"type": "Property", "value": 4, "observedAt": "2026-01-01T00:00:00Z"},
    )
    yield Asked(method="DELETE", path=f"{place}/attrs/level/urn:ngsi-ld:Instance:1")
    yield Asked(method="DELETE", path=f"{place}/attrs/level", params=(("deleteAll", "true"),))
    yield Asked(method="DELETE", path=place)


def _subscriptions() -> Iterator[Asked]:
    place = "/subscriptions/urn:ngsi-ld:Subscription:s"
    yield Asked(method="POST", path="/subscriptions", body={**SUBSCRIPTION, "id": "urn:ngsi-ld:Subscription:s"})
    yield Asked(method="POST", path="/subscriptions", body={**SUBSCRIPTION, "@context": CORE}, headers=LD)
    yield Asked(method="POST", path="/subscriptions", body={**SUBSCRIPTION, "timeInterval": 60})
    yield Asked(method="GET", path="/subscriptions", params=(("limit", "2"), ("offset", "0"), ("count", "true")))
    yield Asked(method="GET", path=place, params=(("sysAttrs", "true"),))
    yield Asked(
        method="PATCH",
        path=place,
        body={"q": "level<3", "isActive": False, "notification": SUBSCRIPTION["notification"]},
    )
    yield Asked(method="DELETE", path=place)
