# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What /v1 gives of goals is what stands in the store, to those who may see it, as its description says."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx2
import pytest

from hanze.access import Access, Policy, Public
from hanze.goals import api
from hanze.goals.catalogue.reading import shipped
from hanze.goals.computing.job import digest
from hanze.goals.keeping import values
from hanze.goals.model import AREA, SCORE, TYPES, VALUE, AreaFacts, ScoreFacts, ValueFacts
from hanze.http.limits import Limits
from hanze.http.openapi import About, Contact
from hanze.http.resources import Resources
from hanze.ngsild import operations
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.goals.town import CITY, KNOWN, NOW

pytestmark = pytest.mark.anyio

ABOUT = About("Havendam", "Its data.", Contact("Havendam", "http://city/", "a@example.org"), "/v1", api.TAGS)

RECEIPT = {
    "plain": 70.0, "low": 60.0, "high": 72.0, "told": 3, "of": 5, "change": None, "compared": 0, "parts": {"noise-lden": 50.0},
    "inputs": "ab", "at": "2026-03-10T13:02:00Z", "code": "0.1.0",
}  # fmt: skip


def asking(store: Store, public: Sequence[str]) -> httpx2.AsyncClient:
    access = Access(store, lambda: NOW, Policy(public=tuple(map(Public, public))))
    app = Resources(store, access, lambda: NOW, Limits(), ABOUT, api.OPERATIONS, (KNOWN,))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city/v1")


@pytest.fixture
async def ask(valued: Store) -> AsyncIterator[httpx2.AsyncClient]:
    async with asking(valued, [one.iri for one in TYPES]) as client:
        yield client


async def ok(ask: httpx2.AsyncClient, path: str) -> Any:
    answer = await ask.get(path)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def kept(store: Store, code: str, area: str) -> ValueFacts:
    found = store.get("", values.id_of(CITY, code, area), EVERYTHING)
    assert found is not None
    return VALUE.facts_of(found, ValueFacts)


async def test_all_indicators_are_told(ask: httpx2.AsyncClient) -> None:
    found = (await ok(ask, "/indicators"))["items"]
    assert [one["code"] for one in found] == list(shipped())
    for told in found[:5]:
        one = shipped()[told["code"]]
        assert (told["name"]["nl"], told["goals"], told["unit"]) == (one.name.nl, list(one.goals), one.unit)


async def test_one_is_told_with_what_its_receipts_refer_to(ask: httpx2.AsyncClient, valued: Store) -> None:
    told = await ok(ask, "/indicators/air-no2-year")
    one = shipped()["air-no2-year"]
    assert told["definition"] == digest(one) == (kept(valued, one.code, "HVD").receipt or {})["definition"]
    assert (told["parts"][0]["attribute"], told["scale"]["green"], told["waits"]) == ("no2", one.scale.green, None)
    assert (await ok(ask, "/indicators/noise-lden"))["formula"] == shipped()["noise-lden"].formula


async def test_values_stand_beside_their_areas_and_receipts(ask: httpx2.AsyncClient, valued: Store) -> None:
    found = await ok(ask, "/indicators/waste-full/values")
    assert found["total"] == len(found["items"]) == 37
    for told in found["items"]:
        facts = kept(valued, "waste-full", told["area"])
        receipt = dict(facts.receipt or {})
        assert (told["value"], told["unit"], told["end"]) == (facts.kpiValue, "%", receipt.pop("end"))
        assert told["receipt"] == receipt
    assert {one["start"] for one in found["items"]} == {"2026-02-28T23:00:00Z"}


async def test_pages_of_values_together_are_all(ask: httpx2.AsyncClient) -> None:
    every = await ok(ask, "/indicators/waste-full/values")
    pages = [await ok(ask, f"/indicators/waste-full/values?limit=10&offset={offset}") for offset in range(0, 37, 10)]
    assert [one for page in pages for one in page["items"]] == every["items"]


async def test_a_value_has_a_course(ask: httpx2.AsyncClient) -> None:
    found = await ok(ask, "/indicators/waste-full/areas/HVD/values")
    starts = [one["start"] for one in found["items"]]
    assert starts[-3:] == ["2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"]
    assert all(one["receipt"]["inputs"] and one["value"] is not None for one in found["items"][-3:])
    assert all(one["end"] == next["start"] for one, next in zip(found["items"], found["items"][1:], strict=False))
    now = next(one for one in (await ok(ask, "/indicators/waste-full/values"))["items"] if one["area"] == "HVD")
    assert found["items"][-1] == {key: now[key] for key in ("value", "start", "end", "receipt")}


