# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tenants: nothing that one of them has is seen, changed or counted in another, whatever is asked."""

from typing import Any

import httpx2
import pytest

from tests.broker.conftest import Api, problem

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
SECRET = "aubergine"
WINDOW = "timerel=after&timeAt=2020-01-01T00:00:00Z"
QUERY = {"type": "Query", "entities": [{"type": "Room"}]}
TEMPORAL = {**QUERY, "temporalQ": {"timerel": "after", "timeAt": "2020-01-01T00:00:00Z"}}
POINT = "georel=near;maxDistance==100000&geometry=Point&coordinates=[5,52]"

READS: list[tuple[str, str, Any]] = [
    ("GET", f"/entities/{ID}", None),
    ("GET", f"/entities/{ID}?join=inline&joinLevel=2", None),
    ("GET", "/entities?type=Room&count=true", None),
    ("GET", "/entities?local=true&count=true", None),
    ("GET", f"/entities?type=Room&id={ID}&join=flat", None),
    ("GET", f"/entities?q=word==%22{SECRET}%22&count=true", None),
    ("GET", f"/entities?{POINT}", None),
    ("GET", "/entities?scopeQ=/NL/%23", None),
    ("POST", "/entityOperations/query?count=true", QUERY),
    ("GET", "/types", None),
    ("GET", "/types?details=true", None),
    ("GET", "/types/Room", None),
    ("GET", "/attributes", None),
    ("GET", "/attributes?details=true", None),
    ("GET", "/attributes/word", None),
    ("GET", f"/temporal/entities/{ID}", None),
    ("GET", f"/temporal/entities/{ID}?options=temporalValues", None),
    ("GET", f"/temporal/entities?type=Room&{WINDOW}&count=true", None),
    ("GET", f"/temporal/entities?type=Room&{WINDOW}&options=aggregatedValues&aggrMethods=totalCount", None),
    ("POST", "/temporal/entityOperations/query", TEMPORAL),
]
WRITES: list[tuple[str, str, Any]] = [
    ("PATCH", f"/entities/{ID}", {"n": 9}),
    ("PUT", f"/entities/{ID}", {"type": "Room"}),
    ("POST", f"/entities/{ID}/attrs", {"n": 9}),
    ("PATCH", f"/entities/{ID}/attrs", {"n": 9}),
    ("PATCH", f"/entities/{ID}/attrs/n", {"value": 9}),
    ("PUT", f"/entities/{ID}/attrs/n", {"type": "Property", "value": 9}),
    ("DELETE", f"/entities/{ID}/attrs/n", None),
    ("DELETE", f"/entities/{ID}", None),
    ("DELETE", "/entities?type=Room", None),
    ("POST", "/entityOperations/update", [{"id": ID, "n": 9}]),
    ("POST", "/entityOperations/merge", [{"id": ID, "n": 9}]),
    ("POST", "/entityOperations/delete", [ID]),
    ("DELETE", f"/temporal/entities/{ID}", None),
    ("DELETE", f"/temporal/entities/{ID}/attrs/n", None),
    ("POST", f"/temporal/entities/{ID}/attrs", {"n": [{"type": "Property", "value": 9}]}),
]


def room(**more: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "type": "Room",
        "scope": "/NL/x",
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [5, 52]}},
        **more,
    }


@pytest.fixture(autouse=True)
async def tenants(api: Api) -> None:
    """The default tenant and `one` have the entity, `two` has another one."""
    secret = {"word": SECRET, "n": 1, "isIn": {"type": "Relationship", "object": "urn:ngsi-ld:Building:1"}}
    for name in ("", "one"):
        headers = {"NGSILD_Tenant": name} if name else {}
        await api.ok("POST", "/entities", room(**secret), **headers)
        await api.ok("POST", "/entities", {"id": "urn:ngsi-ld:Building:1", "type": "Building", "b": SECRET}, **headers)
    await api.ok("POST", "/entities", {"id": "urn:ngsi-ld:Tree:1", "type": "Tree"}, NGSILD_Tenant="two")


def silent(answer: httpx2.Response) -> bool:
    """Nothing of the others' data is in the answer."""
    text = answer.text + str(answer.headers)
    return not any(word in text.replace(ID, "") for word in (SECRET, "Room", "Building", "word"))


