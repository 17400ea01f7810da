# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parameters select: types as a gate of every operation, conditions on linked entities, and what is too wide."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
HERE = f"/entities/{ID}"
HOUSE = "urn:ngsi-ld:House:1"
POST = "/entityOperations/query"

ROOM = {
    "id": ID, "type": ["Room", "Office"], "n": 1, "scope": "/NL", "inside": {"object": HOUSE},
    "use": {"vocab": "office"}, "name": {"value": "North"},
}  # fmt: skip
STREET = {"id": "urn:ngsi-ld:Street:1", "type": "Street", "name": "Oudegracht"}


@pytest.fixture(autouse=True)
async def there(api: Api) -> None:
    house = {"id": HOUSE, "type": "House", "on": {"object": STREET["id"]}, "floors": 3}
    await api.ok("POST", "/entityOperations/create", [ROOM, house, STREET])


async def ids(api: Api, query: str) -> list[str]:
    found = await api.ok("GET", "/entities?" + quote(query, safe="=&"))
    return [one["id"].split(":")[2] for one in found]


OPERATIONS: list[tuple[str, str, Any, int]] = [
    ("GET", HERE, None, 200),
    ("POST", f"{HERE}/attrs", {"n": 2}, 204),
    ("PATCH", f"{HERE}/attrs", {"n": 2}, 204),
    ("PATCH", f"{HERE}/attrs/n", {"value": 2}, 204),
    ("PUT", f"{HERE}/attrs/n", {"value": 2}, 204),
    ("PATCH", HERE, {"n": 2}, 204),
    ("PUT", HERE, {"type": ["Room", "Office"], "n": 2}, 204),
    ("DELETE", f"{HERE}/attrs/n", None, 204),
    ("DELETE", HERE, None, 204),
]


@pytest.mark.parametrize(("method", "path", "body", "good"), OPERATIONS)
@pytest.mark.parametrize("wrong", ["House", "Room;House", "(House,Street);Room"])
async def test_an_entity_of_other_types_is_not_there(
    api: Api, method: str, path: str, body: Any, good: int, wrong: str
) -> None:
    before = await api.ok("GET", HERE)
    found = await api.wrong(method, f"{path}?type={wrong}", body)
    assert (found["status"], found["type"].rpartition("/")[2]) == (404, "ResourceNotFound")
    assert await api.ok("GET", HERE) == before
    assert (await api(method, f"{path}?type=Room;Office", body)).status_code == good


async def test_the_type_of_a_selector_is_expanded_by_the_context_of_the_request(api: Api) -> None:
    context = {"Kamer": "https://uri.etsi.org/ngsi-ld/default-context/Room"}
    body = {"n": 3, "@context": context}
    kind = {"Content_Type": "application/ld+json"}
    assert (await api("PATCH", f"{HERE}?type=Kamer", body, **kind)).status_code == 204
    assert (await api("PATCH", f"{HERE}?type=Kamer", {"n": 4})).status_code == 404


async def test_every_type_can_be_asked_of_this_node_only(api: Api) -> None:
    assert len(await ids(api, "type=*")) == 3
    assert len(await ids(api, "type=*&local=true")) == 3
    found = await api.wrong("GET", "/entities?type=*&local=false")
    assert found["status"] == 400 and "local" in found["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "id=urn:a:b", "idPattern=.*", "attrs=createdAt", "attrs=modifiedAt,deletedAt,scope", "q=modifiedAt>2020-01-01T00:00:00Z",
        "q=id==urn:a:b|type==Room", "local=false",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_what_is_too_wide(api: Api, method: str, query: str) -> None:
    found = await api.wrong(method, "/entities?" + quote(query, safe="=&"))
    assert found["status"] == 400 and "too wide" in found["detail"]
    assert len(await ids(api, "local=true")) == 3


@pytest.mark.parametrize(
    "query", ["attrs=createdAt,n", "q=n==1;modifiedAt>2020-01-01T00:00:00Z", "scopeQ=/NL", "type=Room"]
)
async def test_what_is_narrow_enough(api: Api, query: str) -> None:
    assert await ids(api, query) == ["Room"]


@pytest.mark.parametrize("csf", ["))bad((", "name==", "a;;b"])
async def test_a_filter_of_sources_must_be_a_question(api: Api, csf: str) -> None:
    assert await ids(api, "type=Room&csf=" + quote('endpoint=="x"')) == ["Room"]
    assert (await api.wrong("GET", f"/entities?type=Room&csf={quote(csf)}"))["status"] == 400


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=use==office", False), ("q=use==office&expandValues=use", True), ("q=use==office&expandValues=n,name", False),
        ('q=use=="https://uri.etsi.org/ngsi-ld/default-context/office"', True), ("q=use==shop&expandValues=use", False),
        ("q=use!=office&expandValues=use", False), ('q=name=="North"&expandValues=name', True),
        ("q=inside==urn:ngsi-ld:House:1", True), ('q=inside>"urn:a"', False), ("q=inside~=House", False),
    ],
)  # fmt: skip
async def test_words_and_relationships(api: Api, query: str, found: bool) -> None:
    assert await ids(api, "type=Room&" + query) == ["Room"] * found