async def test_areas_and_what_lies_in_them(ask: httpx2.AsyncClient) -> None:
    every = (await ok(ask, "/areas"))["items"]
    districts = await ok(ask, "/areas?level=district")
    assert districts["total"] == 8 and {one["parent"] for one in districts["items"]} == {"HVD"}
    below = await ok(ask, "/areas?level=neighbourhood&parent=HVD02")
    assert [one["code"] for one in below["items"]] == [one["code"] for one in every if one["parent"] == "HVD02"]
    one = await ok(ask, "/areas/HVD0202")
    assert one["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert {key: one[key] for key in every[0]} == next(each for each in every if each["code"] == "HVD0202")
    whole = await ok(ask, "/areas/HVD")
    assert (whole["parent"], whole["residents"]) == (None, 51_000)


async def test_scores_of_an_area(store: Store) -> None:
    """Written here, as the city keeps them."""
    facts = ScoreFacts("Liveable", "liveability", "N", 62.5, "yellow", RECEIPT)

    def work(uow: UnitOfWork) -> None:
        area = AREA.entity(f"{AREA_ID}:N", AreaFacts("Noord", "N", "neighbourhood"))
        uow.save("", operations.create(area, uow.stamp))
        score = SCORE.entity(f"{SCORE_ID}:liveability:N", facts, at="2026-02-28T23:00:00Z")
        uow.save("", operations.create(score, uow.stamp))

    store.submit(work).result()
    async with asking(store, [one.iri for one in TYPES]) as ask:
        (told,) = (await ok(ask, "/areas/N/scores"))["items"]
        assert (await ask.get("/areas/S/scores")).status_code == 404
    assert (told["subject"], told["score"], told["colour"]) == ("liveability", 62.5, "yellow")
    assert (told["start"], told["receipt"]["of"]) == ("2026-02-28T23:00:00Z", 5)


AREA_ID, SCORE_ID = f"urn:ngsi-ld:{AREA.name}:{CITY}", f"urn:ngsi-ld:{SCORE.name}:{CITY}"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/indicators/nothing", "nothing"), ("/indicators/nothing/values", "nothing"),
        ("/indicators/waste-full/areas/nowhere/values", "nowhere"), ("/areas/nowhere", "nowhere"),
        ("/areas/nowhere/scores", "nowhere"),
    ],
)  # fmt: skip
async def test_what_is_not_there_is_told_by_name(ask: httpx2.AsyncClient, path: str, told: str) -> None:
    answer = await ask.get(path)
    assert answer.status_code == 404 and told in answer.json()["detail"]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "offset=-1", "level=street", "size=3"])
async def test_what_cannot_be_asked_is_told(ask: httpx2.AsyncClient, query: str) -> None:
    answer = await ask.get(f"/areas?{query}")
    assert answer.status_code == 400 and query.partition("=")[0] in answer.json()["detail"]


async def test_what_is_not_public_is_not_there(valued: Store) -> None:
    async with asking(valued, []) as closed:
        assert len((await ok(closed, "/indicators"))["items"]) == len(shipped())
        assert await ok(closed, "/areas") == {"items": [], "total": 0}
        assert (await ok(closed, "/indicators/waste-full/values"))["items"] == []
        for path in ("/indicators/waste-full/areas/HVD/values", "/areas/HVD", "/areas/HVD/scores"):
            assert (await closed.get(path)).status_code == 404
    async with asking(valued, [AREA.iri]) as places:
        assert (await ok(places, "/areas"))["total"] == 37
        assert (await ok(places, "/indicators/waste-full/values"))["items"] == []


async def test_every_operation_is_described_and_answers(ask: httpx2.AsyncClient) -> None:
    told = await ok(ask, "/openapi.json")
    assert len(told["paths"]) == len(api.OPERATIONS)
    for path, methods in told["paths"].items():
        code = "HVD" if path.startswith("/areas") else "waste-full"
        answer = await ok(ask, path.replace("{code}", code).replace("{area}", "HVD"))
        ref = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert set(answer) == set(told["components"]["schemas"][ref.rpartition("/")[2]]["properties"])
