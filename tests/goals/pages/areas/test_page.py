# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an area: its numbers in plain words beside the city, what is not known and why, its map, and the same as data."""

import csv
import io
import re

import msgspec
import pytest

from hanze.goals.keeping import values
from hanze.goals.model import VALUE, ValueFacts
from hanze.store.scope import EVERYTHING
from tests.explore.conftest import Pages
from tests.explore.reading import links, text
from tests.explore.test_now import MACHINE
from tests.goals.pages.areas.conftest import Founding
from tests.goals.pages.areas.making import GREEN, NO2, NOISE, OPEN, area, score, worth
from tests.goals.town import CITY, KNOWN

pytestmark = pytest.mark.anyio

UNITS = re.compile(r"\bdB\b|\bkWh\b")
"""They look like names of attributes, and are none."""

AREAS = (
    area("C", "Seaside", people=5000),
    area("D1", "North", "C"), area("D2", "South", "C", column=1), area("D3", "Tiny", "C", column=2, people=30),
    area("N1", "Quay", "D1"),
)  # fmt: skip

WORTHS = (
    worth(NO2, "C", 20.0, 19.5, 20.5), worth(NO2, "D1", 12.0, 11.9, 12.1), worth(NO2, "D2", 22.0),
    worth(NOISE, "C", 60.0, 58.0, 62.0), worth(NOISE, "D1", 61.0, 60.0, 61.5),
    worth(GREEN, "C", 70.0), worth(GREEN, "D1", 57.5),
    worth(OPEN, "C", 100.0), worth(OPEN, "D1", 100.0),
    worth(NO2, "D3", None, why="few people"), worth("air-no2-gap", "N1", None, why="not known"),
    worth("air-no2-gap", "D1", None, why="too little"),
)  # fmt: skip


def said(html: str) -> str:
    return " ".join(text(html).split())


