# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages: who follows `next` from the first page meets each entity once; limits and counts say what they are."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from tests.broker.conftest import Api, problem

pytestmark = pytest.mark.anyio

LINK = re.compile(r'<([^<>]*)>\s*;\s*rel="(\w+)"')
QUERY = "/entityOperations/query"


def id(number: int) -> str:
    return f"urn:ngsi-ld:Room:{number:05}"


async def rooms(api: Api, count: int) -> list[str]:
    made = [{"id": id(n), "type": "Room", "n": n % 7} for n in range(count)]
    for first in range(0, count, 500):
        await api.ok("POST", "/entityOperations/create", made[first : first + 500])
    return [id(n) for n in range(count)]


def links(answer: httpx2.Response) -> dict[str, str]:
    """The links of a reply that lead to other pages, by their relation."""
    found: list[tuple[str, str]] = LINK.findall(answer.headers.get("link", ""))
    return {relation: place for place, relation in found if relation in ("next", "prev", "first", "last")}


async def walk(api: Api, start: str, way: str = "next", body: Any = None) -> AsyncIterator[list[str]]:
    """The ids of each page, from `start` on."""
    place: str | None = start
    while place is not None:
        answer = await api("GET" if body is None else "POST", place, body)
        assert answer.status_code == 200, answer.text
        ids: list[str] = [one["id"] for one in answer.json()]
        yield ids
        place = links(answer).get(way)


async def every(pages: AsyncIterator[list[str]]) -> list[str]:
    return [one async for page in pages for one in page]


async def test_following_next_meets_each_entity_once(api: Api) -> None:
    made = await rooms(api, 1500)
    assert await every(walk(api, "/entities?type=Room&limit=100")) == made
    assert await every(walk(api, "/entities?type=Room&limit=1000")) == made
    assert await every(walk(api, "/entities?q=n%3D%3D3&limit=17")) == made[3::7]
    assert await every(walk(api, "/entities?type=Room")) == made
    pages = [page async for page in walk(api, "/entities?type=Room&limit=40&offset=1460", "prev")]
    assert [one for page in reversed(pages[:-1]) for one in page] == made[20:]
    assert pages[-1] == made[:40], "the first page is a whole one"


async def test_in_an_order_and_by_post(api: Api) -> None:
    made = await rooms(api, 300)
    found = await every(walk(api, "/entities?type=Room&limit=23&orderBy=n,id;desc"))
    assert found == sorted(reversed(made), key=lambda one: int(one[-5:]) % 7)
    body = {"type": "Query", "entities": [{"type": "Room"}]}
    assert await every(walk(api, f"{QUERY}?limit=45", body=body)) == made
    assert await every(walk(api, f"{QUERY}?limit=45", body={**body, "q": "n==3"})) == made[3::7]


async def test_who_is_there_all_the_while_is_met_though_others_come(api: Api) -> None:
    made = await rooms(api, 300)
    met: list[str] = []
    number = 0
    async for page in walk(api, "/entities?type=Room&limit=30"):
        met += page
        number += 1
        if number <= 3:
            await api.ok("POST", "/entities", {"id": id(90_000 + number), "type": "Room"})
    assert met == [*made, *(id(90_000 + n) for n in (1, 2, 3))]


async def test_deletes_of_what_is_still_to_come(api: Api) -> None:
    made = await rooms(api, 300)
    met: list[str] = []
    gone: set[str] = set()
    async for page in walk(api, "/entities?type=Room&limit=30"):
        met += page
        here = made.index(met[-1])
        doomed = [one for one in made[here + 5 : here + 50 : 9] if one not in gone]
        if doomed:
            await api.ok("POST", "/entityOperations/delete", doomed)
            gone.update(doomed)
    assert len(gone) > 30
    assert met == [one for one in made if one not in gone]


async def test_deletes_of_what_was_met_move_the_pages_by_as_many(api: Api) -> None:
    """An offset counts what is there: so says the standard. Nothing is met twice; who must not miss any pages by id."""
    made = await rooms(api, 300)
    met: list[str] = []
    gone = 0
    async for page in walk(api, "/entities?type=Room&limit=30"):
        met += page
        await api.ok("DELETE", f"/entities/{page[3]}")
        gone += 1
    assert len(met) == len(set(met))
    assert 0 < len(set(made) - set(met)) <= gone


