# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the city stands on the front page, and the way from a postcode or a name to one's neighbourhood."""

import re

import pytest

from hanze.feeds import making as feeding
from hanze.goals.keeping.values import Worth
from hanze.ngsild import times
from hanze.ngsild.entity import Entity
from tests.explore.conftest import Pages
from tests.explore.reading import links, text
from tests.explore.test_now import MACHINE
from tests.goals.pages.areas.conftest import Founding
from tests.goals.pages.areas.making import DAY, NO2, NOISE, YEAR, YEAR_BEFORE, area, score, worth
from tests.goals.town import KNOWN

pytestmark = pytest.mark.anyio

AREAS = (
    area("C", "Seaside"), area("D1", "North", "C"), area("N1", "Quay", "D1"), area("N2", "Quayside", "D1", column=1),
)  # fmt: skip

EARLIER = times.parse("2023-12-31T23:00:00Z")

NOW_AND_THEN = (
    worth(NO2, "C", 12.0, start=EARLIER, end=YEAR_BEFORE), worth(NO2, "C", 19.0, start=YEAR_BEFORE, end=YEAR),
    worth(NOISE, "C", 66.0, start=EARLIER, end=YEAR_BEFORE), worth(NOISE, "C", 64.0, start=YEAR_BEFORE, end=YEAR),
)  # fmt: skip
"""The air was better a year before, and the noise worse."""


def said(html: str) -> str:
    return " ".join(text(html).split())


def live(change: float | None) -> Entity:
    return score("liveability", "C", 55.0, "orange", {NO2: 70.0, NOISE: 30.0}, change=change)


def station(id: str, lon: float, lat: float, code: str = "", value: float | None = 9.0) -> Entity:
    """A thing that measures, with an address; it is out of order where it has no value."""
    address = {"postalCode": code} if code else {"streetAddress": "Quay 1"}
    told = {
        "name": feeding.plain(f"Station {id}"), "no2": feeding.number(value, "GQ", "2026-03-10T12:00:00Z"),
        "location": feeding.point(lon, lat), "address": feeding.plain(address),
    }  # fmt: skip
    return feeding.entity(f"urn:ngsi-ld:AirQualityObserved:{id}", "AirQualityObserved", told)


@pytest.mark.parametrize(
    ("change", "arrow", "sentence"),
    [
        (None, "", f"Furthest from good: {KNOWN[NOISE].name.en}, 64.0 dB."),
        (0.5, "→, about the same", f"Furthest from good: {KNOWN[NOISE].name.en}, 64.0 dB."),
        (3.0, "↑, getting better", f"{KNOWN[NOISE].name.en}: 64.0 dB, and 66.0 dB in 2024."),
        (-3.0, "↓, getting worse", f"{KNOWN[NO2].name.en}: 19.0 µg/m³, and 12.0 µg/m³ in 2024."),
    ],
)
async def test_a_line_is_a_word_an_arrow_and_one_sentence(
    found: Founding, change: float | None, arrow: str, sentence: str
) -> None:
    told = said(await (await found((*AREAS, live(change)), NOW_AND_THEN)).ok("/en/"))
    assert re.sub(r"\s+([,.])", r"\1", f"Liveable not good enough {arrow} {sentence}").replace("  ", " ") in re.sub(
        r"\s+([,.])", r"\1", told
    )


@pytest.mark.parametrize(
    "before",
    [
        (),
        # Too short ago to be compared with, and what people would be shown as the same number.
        (worth(NOISE, "C", 66.0, start=YEAR - 60 * DAY, end=YEAR),),
        (worth(NOISE, "C", 64.02, start=YEAR_BEFORE, end=YEAR),),
        # The year of the newest number still runs: it lacks seasons that the one before has.
        (worth(NOISE, "C", 66.0, start=YEAR_BEFORE, end=YEAR),),
    ],
)
async def test_what_did_not_move_is_not_told_as_a_move(found: Founding, before: tuple[Worth, ...]) -> None:
    told = said(await (await found((*AREAS, live(3.0)), (*before, worth(NOISE, "C", 64.0)))).ok("/en/"))
    assert f"Furthest from good: {KNOWN[NOISE].name.en}, 64.0 dB." in told