async def test_each_number_stands_in_plain_words_beside_the_city(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    told = said(await pages.ok("/en/goals/area?code=D1"))
    assert "1,000 people live here, on 1.25 km²." in told
    # The words follow from the scales: green up to 10, red from 20 on.
    assert "nearly good 12.0 µg/m³, 2026 so far; better than Seaside: 8.0 µg/m³ less." in told
    assert "61.0 dB, 2026 so far; too little was measured to tell it apart from Seaside." in told
    assert "57.5% of the residents, now; worse than Seaside: 12.5 percentage points less." in told
    assert "100% of the kinds of data, now; as in Seaside." in told


async def test_the_city_is_compared_with_nothing(found: Founding) -> None:
    told = said(await (await found(AREAS, WORTHS)).ok("/en/goals/area?code=C"))
    assert "20.0 µg/m³" in told and "than Seaside" not in told and "as in Seaside" not in told
    assert "Compare with another area" not in told and "Smaller areas in it North South Tiny" in told


async def test_what_is_worst_stands_first_in_its_dimension(found: Founding) -> None:
    told = said(await (await found(AREAS, WORTHS)).ok("/en/goals/area?code=D1"))
    part = told[told.index(" Liveable ") :]
    names = [KNOWN[code].name.en for code in (NOISE, GREEN, NO2)]
    at = [part.index(f"{name} ") for name in names if name in part]
    assert len(at) == 3 and at[2] == max(at)


async def test_what_is_not_known_says_why(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    told = said(await pages.ok("/en/goals/area?code=D1"))
    unknown = told[told.index("What we do not know here") :]
    assert "Too little was measured to tell. (1) Nitrogen dioxide: best and worst neighbourhood" in unknown
    smallest = said(await pages.ok("/en/goals/area?code=N1"))
    assert "so it has no number for a single one." in smallest and "how the land is used. (" not in smallest


async def test_hidden_numbers_are_said_kindly_with_a_way_on(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    html = await pages.ok("/en/goals/area?code=D3")
    assert "Few people live here." in text(html) and "No numbers yet" not in text(html)
    assert links(html)["Look at Seaside instead"] == "/en/goals/area?code=C"
    assert "Few people live here." not in text(await pages.ok("/en/goals/area?code=D2"))


async def test_the_map_shows_the_chosen_indicator_among_the_neighbours(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    html = await pages.ok(f"/en/goals/area?code=D1&show={NO2}")
    rows = re.findall(
        r'<tr(?: class="(here)")?><th scope="row"><a [^>]*>(\w+)</a>.*?>([\d.]+|not known)', html, re.DOTALL
    )
    assert rows == [("here", "North", "12.0"), ("", "South", "22.0"), ("", "Tiny", "not known")]
    # One picture for phones and one for other screens; the area stands out in each.
    assert html.count('class="here" d=') + html.count('" class="here"/>') == 2
    assert f'<option value="{NO2}" selected>' in html


async def test_without_a_choice_the_map_shows_what_is_known_of_most(found: Founding) -> None:
    html = await (await found(AREAS, WORTHS)).ok("/en/goals/area?code=D1")
    assert f'<option value="{NO2}" selected>' in html


async def test_three_lines_say_how_it_stands(found: Founding) -> None:
    parts = {NO2: 93.0, NOISE: 10.0}
    scored = (
        score("liveability", "D1", 71.0, "yellow", parts),
        score("sustainability", "D1", 40.0, "gray", parts, change=5.0),
    )
    told = said(await (await found((*AREAS, *scored), WORTHS)).ok("/en/goals/area?code=D1"))
    assert "Liveable nearly good Furthest from good: Noise, day and night, 61.0 dB." in told
    # What is not known has no arrow.
    assert "Sustainable not known Too little is known: 9 of 12 numbers." in told


async def test_an_area_without_anything_says_what_will_stand_there(found: Founding) -> None:
    told = said(await (await found((area("D9", "Alone", people=None),))).ok("/en/goals/area?code=D9"))
    assert "It is not known how many people live here. It is 1.25 km² large." in told and "No numbers yet" in told


@pytest.mark.parametrize("asked", ["code=nowhere", "", "code=D1&show=nothing", "code=%3Cb%3E"])
async def test_what_is_not_there_is_not_found(found: Founding, asked: str) -> None:
    pages = await found(AREAS, WORTHS)
    for ending in ("", ".csv", ".geojson"):
        assert (await pages(f"/en/goals/area{ending}?{asked}")).status_code == 404


async def test_the_same_as_data(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(await pages.ok("/en/goals/area.csv?code=D1")))}
    assert rows.keys() == KNOWN.indicators.keys()
    told = {name: rows[NO2][name] for name in ("value", "unit", "low", "high", "colour", "city", "verdict")}
    assert told == {
        "value": "12.0", "unit": "ug/m3", "low": "11.9", "high": "12.1", "colour": "yellow", "city": "20.0", "verdict": "better",
    }  # fmt: skip
    assert (rows[NOISE]["verdict"], rows[OPEN]["verdict"], rows["land-built"]["verdict"]) == ("unsure", "same", "")
    assert msgspec.json.decode(await pages.ok("/en/goals/area.json?code=D1"))[0].keys() == rows[NO2].keys()
    drawn = msgspec.json.decode(await pages.ok(f"/en/goals/area.geojson?code=D1&show={NO2}"))["features"]
    assert {one["properties"]["name"]: one["properties"]["value"] for one in drawn} == {
        "North": 12,
        "South": 22,
        "Tiny": None,
    }
    assert all(one["geometry"]["type"] == "Polygon" for one in drawn)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_page_speaks_like_a_machine(havendam: Pages, language: str) -> None:
    codes = ("HVD", "HVD01", "HVD0101", "HVD0201")
    for path in (*(f"area?code={code}" for code in codes), "areas", "compare", "compare?one=HVD01&other=HVD02"):
        told = UNITS.sub("", text(await havendam.ok(f"/{language}/goals/{path}")))
        assert not (found := MACHINE.search(told)), (path, found)


async def test_numbers_are_those_of_the_store(havendam: Pages) -> None:
    told = said(await havendam.ok("/en/goals/area?code=HVD01"))
    for code in (NO2, "noise-lnight", "waste-full", "land-built"):
        entity = havendam.store.get("", values.id_of(CITY, code, "HVD01"), EVERYTHING)
        assert entity is not None
        value, one = VALUE.facts_of(entity, ValueFacts).kpiValue, KNOWN[code]
        assert value is not None and f"{value:,.{one.digits}f}" in told[told.index(one.name.en) :]
    assert "These data are simulated" in told


async def test_things_that_told_the_numbers_lead_to_their_pages(havendam: Pages) -> None:
    html = await havendam.ok("/en/goals/area?code=HVD01")
    address = links(html)["Luchtmeetpunt Bruggestraat"]
    assert "Luchtmeetpunt Bruggestraat" in await havendam.ok(address)
    assert "Air (1)" in said(html)
    # Of the whole city only the first are named, and the way to all of them.
    assert re.search(r"Noise \(12\).*All of the city", said(await havendam.ok("/en/goals/area?code=HVD")))
