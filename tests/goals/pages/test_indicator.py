# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an indicator: its number, how it went, how areas differ, and the way down to the hour of a sensor."""

import csv
import io
import re
from html import unescape

import pytest

from hanze.goals.keeping.values import id_of
from hanze.goals.model import VALUE, ValueFacts
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.every import every
from hanze.store.scope import EVERYTHING
from tests.explore.conftest import Pages
from tests.explore.reading import text
from tests.goals.town import CITY, KNOWN

pytestmark = pytest.mark.anyio


def facts(pages: Pages, code: str) -> dict[str, ValueFacts]:
    """What the store holds of an indicator, by area."""
    found = every(pages.store, EntitySelection(types=TypeIs(VALUE.iri)), EVERYTHING)
    told = [VALUE.facts_of(one, ValueFacts) for one in found]
    return {one.area: one for one in told if one.indicator == code}


async def test_each_indicator_has_a_page(pages: Pages) -> None:
    """In one test, for a site reads its templates once."""
    for place, code in enumerate(sorted(KNOWN.indicators)):
        one, language = KNOWN[code], ("en", "nl")[place % 2]
        page = text(await pages.ok(f"/{language}/goals/indicator?code={code}"))
        assert one.name[language] in page and one.says[language] in page and one.how[language] in page, code
        if (value := _whole(pages, code)) is None:
            assert ("no number yet" if language == "en" else "nog geen getal") in page, code
        else:
            told = f"{abs(value):,.{one.digits}f}"
            assert (told if language == "en" else told.translate({ord(","): ".", ord("."): ","})) in page, code


def _whole(pages: Pages, code: str) -> float | None:
    """Of the city."""
    entity = pages.store.get("", id_of(CITY, code, "HVD"), EVERYTHING)
    assert entity is not None
    return VALUE.facts_of(entity, ValueFacts).kpiValue


async def test_the_file_says_the_same_as_the_store(pages: Pages) -> None:
    answer = await pages("/en/goals/indicator.csv?code=noise-lden")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    stored = facts(pages, "noise-lden")
    assert len(rows) > 20 and {row["area"] for row in rows} <= stored.keys()
    for row in rows:
        value = stored[row["area"]].kpiValue
        assert (float(row["value"]) if row["value"] else None) == value
        assert row["inputs"] == (stored[row["area"]].receipt or {})["inputs"]


async def test_as_geojson_each_area_has_its_shape(pages: Pages) -> None:
    found = (await pages("/en/goals/indicator.geojson?code=green-reach")).json()
    assert len(found["features"]) > 20
    assert {one["geometry"]["type"] for one in found["features"]} <= {"Polygon", "MultiPolygon"}


async def test_the_course_is_the_history_and_the_running_period(pages: Pages) -> None:
    rows = list(csv.DictReader(io.StringIO((await pages("/en/goals/indicator.csv?code=waste-full&table=course")).text)))
    assert [row["period"] for row in rows] == ["2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"]
    assert float(rows[-1]["value"]) == _whole(pages, "waste-full")


async def test_from_a_number_to_the_hour_of_a_sensor(pages: Pages) -> None:
    """The way that a resident goes: only the address of the next page is taken from each."""
    page = await pages.ok("/en/goals/indicator?code=noise-lden")
    links = [unescape(one) for one in re.findall(r'href="(/en/data/thing\?[^"]+)"', page)]
    assert links
    for link in links:
        id = re.findall(r"id=([^&#]+)", link)[0]
        assert pages.store.get("", id.replace("%3A", ":"), EVERYTHING) is not None
        assert f"history={CORE.compact(CORE.expand('LAeq'))}" in link


async def test_of_a_neighbourhood_only_its_own_sensors_are_named(pages: Pages) -> None:
    whole = await pages.ok("/en/goals/indicator?code=noise-lden")
    area = re.findall(r'goals/indicator\?code=noise-lden&amp;area=([^"]+)"', whole)[0]
    part = await pages.ok(f"/en/goals/indicator?code=noise-lden&area={area}")
    assert 0 < part.count("/en/data/thing?") < whole.count("/en/data/thing?")
    assert "1 place measures this here" in text(part)


@pytest.mark.parametrize("asked", ["code=nothing", "", "code=noise-lden&area=nowhere", "code=%3Cb%3E"])
async def test_what_is_not_there_is_not_found(pages: Pages, asked: str) -> None:
    answer = await pages(f"/en/goals/indicator?{asked}")
    assert answer.status_code == 404 and "<b>" not in answer.text


async def test_years_that_are_not_offered_are_refused(pages: Pages) -> None:
    assert (await pages("/en/goals/indicator?code=waste-full&years=7")).status_code == 400