async def test_a_posted_query_expands_values_too(api: Api) -> None:
    body = {"type": "Query", "entities": [{"type": "Room"}], "q": "use==office"}
    assert await api.ok("POST", POST, body) == []
    assert len(await api.ok("POST", POST, body | {"expandValues": ["use"]})) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("inside{floors}==3&join=inline", ["Room"]),
        ("inside{floors}>3&join=inline", []),
        ("inside{House:floors}&join=flat", ["Room"]),
        ("inside{Tower:floors}&join=inline", []),
        ('inside{on{name}}=="Oudegracht"&join=inline&joinLevel=2', ["Room"]),
        ('n==1;inside{on{Street:name}}=="Oudegracht"&join=inline&joinLevel=2', ["Room"]),
        ('n==2|inside{on{name}}=="Steenweg"&join=inline&joinLevel=2', []),
        ("name{floors}&join=inline", []),
    ],
)
async def test_conditions_on_linked_entities(api: Api, query: str, found: list[str]) -> None:
    got = await api.ok("GET", "/entities?type=Room&pick=id&q=" + quote(query, safe="=&"))
    assert [one["id"].split(":")[2] for one in got] == found


@pytest.mark.parametrize(
    "query",
    [
        "q=inside{floors}", "q=inside{floors}&join=@none", "q=inside{on{name}}&join=inline", "q=n|inside{on{name}}&join=inline",
        "pick=inside{floors}", "omit=inside{floors}", "pick=inside{on{name}}&join=inline&joinLevel=1",
        "omit=n,inside{on{name}}&join=flat", "pick=a{a{a{a{a{a{a{a{a{a{a{a}}}}}}}}}}}&join=inline&joinLevel=10",
    ],
)  # fmt: skip
async def test_no_question_follows_further_than_the_join(api: Api, query: str) -> None:
    found = await api.wrong("GET", "/entities?type=Room&" + quote(query, safe="=&"))
    assert (found["status"], found["type"].rpartition("/")[2]) == (400, "BadRequestData")
    assert "follows" in found["detail"]


async def test_one_entity_is_shown_no_further_than_the_join(api: Api) -> None:
    assert (await api.wrong("GET", f"{HERE}?pick=inside%7Bfloors%7D"))["status"] == 400
    shown = await api.ok("GET", f"{HERE}?pick=inside%7Bfloors%7D&join=inline")
    assert shown["inside"]["entity"]["floors"]["value"] == 3


async def test_a_purge_follows_nothing(api: Api) -> None:
    for query in ("type=Room&q=inside%7Bfloors%7D==3", "type=Room&attrs=inside%7Bfloors%7D"):
        assert (await api.wrong("DELETE", f"/entities?{query}"))["status"] == 400
    assert len(await ids(api, "local=true")) == 3


async def test_a_geometry_is_named_for_geojson_only(api: Api) -> None:
    geo = {"Accept": "application/geo+json"}
    for path in (HERE, "/entities?type=Room"):
        url = f"{path}{'&' if '?' in path else '?'}geometryProperty=location"
        assert (await api.wrong("GET", url))["status"] == 400
        assert (await api("GET", url, **geo)).status_code == 200
