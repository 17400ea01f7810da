# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How entities are shown: forms, projections, languages, datasets, linked entities, media types."""

from typing import Any

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
HERE = f"/entities/{ID}"
A = "urn:ngsi-ld:Dataset:A"
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
CORE_LINK = f'<{CORE}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
POINT = {"type": "Point", "coordinates": [4.9, 52.4]}
LD, GEO = "application/ld+json", "application/geo+json"

ROOM: dict[str, Any] = {
    "id": ID,
    "type": "Room",
    "scope": "/NL",
    "n": {"type": "Property", "value": 21, "unitCode": "CEL"},
    "bare": {"type": "Property", "value": [1, 2]},
    "both": [
        {"type": "Property", "value": 1},
        {"type": "Property", "value": 2, "datasetId": A},
    ],
    "isIn": {"type": "Relationship", "object": "urn:ngsi-ld:Building:1", "since": {"type": "Property", "value": 2020}},
    "name": {"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "room"}},
    "location": {"type": "GeoProperty", "value": POINT},
}
BUILDING = {
    "id": "urn:ngsi-ld:Building:1",
    "type": "Building",
    "owner": {"type": "Relationship", "object": "urn:ngsi-ld:Person:1"},
    "floors": {"type": "Property", "value": 3},
}
PERSON = {"id": "urn:ngsi-ld:Person:1", "type": "Person", "age": {"type": "Property", "value": 44}}


@pytest.fixture(autouse=True)
async def there(api: Api) -> None:
    await api.ok("POST", "/entityOperations/create", [ROOM, BUILDING, PERSON])


async def shown(api: Api, query: str = "", **headers: str) -> Any:
    """One way to show it in retrieval and in a query; both say the same."""
    one = await api.ok("GET", f"{HERE}?{query}", **headers)
    several = await api.ok("GET", f"/entities?type=Room&{query}", **headers)
    assert several == [one]
    return one


async def test_normalized(api: Api) -> None:
    for query in ("", "options=normalized", "format=normalized"):
        assert await shown(api, query) == ROOM


async def test_concise(api: Api) -> None:
    concise = {
        **ROOM,
        "n": {"value": 21, "unitCode": "CEL"},
        "bare": [1, 2],
        "both": [{"value": 1}, {"value": 2, "datasetId": A}],
        "isIn": {"object": "urn:ngsi-ld:Building:1", "since": 2020},
        "name": {"languageMap": {"nl": "kamer", "en": "room"}},
        "location": POINT,
    }
    for query in ("options=concise", "format=concise"):
        assert await shown(api, query) == concise
    await api.ok("DELETE", HERE)
    await api.ok("POST", "/entities", concise)
    assert await shown(api) == ROOM, "what is shown can be given back"


async def test_simplified(api: Api) -> None:
    simplified = {
        **ROOM,
        "n": 21,
        "bare": [1, 2],
        "both": {"dataset": {"@none": 1, A: 2}},
        "isIn": "urn:ngsi-ld:Building:1",
        "name": {"languageMap": {"nl": "kamer", "en": "room"}},
        "location": POINT,
    }
    for query in ("options=keyValues", "options=simplified", "format=keyValues", "format=simplified"):
        assert await shown(api, query) == simplified


async def test_geojson(api: Api) -> None:
    whole = await api("GET", HERE, Accept=GEO)
    properties = {name: value for name, value in ROOM.items() if name != "id"}
    feature = {"id": ID, "type": "Feature", "geometry": POINT, "properties": properties}
    assert whole.headers["content-type"] == GEO
    assert whole.json() == {**feature, "@context": CORE}
    collection = await api("GET", "/entities?type=Room", Accept=GEO)
    assert collection.json() == {"type": "FeatureCollection", "features": [feature], "@context": CORE}
    bare = await api("GET", HERE, Accept=GEO, Prefer="body=json")
    assert (bare.json(), bare.headers["link"]) == (feature, CORE_LINK)
    bare = await api("GET", "/entities?type=Room", Accept=GEO, Prefer="body=json")
    assert bare.json() == {"type": "FeatureCollection", "features": [feature]}
    other = await api.ok("GET", f"{HERE}?geometryProperty=spot&options=keyValues", Accept=GEO)
    assert (other["geometry"], other["properties"]["location"]) == (None, POINT)
    page = await api("GET", "/entities?attrs=age,floors&limit=1", Accept=GEO)
    assert 'rel="next"' in page.headers["link"]


async def test_where_the_context_stands(api: Api) -> None:
    plain = await api("GET", HERE)
    assert (plain.headers["content-type"], plain.headers["link"]) == ("application/json", CORE_LINK)
    linked = await api("GET", HERE, Accept=LD)
    assert linked.headers["content-type"] == LD
    assert "link" not in linked.headers
    assert linked.json() == {**ROOM, "@context": CORE}
    assert (await api("GET", "/entities?type=Room", Accept=LD)).json() == [{**ROOM, "@context": CORE}]
    found = await api.wrong("GET", HERE, Accept="text/html")
    assert (found["status"], found["type"]) == (406, "https://w3id.org/hanze/problems/NotAcceptable")


async def test_attributes_that_are_asked_for(api: Api) -> None:
    some = await shown(api, "attrs=n,unknown")
    assert set(some) == {"id", "type", "scope", "n"}
    assert (await api.wrong("GET", f"{HERE}?attrs=unknown"))["status"] == 404
    assert await api.ok("GET", "/entities?type=Room&attrs=unknown") == []


async def test_picking_and_omitting(api: Api) -> None:
    assert set(await shown(api, "pick=n,id")) == {"id", "n"}
    assert set(await shown(api, "pick=n,name")) == {"n", "name"}
    assert set(await shown(api, "omit=n,id,scope,both,bare")) == {"type", "isIn", "name", "location"}
    assert (await api.wrong("GET", f"{HERE}?pick=unknown"))["status"] == 404
    assert await api.ok("GET", "/entities?type=Room&pick=unknown") == []


async def test_languages(api: Api) -> None:
    for lang, chosen, text in (("nl", "nl", "kamer"), ("de,en;q=0.5", "en", "room"), ("*", "nl", "kamer")):
        name = (await shown(api, f"lang={lang}"))["name"]
        assert name == {"type": "Property", "value": text, "lang": chosen}
        assert (await shown(api, f"lang={lang}&options=keyValues"))["name"] == text


async def test_datasets(api: Api) -> None:
    assert (await shown(api, f"datasetId={A}"))["both"] == ROOM["both"][1]
    assert (await shown(api, "datasetId=@none"))["both"] == ROOM["both"][0]
    assert (await shown(api, f"datasetId={A},@none"))["both"] == ROOM["both"]
    assert "n" not in await shown(api, f"datasetId={A}")


async def test_linked_entities(api: Api) -> None:
    inline = (await shown(api, "join=inline"))["isIn"]
    assert inline == {**ROOM["isIn"], "entity": BUILDING}
    deeper = (await shown(api, "join=inline&joinLevel=2"))["isIn"]["entity"]["owner"]
    assert deeper == {**BUILDING["owner"], "entity": PERSON}  # type: ignore[dict-item]
    assert await api.ok("GET", "/entities?type=Room&join=flat&joinLevel=2") == [ROOM, BUILDING, PERSON]
    assert await api.ok("GET", f"{HERE}?join=flat") == [ROOM, BUILDING]
    assert await shown(api, "join=@none") == ROOM
    for query in ("join=deep", "join=flat&joinLevel=0", "join=flat&joinLevel=x"):
        assert (await api.wrong("GET", f"{HERE}?{query}"))["status"] == 400, query
    found = await api.wrong("GET", f"{HERE}?join=flat&joinLevel=6")
    assert (found["status"], found["limit"]) == (403, 5)


async def test_a_ring_of_entities_ends(api: Api) -> None:
    back = {"back": {"type": "Relationship", "object": ID}}
    await api.ok("POST", f"/entities/{PERSON['id']}/attrs", back)
    found = await api.ok("GET", f"{HERE}?join=inline&joinLevel=5&options=keyValues")
    assert found["isIn"]["owner"]["id"] == PERSON["id"]
    assert len(await api.ok("GET", f"{HERE}?join=flat&joinLevel=5")) == 3
