# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an agreement says of how to ask is what the API answers; who asks otherwise is told how to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts, no_fetch
from hanze.broker.services import Services
from hanze.experiments.agreements import calls
from hanze.experiments.agreements.terms import Attribute, Part, Terms, normal
from hanze.http.limits import Limits
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store.base import UnitOfWork
from tests.experiments.agreements.making import TERMS, changed
from tests.experiments.agreements.place import DAY, NOW, Place
from tests.experiments.agreements.test_pages import DRAFT, FORM, OFFICER
from tests.explore.reading import text

pytestmark = pytest.mark.anyio

NOISE, ID = "NoiseLevelObserved", "urn:ngsi-ld:NoiseLevelObserved:1"
HOUR = 3_600_000_000
SINCE = f"timerel=after&timeAt={times.text(NOW - 3 * DAY)}"


def hourly(place: Place, step: int = HOUR) -> None:
    """Three days of noise, one value for each step."""
    moments = list(range(NOW - 3 * DAY - NOW % DAY, NOW, step))

    def work(uow: UnitOfWork) -> None:
        uow.observe(
            "", ID, [CORE.expand(NOISE)], CORE.expand("LAeq"), {"type": "Property"}, moments, [50.0] * len(moments)
        )

    place.store.submit(work).result()


def level(text: str) -> Terms:
    return normal(changed(data=(Part(NOISE, (Attribute("LAeq", text),)),)))


@asynccontextmanager
async def program(place: Place) -> AsyncIterator[httpx2.AsyncClient]:
    """With a key of the agreement."""
    services = Services(place.store, Contexts(no_fetch), place.access, lambda: place.now, Limits(), root="")
    transport, key = httpx2.ASGITransport(NgsiLd(services)), {"x-api-key": place.key()}
    async with httpx2.AsyncClient(transport=transport, base_url="http://town", headers=key) as client:
        yield client


async def test_each_address_of_the_page_answers(place: Place) -> None:
    hourly(place, HOUR // 4)
    place.signed()
    async with place.visitor() as anyone, program(place) as partner:
        page = text(await anyone.ok("/en/agreement?id=quiet"))
        asked = list(calls.lines(TERMS, "http://town/ngsi-ld/v1", NOW))
        assert len(asked) == 3 and all(one in page for one in asked)
        for one in asked:
            answer = await partner.get(one.replace("/ngsi-ld/v1", ""))
            assert answer.status_code == 200 and answer.json(), one
            if "temporal" in one:
                assert len(answer.json()[0]["LAeq"]["avg"]) > 24


async def test_who_asks_for_more_than_averages_is_told_how_to_ask(place: Place) -> None:
    hourly(place)
    place.signed(level("PT1H"))
    aggregated = f"&{calls.aggregated(HOUR)}"
    async with program(place) as partner:
        answer = await partner.get(f"/temporal/entities/{ID}?attrs=LAeq&{SINCE}")
        assert answer.status_code == 404 and "aggrPeriodDuration=PT1H or a multiple" in answer.json()["detail"]
        answer = await partner.get(f"/temporal/entities/{ID}?attrs=LAeq&{SINCE}{aggregated}")
        assert "LAeq" not in answer.json() and "has 3 values or more" in answer.headers["ngsild-warning"]
        answer = await partner.get(f"/temporal/entities?type={NOISE}&attrs=LAeq&{SINCE}")
        assert answer.json() == [] and "options=aggregatedValues" in answer.headers["ngsild-warning"]
        # Hours have one value each; days have enough.
        answer = await partner.get(f"/temporal/entities?type={NOISE}&attrs=LAeq&{SINCE}&{calls.aggregated(DAY)}")
        assert answer.json()[0]["LAeq"]["avg"] and "ngsild-warning" not in answer.headers
        # Of what it is not about nothing is said.
        answer = await partner.get(f"/temporal/entities/{ID}?attrs=secret&{SINCE}")
        assert answer.status_code == 404 and "aggr" not in answer.json()["detail"]


async def test_what_is_shown_as_it_is_is_also_had_by_the_hour(place: Place) -> None:
    hourly(place)
    place.signed(level(""))
    async with program(place) as partner:
        answer = await partner.get(f"/temporal/entities/{ID}?attrs=LAeq&{SINCE}&{calls.aggregated(HOUR)}")
        assert len(answer.json()["LAeq"]["avg"]) > 48


@pytest.mark.parametrize(
    ("step", "level", "good"), [(HOUR, "PT1H", False), (HOUR, "P1D", True), (HOUR // 3, "PT1H", True)]
)
async def test_a_period_in_which_too_few_values_come_in_cannot_be_chosen(
    place: Place, step: int, level: str, *, good: bool
) -> None:
    hourly(place, step)
    async with place.somebody(OFFICER) as officer:
        answer = await officer.post(DRAFT, {**FORM, "level-0": level})
        assert (answer.status_code == 303) == good
        assert good or "te weinig waarden binnen: Geluidsniveau" in text(answer.text), text(answer.text)


async def test_bookkeeping_of_the_node_is_not_offered_and_types_have_names(place: Place) -> None:
    place.signed()
    place.thing_of("https://w3id.org/hanze/terms#LandUse", 1, 5.005)
    async with place.somebody(OFFICER) as officer:
        page = text(await officer.ok("/nl/agreement/new"))
        assert (
            "Grondgebruik (LandUse)" in page and "Gebieden (AdministrativeArea)" in page and f"Geluid ({NOISE})" in page
        )
        assert "DataAgreement" not in page
        answer = await officer.get(f"/nl/agreement/draft?types={quote('https://w3id.org/hanze/terms#DataAgreement')}")
        assert answer.status_code == 400


def test_names_of_others_stand_whole_in_an_address() -> None:
    told: dict[str, Any] = {"data": (Part("https://example.org/t#Bench", (Attribute("no2"),)),)}
    assert list(calls.lines(changed(**told), "", NOW)) == ["/entities?type=https%3A%2F%2Fexample.org%2Ft%23Bench"]
