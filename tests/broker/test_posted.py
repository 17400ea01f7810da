# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members of a posted Query beside its conditions: the order, and what belongs to other operations."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

POST = "/entityOperations/query"


def id(name: str) -> str:
    return f"urn:ngsi-ld:Room:{name}"


@pytest.fixture(autouse=True)
async def there(api: Api) -> None:
    def room(name: str, n: int, lon: float) -> dict[str, Any]:
        return {"id": id(name), "type": "Room", "n": n, "location": {"type": "Point", "coordinates": [lon, 40.0]}}

    await api.ok("POST", "/entityOperations/create", [room("a", 2, 9.0), room("b", 1, 8.1), room("c", 3, 30.0)])


async def names(api: Api, ordering: Any) -> str:
    found = await api.ok("POST", POST, {"type": "Query", "entities": [{"type": "Room"}], "ordering": ordering})
    return "".join(one["id"][-1] for one in found)


@pytest.mark.parametrize(
    ("ordering", "order"),
    [
        ({"orderBy": ["n"]}, "bac"),
        ({"orderBy": ["n;desc"]}, "cab"),
        ({"orderBy": ["location;dist-asc"], "coordinates": [8, 40]}, "bac"),
        ({"orderBy": ["location;dist-desc"], "coordinates": [8, 40], "geometry": "Point"}, "cab"),
        ({"orderBy": ["location;dist-asc"], "coordinates": [[29, 40], [31, 40]], "geometry": "LineString"}, "cab"),
    ],
)
async def test_the_order_of_a_posted_query(api: Api, ordering: Any, order: str) -> None:
    assert await names(api, ordering) == order


@pytest.mark.parametrize(
    "ordering",
    [
        {"orderBy": ["location;dist-asc"]},
        {"orderBy": ["location;dist-asc"], "coordinates": "8,40"},
        {"orderBy": ["location;dist-asc"], "coordinates": [8]},
        {"orderBy": ["location;dist-asc"], "coordinates": [8, 40], "geometry": "Circle"},
        {"orderBy": ["n"], "geometry": 5},
        {"orderBy": []},
        {"orderBy": "n"},
        {},
        [],
        "n",
    ],
)
async def test_what_is_no_order(api: Api, ordering: Any) -> None:
    body = {"type": "Query", "entities": [{"type": "Room"}], "ordering": ordering}
    found = await api.wrong("POST", POST, body)
    assert (found["status"], found["type"].rpartition("/")[2]) == (400, "BadRequestData")


async def test_the_parameters_of_a_distance(api: Api) -> None:
    async def order(query: str) -> str:
        found = await api.ok("GET", "/entities?type=Room&" + quote(query, safe="=&"))
        return "".join(one["id"][-1] for one in found)

    assert await order("orderBy=location;dist-asc&orderFrom=[8,40]") == "bac"
    assert await order("orderBy=location;dist-desc&orderFrom=[8,40]") == "cab"
    assert await order("orderBy=location;dist-asc&orderFrom=[[29,40],[31,40]]&orderGeometry=LineString") == "cab"
    for wrong in ("orderFrom=here", "orderFrom=[200,0]", "orderFrom=[8,40]&orderGeometry=Polygon"):
        found = await api.wrong("GET", f"/entities?type=Room&orderBy=location;dist-asc&{wrong}")
        assert found["status"] == 400 and "orderFrom" in found["detail"]


async def test_a_temporal_query_goes_elsewhere(api: Api) -> None:
    window = {"timerel": "after", "timeAt": "2020-01-01T00:00:00Z"}
    found = await api.wrong("POST", POST, {"type": "Query", "entities": [{"type": "Room"}], "temporalQ": window})
    assert found["status"] == 400 and "temporalQ" in found["detail"]


async def test_links_to_other_pages_repeat_the_url_not_the_body(api: Api) -> None:
    body = {"type": "Query", "entities": [{"type": "Room"}], "q": "n>0", "attrs": ["n"]}
    answer = await api("POST", f"{POST}?limit=1&count=true", body)
    links = [
        one for one in answer.headers.get_list("link", split_commas=True) if "rel=" in one and "json-ld" not in one
    ]
    assert links == [f'<{POST}?count=true&limit=1&offset=1>;rel="next";type="application/json"']


async def test_a_pattern_stays_readable_in_links(api: Api) -> None:
    answer = await api("GET", "/entities?type=Room&idPattern=urn:.*&limit=1")
    assert "idPattern=urn:.*&limit=1&offset=1" in answer.headers["link"]


async def test_an_id_counts_before_a_pattern(api: Api) -> None:
    selector = {"type": "Room", "id": id("a"), "idPattern": "b$"}
    found = await api.ok("POST", POST, {"type": "Query", "entities": [selector]})
    assert [one["id"] for one in found] == [id("a")]


async def test_texts_in_the_order_of_a_language(api: Api) -> None:
    words = {"d": "Zebra", "e": "Ähre", "f": "ahre", "g": "Ade"}
    made = [{"id": id(one), "type": "Word", "text": word} for one, word in words.items()]
    await api.ok("POST", "/entityOperations/create", [*made, {"id": id("h"), "type": "Word", "text": 5}])

    async def order(query: str) -> str:
        found = await api.ok("GET", f"/entities?type=Word&orderBy=text&{query}")
        return "".join(one["id"][-1] for one in found)

    assert await order("limit=9") == "hgdfe"
    assert await order("collation=de") == "hgfed"
    assert await order("collation=de-u-co-phonebk") == "hgefd"
    ordering = {"orderBy": ["text;desc"], "collation": "de"}
    found = await api.ok("POST", POST, {"type": "Query", "entities": [{"type": "Word"}], "ordering": ordering})
    assert "".join(one["id"][-1] for one in found) == "defgh"
    for wrong in ("sv", "!!nope", "not a tag"):
        refused = await api.wrong("GET", f"/entities?type=Word&collation={wrong}")
        assert refused["status"] == 400 and "collation" in refused["detail"]