@pytest.mark.parametrize(("method", "place", "body"), READS)
async def test_reads_stay_inside(api: Api, method: str, place: str, body: Any) -> None:
    inside = await api(method, place, body, NGSILD_Tenant="one")
    assert inside.status_code == 200
    assert not silent(inside), "what is looked for is there"
    assert inside.headers["ngsild-tenant"] == "one"
    other = await api(method, place, body, NGSILD_Tenant="two")
    if other.status_code == 404:
        assert SECRET not in problem(other)["detail"]
    else:
        assert other.status_code == 200
        assert silent(other)
        assert other.headers.get("ngsild-results-count", "0") == ("1" if "local" in place else "0")


@pytest.mark.parametrize(("method", "place", "body"), WRITES)
async def test_writes_stay_inside(api: Api, method: str, place: str, body: Any) -> None:
    before = await api.ok("GET", f"/entities/{ID}", NGSILD_Tenant="one")
    past = await api.ok("GET", f"/temporal/entities/{ID}", NGSILD_Tenant="one")
    await api(method, place, body, NGSILD_Tenant="two")
    await api(method, place, body)
    assert await api.ok("GET", f"/entities/{ID}", NGSILD_Tenant="one") == before
    assert await api.ok("GET", f"/temporal/entities/{ID}", NGSILD_Tenant="one") == past


async def test_a_tenant_that_is_not_there(api: Api) -> None:
    calls = [*READS, *WRITES, ("DELETE", f"/temporal/entities/{ID}/attrs/n/urn:ngsi-ld:Instance:1", None)]
    for method, place, body in calls:
        if (method, place) == ("POST", f"/temporal/entities/{ID}/attrs"):
            continue
        found = await api.wrong(method, place, body, NGSILD_Tenant="three")
        assert (found["status"], found["type"]) == (404, ETSI + "NonexistentTenant"), (method, place)
        assert "three" in found["detail"]
    assert set(api.store.tenants()) == {"", "one", "two"}


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("/entities", room()),
        ("/entityOperations/create", [room()]),
        ("/entityOperations/upsert", [room()]),
        ("/temporal/entities", room(n=[{"type": "Property", "value": 1, "observedAt": "2026-01-01T00:00:00Z"}])),
    ],
)
async def test_the_first_write_makes_the_tenant(api: Api, place: str, body: Any) -> None:
    made = await api("POST", place, body, NGSILD_Tenant="three")
    assert (made.status_code, made.headers["ngsild-tenant"]) == (201, "three")
    assert "three" in api.store.tenants()
    assert (await api("GET", "/entities?type=Room", NGSILD_Tenant="three")).status_code == 200


async def test_a_write_that_fails_makes_no_tenant(api: Api) -> None:
    for place, body in (("/entities", {"id": "x"}), ("/entityOperations/create", [{"id": "x"}])):
        await api("POST", place, body, NGSILD_Tenant="three")
        assert "three" not in api.store.tenants()


async def test_the_same_id_is_another_entity_in_each(api: Api) -> None:
    await api.ok("PATCH", f"/entities/{ID}", {"n": 5}, NGSILD_Tenant="one")
    assert (await api.ok("GET", f"/entities/{ID}"))["n"]["value"] == 1
    await api.ok("DELETE", f"/entities/{ID}")
    assert (await api.ok("GET", f"/entities/{ID}", NGSILD_Tenant="one"))["n"]["value"] == 5


async def test_links_lead_into_the_same_tenant(api: Api) -> None:
    await api.ok("PATCH", "/entities/urn:ngsi-ld:Building:1", {"b": "mine"}, NGSILD_Tenant="one")
    for headers, value in (({}, SECRET), ({"NGSILD_Tenant": "one"}, "mine")):
        for join in ("inline", "flat"):
            found = await api("GET", f"/entities/{ID}?join={join}", **headers)
            assert f'"b":{{"type":"Property","value":"{value}"}}' in found.text
    link = {"type": "Relationship", "object": "urn:ngsi-ld:Building:1"}
    await api.ok("POST", "/entities", room(isIn=link), NGSILD_Tenant="two")
    assert "Property" not in (await api("GET", f"/entities/{ID}?join=inline&attrs=isIn", NGSILD_Tenant="two")).text


@pytest.mark.parametrize("name", ["a b", "x" * 129, "one/two", "one,two", "'; DROP TABLE entity; --", "%00"])
async def test_names_that_are_none(api: Api, name: str) -> None:
    answer = await api.raw("GET", "/entities?type=Room", None, [("NGSILD-Tenant", name)])
    found = problem(answer)
    assert (found["status"], "NGSILD-Tenant" in found["detail"]) == (400, True)
    assert len(found["detail"]) < 300
