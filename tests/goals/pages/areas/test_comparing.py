# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two areas side by side: who stands better, by how much, what cannot be told apart; and the form that asks which."""

import csv
import io

import msgspec
import pytest

from tests.explore.reading import links, text
from tests.goals.pages.areas.conftest import Founding
from tests.goals.pages.areas.making import GREEN, NO2, NOISE, OPEN, area, score, worth
from tests.goals.town import KNOWN

pytestmark = pytest.mark.anyio

AREAS = (
    area("C", "Seaside"), area("D1", "North", "C"), area("D2", "South", "C", column=1),
    area("N1", "Quay", "D1"), area("N2", "Quay", "D2", column=1), area("N3", "Quayside", "D2", column=2),
)  # fmt: skip

WORTHS = (
    worth(NO2, "D1", 12.0, 11.9, 12.1), worth(NO2, "D2", 22.0), worth(NOISE, "D1", 61.0, 60.0, 61.5),
    worth(NOISE, "D2", 60.2, 59.0, 60.1), worth(GREEN, "D1", 57.5), worth(GREEN, "D2", 80.0), worth(OPEN, "D1", 100.0),
    worth(OPEN, "D2", 100.0), worth("land-built", "D1", 300.0),
)  # fmt: skip

BOTH = "one=D1&other=D2"


def said(html: str) -> str:
    return " ".join(text(html).split())


async def test_what_is_better_is_told_with_how_much(found: Founding) -> None:
    html = await (await found(AREAS, WORTHS)).ok(f"/en/goals/compare?{BOTH}")
    told = said(html)
    assert "North is better on 1, South on 1. On 2 they are the same or cannot be told apart." in told
    assert f"Of {len(KNOWN.indicators) - 4} numbers one of them is not known." in told
    assert "12.0 µg/m³ 11.9 µg/m³ to 12.1 µg/m³ nearly good 22.0 µg/m³ bad North is better, by 10.0 µg/m³" in told
    assert "South is better, by 22.5 percentage points" in told
    assert "60.2 dB 59.0 dB to 60.1 dB" in told and "cannot tell apart" in told and "the same" in told
    # Of that only one is known, so it is not compared.
    assert KNOWN["land-built"].name.en not in told


async def test_scores_are_compared_by_where_they_lie(found: Founding) -> None:
    scored = (
        score("liveability", "D1", 71.0, "yellow", {}, ends=(69.0, 73.0)),
        score("liveability", "D2", 64.0, "yellow", {}, ends=(60.0, 66.0)),
        score("inclusivity", "D1", 50.0, "orange", {}, ends=(40.0, 60.0)),
        score("inclusivity", "D2", 58.0, "orange", {}),
        score("sustainability", "D1", 50.0, "orange", {}),
    )  # fmt: skip
    told = said(await (await found((*AREAS, *scored))).ok(f"/en/goals/compare?{BOTH}"))
    assert (
        "Together 71 of 100 points 69 to 73 nearly good 64 of 100 points 60 to 66 nearly good North is better, by 7 points"
        in told
    )
    assert "40 to 60 not good enough 58 of 100 points not good enough cannot tell apart" in told
    assert "Sustainable" not in told


@pytest.mark.parametrize(
    "asked", ["one=North&other=South", "one=north&other=SOUTH", "one=D1&other=sout", "one=+North+&other=D2"]
)
async def test_areas_are_named_as_people_type_them(found: Founding, asked: str) -> None:
    html = await (await found(AREAS, WORTHS)).ok(f"/en/goals/compare?{asked}")
    assert "<h1>North beside South</h1>" in html and 'value="North"' in html and 'value="South"' in html


async def test_a_name_of_several_areas_is_asked_again(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    html = await pages.ok("/en/goals/compare?one=Quay&other=D1")
    assert "Several areas are called so. Choose one." in text(html) and 'value="Quay"' in html
    assert links(html)["Quay, South"] == "/en/goals/compare?one=N2&other=D1"
    assert "<h1>Quay beside North</h1>" in await pages.ok(links(html)["Quay, South"])


async def test_a_name_that_no_area_has_is_told_beside_its_field(found: Founding) -> None:
    html = await (await found(AREAS, WORTHS)).ok("/en/goals/compare?one=D1&other=%3Cb%3EWest")
    assert "No area is called so here." in text(html) and 'aria-describedby="other-wrong"' in html
    assert 'value="&lt;b&gt;West"' in html and 'value="North"' in html and "<b>West" not in html


async def test_the_form_asks_for_both(found: Founding) -> None:
    html = await (await found(AREAS, WORTHS)).ok("/en/goals/compare")
    assert html.count("<option value=") == len({"Seaside", "North", "South", "Quay", "Quayside"})
    assert "problem" not in html and "Data and origin" not in html


async def test_the_same_as_data(found: Founding) -> None:
    pages = await found(AREAS, WORTHS)
    rows = {row["about"]: row for row in csv.DictReader(io.StringIO(await pages.ok(f"/en/goals/compare.csv?{BOTH}")))}
    assert rows.keys() == {"liveability", "sustainability", "inclusivity", *KNOWN.indicators}
    assert {key: rows[NO2][key] for key in ("one", "oneLow", "oneHigh", "other", "verdict", "unit")} == {
        "one": "12.0", "oneLow": "11.9", "oneHigh": "12.1", "other": "22.0", "verdict": "better", "unit": "ug/m3",
    }  # fmt: skip
    assert [rows[code]["verdict"] for code in (NOISE, GREEN, OPEN, "land-built", "liveability")] == [
        "unsure", "worse", "same", "", "",
    ]  # fmt: skip
    back = msgspec.json.decode(await pages.ok("/en/goals/compare.json?one=D2&other=D1"))
    assert next(row["verdict"] for row in back if row["about"] == NO2) == "worse"
    assert (await pages("/en/goals/compare.csv?one=D1&other=nowhere")).status_code == 404