async def test_what_stands_lowest_may_be_good(found: Founding) -> None:
    told = said(await (await found((*AREAS, live(None)), (worth(NO2, "C", 4.0), worth(NOISE, "C", 40.0)))).ok("/en/"))
    assert "Even what stands lowest is good:" in told


async def test_the_lines_stand_before_what_is_measured(havendam: Pages) -> None:
    told = said(await havendam.ok("/en/"))
    order = [
        told.index(one) for one in ("Postcode or neighbourhood", "simulated", "Liveable", "Inclusive", "Measured now")
    ]
    assert order == sorted(order)


async def test_without_scores_or_with_several_cities_nothing_is_said(found: Founding) -> None:
    pages = await found((*AREAS, score("liveability", "C", None, "gray", {}), area("C2", "Other", column=4)))
    assert "Liveable" not in text(await pages.ok("/en/"))


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_front_page_speaks_no_machine(havendam: Pages, language: str) -> None:
    told = text(await havendam.ok(f"/{language}/")).replace("dB", "")
    assert not (found := MACHINE.search(told)), found


async def test_a_name_leads_to_the_neighbourhood(found: Founding) -> None:
    pages = await found((*AREAS, score("liveability", "N1", 71.0, "yellow", {})), (worth(NO2, "N1", 9.0),))
    html = await pages.ok("/en/find?q=quay")
    # That is the name of one, and a part of that of another.
    assert links(html)["How Quay, North stands"] == "/en/goals/area?code=N1" and "Quayside" not in text(html)
    assert "Your neighbourhood" in text(html) and "Liveable: nearly good" in said(html)
    assert "Nothing is called so here" not in text(html)
    # What lies in no other area has a name of its own.
    assert links(await pages.ok("/en/find?q=seaside"))["How Seaside stands"] == "/en/goals/area?code=C"
    several = await pages.ok("/en/find?q=qua")
    assert (
        "Which one is yours?" in text(several)
        and {"How Quay, North stands", "How Quayside, North stands"} <= links(several).keys()
    )


async def test_a_postcode_leads_to_the_smallest_areas_of_its_places(found: Founding) -> None:
    pages = await found((*AREAS, station("a", 4.005, 52.005, "1234 AB"), station("b", 4.5, 52.5, "9999 XX")))
    html = await pages.ok("/en/find?q=1234")
    assert links(html)["How Quay, North stands"] == "/en/goals/area?code=N1" and "Station a" in links(html)
    # That place lies in no area.
    elsewhere = await pages.ok("/en/find?q=9999")
    assert "Station b" in links(elsewhere) and "Your neighbourhood" not in text(elsewhere)


async def test_what_is_out_of_order_has_a_page_too(found: Founding) -> None:
    pages = await found((*AREAS, station("a", 4.005, 52.005), station("b", 4.006, 52.006, value=None)))
    there = links(await pages.ok("/en/find?q=station"))
    assert there["Station a"].startswith("/en/now?") and there["Station b"].startswith("/en/data/thing?")
    for name in ("Station a", "Station b"):
        assert name in text(await pages.ok(there[name]))


async def test_a_district_of_the_map_leads_to_its_area(havendam: Pages) -> None:
    html = await havendam.ok("/nl/find?q=zilverduin")
    assert links(html)["Hoe Zilverduin, Havendam ervoor staat"].startswith("/nl/goals/area?code=HVD")


@pytest.mark.parametrize("asked", ["", "1234", "nothing+like+it", "%3Cscript%3E", ".*"])
async def test_what_is_not_found_leads_nowhere(found: Founding, asked: str) -> None:
    html = await (await found(AREAS)).ok(f"/en/find?q={asked}")
    assert "Your neighbourhood" not in text(html) and "<script>" not in html and "/goals/area?" not in html
