# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which types and attributes there are, in short and in detail."""

from typing import Any

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

IRI = "https://uri.etsi.org/ngsi-ld/default-context/"
LD = "application/ld+json"


@pytest.fixture(autouse=True)
async def there(api: Api) -> None:
    rooms: list[dict[str, Any]] = [
        {"id": "urn:ngsi-ld:Room:1", "type": "Room", "n": 1, "isIn": {"type": "Relationship", "object": "urn:a:1"}},
        {
            "id": "urn:ngsi-ld:Room:2",
            "type": ["Room", "Hall"],
            "n": {"type": "LanguageProperty", "languageMap": {"nl": "x"}},
        },
        {"id": "urn:ngsi-ld:Roof:1", "type": "Roof"},
    ]
    await api.ok("POST", "/entityOperations/create", rooms)


async def test_types(api: Api) -> None:
    found = await api.ok("GET", "/types")
    assert (found["id"], found["type"]) == ("urn:ngsi-ld:EntityTypeList:all", "EntityTypeList")
    assert sorted(found["typeList"]) == ["Hall", "Roof", "Room"]
    details = await api.ok("GET", "/types?details=true")
    assert sorted(details, key=lambda one: str(one["id"])) == [
        {"id": IRI + "Hall", "type": "EntityType", "typeName": "Hall", "attributeNames": ["n"]},
        {"id": IRI + "Roof", "type": "EntityType", "typeName": "Roof", "attributeNames": []},
        {"id": IRI + "Room", "type": "EntityType", "typeName": "Room", "attributeNames": ["isIn", "n"]},
    ]


async def test_one_type(api: Api) -> None:
    found = await api.ok("GET", "/types/Room")
    details = {
        one["attributeName"]: (one["id"], sorted(one["attributeTypes"])) for one in found.pop("attributeDetails")
    }
    assert found == {"id": IRI + "Room", "type": "EntityTypeInfo", "typeName": "Room", "entityCount": 2}
    assert details == {"n": (IRI + "n", ["LanguageProperty", "Property"]), "isIn": (IRI + "isIn", ["Relationship"])}
    assert (await api.ok("GET", "/types/Roof"))["attributeDetails"] == []
    by_iri = await api.ok("GET", "/types/" + (IRI + "Room").replace("/", "%2F"))
    assert by_iri["entityCount"] == 2


async def test_attributes(api: Api) -> None:
    found = await api.ok("GET", "/attributes")
    assert (found["id"], found["type"]) == ("urn:ngsi-ld:AttributeList:all", "AttributeList")
    assert sorted(found["attributeList"]) == ["isIn", "n"]
    details = await api.ok("GET", "/attributes?details=true")
    assert {one["attributeName"]: sorted(one["typeNames"]) for one in details} == {
        "n": ["Hall", "Room"],
        "isIn": ["Room"],
    }


async def test_one_attribute(api: Api) -> None:
    found = await api.ok("GET", "/attributes/n")
    found["attributeTypes"].sort()
    found["typeNames"].sort()
    assert found == {
        "id": IRI + "n", "type": "Attribute", "attributeName": "n", "attributeCount": 2,
        "attributeTypes": ["LanguageProperty", "Property"], "typeNames": ["Hall", "Room"],
    }  # fmt: skip


async def test_what_went_is_not_there(api: Api) -> None:
    await api.ok("DELETE", "/entities/urn:ngsi-ld:Roof:1")
    await api.ok("DELETE", "/entities/urn:ngsi-ld:Room:1/attrs/isIn")
    assert sorted((await api.ok("GET", "/types"))["typeList"]) == ["Hall", "Room"]
    assert (await api.ok("GET", "/attributes"))["attributeList"] == ["n"]
    for place in ("/types/Roof", "/attributes/isIn", "/types/Nothing", "/attributes/nothing"):
        found = await api.wrong("GET", place)
        assert (found["status"], found["type"]) == (404, "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound")


async def test_names_and_media_types(api: Api) -> None:
    for place in (
        "/types",
        "/types?details=true",
        "/types/Room",
        "/attributes",
        "/attributes?details=true",
        "/attributes/n",
    ):
        plain = await api("GET", place)
        assert "json-ld#context" in plain.headers["link"]
        linked = await api("GET", place, Accept=LD)
        assert linked.headers["content-type"] == LD
        first = linked.json()[0] if isinstance(linked.json(), list) else linked.json()
        assert "@context" in first
        assert (await api.wrong("GET", place, Accept="application/geo+json"))["status"] == 406
        assert (await api("GET", place.replace("?", "/?") if "?" in place else place + "/")).json() == plain.json()
    for place in ("/types/a%20b", "/attributes/a%3Cb", "/types?details=yes", "/types?limit=5"):
        assert (await api.wrong("GET", place))["status"] == 400, place


async def test_a_node_with_nothing(api: Api) -> None:
    await api.ok("DELETE", "/entities?local=true")
    assert (await api.ok("GET", "/types"))["typeList"] == []
    assert await api.ok("GET", "/attributes?details=true") == []


@pytest.mark.parametrize("name", ["id", "type", "scope", "createdAt", "modifiedAt", "deletedAt"])
async def test_members_of_an_entity_are_no_attributes(api: Api, name: str) -> None:
    await api.ok("POST", "/entities", {"id": "urn:ngsi-ld:Thing:1", "type": "Thing", "scope": "/NL", "n": 1})
    assert (await api.wrong("GET", f"/attributes/{name}"))["status"] == 404
    assert name not in (await api.ok("GET", "/attributes"))["attributeList"]
