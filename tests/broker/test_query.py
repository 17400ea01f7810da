# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries by GET and POST say the same; what selects, and what is wrong with a question."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

POST = "/entityOperations/query"
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"


def id(name: str) -> str:
    return f"urn:ngsi-ld:Room:{name}"


def place(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}}


@pytest.fixture(autouse=True)
async def rooms(api: Api) -> None:
    await api.ok(
        "POST",
        "/entityOperations/create",
        [
            {"id": id("a"), "type": "Room", "n": 1, "scope": "/NL/Utrecht", "location": place(5.12, 52.09)},
            {"id": id("b"), "type": ["Room", "Hall"], "n": 2, "scope": ["/NL", "/x"], "location": place(4.9, 52.37)},
            {"id": id("c"), "type": "Hall", "n": 3, "name": "blue, green", "spot": place(5.12, 52.09)},
            {"id": id("d"), "type": "Roof", "m": {"type": "Property", "value": True, "unitCode": "CEL"}},
        ],
    )


def names(found: Any) -> str:
    return "".join(one["id"][-1] for one in found)


NEAR = "georel=near;maxDistance==1000&geometry=Point&coordinates=[5.12,52.09]"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=Room", "ab"),
        ("type=Room,Roof", "abd"),
        ("type=Room;Hall", "b"),
        ("type=(Room;Hall)|Roof", "bd"),
        ("type=*&local=true", "abcd"),
        ("local=true", "abcd"),
        (f"type=Room&id={id('b')},{id('c')}", "b"),
        (f"id={id('b')},{id('c')}&local=true", "bc"),
        ("idPattern=[bd]$&local=true", "bd"),
        ("attrs=n", "abc"),
        ("attrs=m,name", "cd"),
        ("q=n>1", "bc"),
        ("q=n==1|m==true", "ad"),
        ("q=(n==1|n==3);name", "c"),
        ('q=name=="blue, green"', "c"),
        ("q=name~=^blue", "c"),
        ("q=m.unitCode==CEL", "d"),
        ("scopeQ=/NL/%23", "ab"),
        ("scopeQ=/NL/%2B", "a"),
        ("scopeQ=/NL/Utrecht,/x", "ab"),
        (NEAR, "a"),
        (f"{NEAR}&geoproperty=spot", "c"),
        (f"type=Hall&{NEAR}", ""),
        ("type=None", ""),
        ("type=https:%2F%2Furi.etsi.org%2Fngsi-ld%2Fdefault-context%2FRoof", "d"),
    ],
)
async def test_what_selects(api: Api, query: str, found: str) -> None:
    path = quote(query, safe="=&%:*,;|()[]/")
    assert names(await api.ok("GET", f"/entities?{path}")) == found
    assert names(await api.ok("GET", f"/entities/?{path}")) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"entities": [{"type": "Room"}]}, "ab"),
        ({"entities": [{"type": "Room", "id": id("b")}]}, "b"),
        ({"entities": [{"type": "*", "id": [id("b"), id("d")]}]}, "bd"),
        ({"entities": [{"type": "*", "idPattern": "[cd]$"}]}, "cd"),
        ({"entities": [{"type": "Room"}, {"type": "Roof"}]}, "abd"),
        ({"entities": [{"type": "Room"}, {"type": "Hall", "id": id("c")}]}, "abc"),
        ({"entities": [{"type": "Hall", "idPattern": "c$"}, {"type": "Room", "id": id("a")}]}, "ac"),
        ({"entities": [{"type": "*", "idPattern": "c$"}, {"type": "*", "idPattern": "d$"}]}, "cd"),
        ({"attrs": ["n"]}, "abc"),
        ({"q": "n>1"}, "bc"),
        ({"q": "n>1", "entities": [{"type": "Room"}]}, "b"),
        ({"scopeQ": "/NL/#"}, "ab"),
        ({"geoQ": {"georel": "near;maxDistance==1000", "geometry": "Point", "coordinates": [5.12, 52.09]}}, "a"),
        (
            {
                "geoQ": {
                    "georel": "near;maxDistance==1000",
                    "geometry": "Point",
                    "coordinates": "[5.12,52.09]",
                    "geoproperty": "spot",
                }
            },
            "c",
        ),
        ({"entities": [{"type": "*"}], "q": "n==3"}, "c"),
    ],
)
async def test_what_selects_by_post(api: Api, body: Any, found: str) -> None:
    assert names(await api.ok("POST", POST, {"type": "Query", **body})) == found


async def test_a_posted_query_says_how_to_show(api: Api) -> None:
    entities = [{"type": "Room", "id": id("a")}]
    found = await api.ok(
        "POST", f"{POST}?options=keyValues", {"type": "Query", "entities": entities, "pick": ["id", "n"]}
    )
    assert found == [{"id": id("a"), "n": 1}]
    found = await api.ok("POST", POST, {"type": "Query", "entities": [{"type": "*"}], "attrs": ["m"]})
    assert [sorted(one) for one in found] == [["id", "m", "type"]]
    found = await api.ok("POST", POST, {"type": "Query", "entities": [{"type": "Room"}], "orderBy": ["n;desc"]})
    assert names(found) == "ba"