async def test_by_id_each_is_met_once_whatever_goes(api: Api) -> None:
    made = await rooms(api, 300)
    met: list[str] = []
    gone: set[str] = set()
    page = made[:1]
    place = "/entities?type=Room&orderBy=id&limit=30"
    while page:
        more = f"&q=id%3E%22{met[-1]}%22" if met else ""
        page = [one["id"] for one in await api.ok("GET", place + more)]
        met += page
        doomed = [*page[3:9:2], *made[len(met) + 40 : len(met) + 45]]
        if doomed:
            await api.ok("POST", "/entityOperations/delete", [one for one in doomed if one not in gone])
            gone.update(doomed)
    assert len(met) == len(set(met))
    assert set(made) - gone <= set(met)


async def test_pages_are_linked_in_both_directions(api: Api) -> None:
    await rooms(api, 25)
    first, middle, last, beyond = [
        links(await api("GET", f"/entities?type=Room&limit=10&offset={n}")) for n in (0, 10, 20, 40)
    ]
    assert [sorted(one) for one in (first, middle, last, beyond)] == [["next"], ["next", "prev"], ["prev"], ["prev"]]
    assert middle["next"] == "/entities?limit=10&offset=20&type=Room"
    assert middle["prev"] == "/entities?limit=10&offset=0&type=Room"
    exact = await api("GET", "/entities?type=Room&limit=25")
    assert (links(exact), len(exact.json())) == ({}, 25)


async def test_a_link_keeps_the_question_and_has_no_loose_comma(api: Api) -> None:
    await rooms(api, 25)
    query = "/entities?type=Room,Hall&q=n%3E%3D0%7Cn%3D%3D%22a%26b%22&limit=10&options=keyValues&attrs=n,m"
    place = links(await api("GET", query))["next"]
    assert "," not in place
    params = dict(parse_qsl(urlsplit(place).query))
    assert list(params) == sorted(params)
    assert params == {
        "type": "Room,Hall", "q": 'n>=0|n=="a&b"', "limit": "10", "offset": "10", "options": "keyValues", "attrs": "n,m",
    }  # fmt: skip
    assert [one["id"] for one in await api.ok("GET", place)] == [id(n) for n in range(10, 20)]


async def test_counting(api: Api) -> None:
    await rooms(api, 25)
    answer = await api("GET", "/entities?type=Room&limit=0&count=true")
    assert (answer.json(), answer.headers["ngsild-results-count"], links(answer)) == ([], "25", {})
    answer = await api("GET", "/entities?type=Room&q=n==3&limit=1&count=true&offset=2")
    assert (len(answer.json()), answer.headers["ngsild-results-count"]) == (1, "4")
    answer = await api("GET", "/entities?type=Hall&count=true")
    assert (answer.json(), answer.headers["ngsild-results-count"]) == ([], "0")
    assert "ngsild-results-count" not in (await api("GET", "/entities?type=Room")).headers


async def test_a_page_as_large_as_the_node_says(api: Api) -> None:
    await rooms(api, 25)
    assert len(await api.ok("GET", "/entities?type=Room")) == 20


@pytest.mark.parametrize("limits", [{"page": 50, "default_page": 5}])
async def test_limits_of_the_node(api: Api) -> None:
    await rooms(api, 60)
    assert len(await api.ok("GET", "/entities?type=Room")) == 5
    assert len(await api.ok("GET", "/entities?type=Room&limit=50")) == 50
    found = await api.wrong("GET", "/entities?type=Room&limit=51")
    assert (found["status"], found["type"]) == (403, "https://uri.etsi.org/ngsi-ld/errors/TooManyResults")
    assert (found["limit"], "at most 50" in found["detail"]) == (50, True)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=x", "limit=1.5", "offset=-1", "offset=x", "count=yes", "limit=", "offset=1e3"],
)
async def test_what_is_no_page(api: Api, query: str) -> None:
    found = await api.wrong("GET", f"/entities?type=Room&{query}")
    assert found["status"] == 400
    assert query.partition("=")[0] in found["detail"]


async def test_depth_has_no_end(api: Api) -> None:
    await rooms(api, 5)
    answer = await api("GET", "/entities?type=Room&offset=999999999999999")
    assert answer.json() == []
    assert problem(await api("GET", "/entities?type=Room&offset=9999999999999999"))["status"] == 400
