# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What /v1 gives is what the page City now shows, to the same people; and its description holds for every answer."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from hanze.access import Access, Policy, Public
from hanze.explore import api
from hanze.feeds.havendam.city import City
from hanze.feeds.health import DESCRIBED, SOURCE
from hanze.http import kinds
from hanze.http.limits import Limits
from hanze.http.openapi import About, Contact
from hanze.http.resources import Resources
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store.base import Store
from tests.explore.conftest import DAY, HIDDEN, NOW, PUBLIC

pytestmark = pytest.mark.anyio

ABOUT = About("Havendam", "Its data.", Contact("Havendam", "http://city/", "a@example.org"), "/v1", api.TAGS)

AIR = "/observed-properties/AirQualityObserved/no2/places"


@pytest.fixture
async def ask(filled: Store) -> AsyncIterator[httpx2.AsyncClient]:
    rules = Policy(public=tuple(Public(name) for name in (*map(CORE.expand, PUBLIC), SOURCE)))
    offered = (*api.OPERATIONS, *kinds.operations((DESCRIBED,)))
    app = Resources(filled, Access(filled, lambda: NOW, rules), lambda: NOW, Limits(), ABOUT, offered)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city/v1") as made:
        yield made


async def ok(ask: httpx2.AsyncClient, path: str) -> Any:
    answer = await ask.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_is_measured_leads_to_its_places(ask: httpx2.AsyncClient) -> None:
    found = (await ok(ask, "/observed-properties"))["items"]
    assert {one["type"] for one in found} == set(PUBLIC)
    assert {"type": "AirQualityObserved", "property": "no2", "subject": "Air", "name": "Nitrogen dioxide"} in found
    for one in found:
        page = await ok(ask, f"/observed-properties/{one['type']}/{one['property']}/places?limit=1")
        assert page["total"] >= 1 and len(page["items"]) == 1


async def test_places_have_what_was_last_measured(ask: httpx2.AsyncClient) -> None:
    found = (await ok(ask, AIR))["items"]
    truth = {
        one.id: one.attributes[CORE.expand("no2")][0] for one in City().now(NOW) if CORE.expand("no2") in one.attributes
    }
    there = {one["id"]: one for one in found}
    # A station that is silent now has an older value.
    assert set(truth) <= set(there) and len(truth) > 10
    for one in (there[id] for id in truth):
        assert (one["value"], one["unit"], one["simulated"]) == (truth[one["id"]]["value"], "GQ", True)
        assert times.parse(one["moment"]) == times.parse(truth[one["id"]]["observedAt"])
        assert one["location"]["type"] == "Point" and one["location"]["coordinates"][1] > 50
        assert await ok(ask, f"{AIR}/{one['id']}") == one


async def test_pages_of_places_together_are_all(ask: httpx2.AsyncClient) -> None:
    every = await ok(ask, AIR)
    pages = [await ok(ask, f"{AIR}?limit=4&offset={offset}") for offset in range(0, every["total"], 4)]
    assert [one for page in pages for one in page["items"]] == every["items"]


async def test_values_go_on_where_a_page_ends(ask: httpx2.AsyncClient) -> None:
    id = quote((await ok(ask, AIR))["items"][0]["id"])
    whole = await ok(ask, f"{AIR}/{id}/values?limit=10000")
    assert len(whole["items"]) >= 70 and whole["nextStart"] is None and whole["unit"] == "GQ"
    parts: list[Any] = []
    start = times.text(NOW - 7 * DAY)
    while start is not None:
        page = await ok(ask, f"{AIR}/{id}/values?limit=20&start={start}")
        parts, start = parts + page["items"], page["nextStart"]
    assert parts == whole["items"]


async def test_a_period_is_asked_for(ask: httpx2.AsyncClient) -> None:
    id = (await ok(ask, AIR))["items"][0]["id"]
    found = await ok(ask, f"{AIR}/{id}/values?start=2026-03-09T00:00:00Z&end=2026-03-09T06:00:00Z")
    assert [one["moment"] for one in found["items"]] == [f"2026-03-09T{hour:02}:00:00Z" for hour in range(6)]
    for query in ("start=2026-03-09", "start=2026-03-09T00:00:00", "end=soon", "start=2026-03-11T00:00:00Z", "limit=0"):
        answer = await ask.get(f"{AIR}/{id}/values?{query}")
        assert answer.status_code == 400, query
        assert query.partition("=")[0] in answer.json()["detail"]


async def test_what_is_not_public_is_not_there(ask: httpx2.AsyncClient) -> None:
    for path in (f"{HIDDEN}/intensity/places", "AirQualityObserved/nothing/places", "Nothing/no2/places"):
        assert (await ask.get(f"/observed-properties/{path}")).status_code == 404
    hidden = next(one.id for one in City().now(NOW) if CORE.expand(HIDDEN) in one.types)
    for id in (hidden, "urn:ngsi-ld:AirQualityObserved:nowhere"):
        assert (await ask.get(f"{AIR}/{id}")).status_code == 404
        assert (await ask.get(f"{AIR}/{id}/values")).status_code == 404


async def test_sources_say_how_they_are(ask: httpx2.AsyncClient) -> None:
    (one,) = (await ok(ask, "/sources"))["items"]
    assert (one["name"], one["status"]) == ("havendam", "late")


async def test_a_type_of_ours_has_a_schema_that_its_entities_fit(ask: httpx2.AsyncClient) -> None:
    (one,) = (await ok(ask, "/types"))["items"]
    answer = await ask.get(one["schema"].removeprefix("/v1"))
    assert answer.headers["content-type"] == "application/schema+json"
    schema = answer.json()
    assert schema["properties"]["type"] == {"const": SOURCE} and one["iri"] == SOURCE
    assert "description" in schema["properties"]["name"]
    assert (await ask.get("/types/Nothing/schema")).status_code == 404


async def test_every_operation_is_described_with_an_example_that_can_be_asked(ask: httpx2.AsyncClient) -> None:
    """A path of the description with its parameters filled in answers; nothing is described that is not offered."""
    told = await ok(ask, "/openapi.json")
    id = (await ok(ask, AIR))["items"][0]["id"]
    values = {"{type}": "AirQualityObserved", "{property}": "no2", "{id}": id, "{name}": "Source"}
    for path, methods in told["paths"].items():
        filled = path
        for name, value in values.items():
            filled = filled.replace(name, value)
        answer = await ask.get(filled)
        (kind,) = methods["get"]["responses"]["200"]["content"]
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), filled