async def test_too_wide_questions(api: Api) -> None:
    for query in ("", f"id={id('a')}", "idPattern=.*", "limit=5", "type=", "options=keyValues"):
        found = await api.wrong("GET", f"/entities?{query}")
        assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), query
        assert "too wide" in found["detail"]
    found = await api.wrong("POST", POST, {"type": "Query"})
    assert (found["status"], "too wide" in found["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("type=Room&q=n>", "q"),
        ("type=Room&q=n=1", "q"),
        ("type=Room&q=(n", "q"),
        ("type=Room&q=name~=(", "pattern"),
        ("type=Room;", "type"),
        ("type=Room&id=room", "id"),
        ("type=Room&idPattern=(", "pattern"),
        ("type=Room&attrs=a b", "attrs"),
        ("type=Room&attrs=,", "attrs"),
        ("georel=near&geometry=Point&coordinates=[1,2]", "georel"),
        ("georel=within&geometry=Point", "coordinates"),
        ("georel=within&coordinates=[1,2]", "geometry"),
        ("georel=within&geometry=Circle&coordinates=[1,2]", "Circle"),
        ("georel=within&geometry=Point&coordinates=[1", "coordinates"),
        ("georel=within&geometry=Point&coordinates=[200,2]", "longitude"),
        ("georel=near;maxDistance==-5&geometry=Point&coordinates=[1,2]", "georel"),
        ("georel=near;maxDistance==1e999&geometry=Point&coordinates=[1,2]", "georel"),
        ("type=Room&scopeQ=NL//x", "scopeQ"),
        ("type=Room&orderBy=n;up", "orderBy"),
        ("type=Room&orderBy=location;dist-asc", "orderBy"),
        ("type=Room&join=all", "join"),
        ("type=Room&pick=n&attrs=n", "attrs"),
        ("type=Room&pick=n&omit=n", "pick"),
        ("type=Room&pick=", "pick"),
        ("type=Room&options=fast", "options"),
        ("type=Room&q=", "q"),
    ],
)
async def test_what_is_no_question(api: Api, query: str, word: str) -> None:
    found = await api.wrong("GET", "/entities?" + quote(query, safe="=&%:*,;|()[]/"))
    assert found["status"] == 400, found
    assert word in found["detail"], found


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ([], "Query"),
        ({}, "Query"),
        ({"type": "Question"}, "Query"),
        ({"type": "Query", "entities": []}, "entities"),
        ({"type": "Query", "entities": {}}, "entities"),
        ({"type": "Query", "entities": [5]}, "entities"),
        ({"type": "Query", "entities": [{"id": id("a")}]}, "type"),
        ({"type": "Query", "entities": [{"type": "Room", "id": "a"}]}, "id"),
        ({"type": "Query", "entities": [{"type": "Room", "idPattern": "("}]}, "pattern"),
        ({"type": "Query", "q": 5}, "q"),
        ({"type": "Query", "q": "n>"}, "q"),
        ({"type": "Query", "scopeQ": []}, "scopeQ"),
        ({"type": "Query", "geoQ": "near"}, "geoQ"),
        ({"type": "Query", "geoQ": {"georel": "near"}}, "geometry"),
        ({"type": "Query", "geoQ": {"georel": ["x"], "geometry": "Point", "coordinates": [1, 2]}}, "georel"),
    ],
)
async def test_what_is_no_posted_question(api: Api, body: Any, word: str) -> None:
    found = await api.wrong("POST", POST, body)
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), found
    assert word in found["detail"], found


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("q=" + "(" * 40 + "n" + ")" * 40, 32),
        ("q=" + ";".join(["n>0"] * 201), 200),
        ("q=n>" + "9" * 9000, 8192),
        ("type=" + "|".join(["T"] * 201), 200),
        ("scopeQ=" + "/x|" * 201 + "/x", 200),
        ("type=Room&joinLevel=6&join=inline", 5),
    ],
)
async def test_questions_beyond_a_limit_name_it(api: Api, query: str, limit: int) -> None:
    found = await api.wrong("GET", "/entities?" + quote(query, safe="=&"))
    assert (found["status"], found["type"]) == (403, ETSI + "TooComplexQuery")
    assert found["limit"] == limit
    assert str(limit) in found["detail"]


async def test_a_query_string_beyond_the_limit_names_it(api: Api) -> None:
    found = await api.wrong("GET", "/entities?type=" + "x" * 16_384)
    assert (found["status"], found["limit"]) == (400, 16_384)


async def test_order_by_distance(api: Api) -> None:
    here = "geometry=Point&coordinates=[4.9,52.37]"
    assert names(await api.ok("GET", f"/entities?type=Room&orderBy=location;dist-asc&{here}")) == "ba"
    assert names(await api.ok("GET", f"/entities?type=Room&orderBy=location;dist-desc&{here}")) == "ab"


async def test_a_posted_context_is_that_of_the_names(api: Api) -> None:
    context = {
        "Kamer": "https://uri.etsi.org/ngsi-ld/default-context/Room",
        "aantal": "https://uri.etsi.org/ngsi-ld/default-context/n",
    }
    body = {"type": "Query", "entities": [{"type": "Kamer"}], "q": "aantal==2", "@context": context}
    found = await api.ok("POST", f"{POST}?options=keyValues", body, Content_Type="application/ld+json")
    assert [(one["id"], one["type"], one["aantal"]) for one in found] == [(id("b"), ["Kamer", "Hall"], 2)]
