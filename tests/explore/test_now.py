# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page City now: what it shows, in which words, to whom, and how it takes addresses that cannot be."""

import csv
import io
import re
from typing import Any

import pytest

from hanze.feeds.havendam.city import City
from hanze.ngsild import times
from tests.explore.conftest import HIDDEN, NOW, PUBLIC, Pages
from tests.explore.reading import links, text

pytestmark = pytest.mark.anyio

AIR = "type=AirQualityObserved&value=no2"
MACHINE = re.compile(
    r"urn:|https?:|\d{4}-\d\d-\d\dT|\bNone\b|\bnan\b|[{}]|undefined|\b(" + "|".join((*PUBLIC, HIDDEN)) + r")\b|"
    r"\b[a-z]+[a-z0-9]*[A-Z]\w*\b"
)
"""What no resident should meet: ids, addresses, times of machines, names of types and attributes."""


def measured(name: str) -> dict[str, float]:
    """From the name of each station to what it tells now, straight from the town."""
    found = {}
    for entity in City().now(NOW):
        values: dict[str, Any] = {key.rpartition("/")[2]: one[0].get("value") for key, one in entity.attributes.items()}
        if name in values:
            found[str(values["name"])] = float(values[name])
    return found


async def test_every_place_stands_there_with_its_value(pages: Pages) -> None:
    said = text(await pages.ok(f"/en/now?{AIR}"))
    stations = measured("no2")
    assert len(stations) >= 10
    for name, value in stations.items():
        assert re.search(rf"{re.escape(name)}\n{value:g}\u00a0µg/m³\n14:00", said), name


async def test_a_share_is_told_in_percents_and_dutch_has_its_own_signs(pages: Pages) -> None:
    said = text(await pages.ok("/nl/now?type=WeatherObserved&value=relativeHumidity"))
    for name, value in measured("relativeHumidity").items():
        assert f"{name}\n{value * 100:g}%".replace(".", ",") in said
    assert "Luchtvochtigheid" in said and "Laatste waarden" in said


async def test_the_chart_tells_what_the_history_has(pages: Pages) -> None:
    id = next(entity.id for entity in City().now(NOW) if "AirQualityObserved" in entity.types[0])
    answer = await pages(f"/en/now.csv?{AIR}&place={id}&range=day")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    (series,) = (one for one in City().hours(NOW - 86_400_000_000, NOW) if (one.id, one.attribute) == (id, "no2"))
    expected = [(times.text(moment), value) for moment, value in zip(series.moments, series.values, strict=True)]
    # The value of now is from five minutes ago at most, the others from full hours.
    assert [(row["moment"], float(row["value"])) for row in rows][: len(expected)] == expected
    assert {row["unit"] for row in rows} == {"GQ"}
    html = await pages.ok(f"/en/now?{AIR}&place={id}&range=day")
    low, high = min(value for _, value in expected), max(value for _, value in expected)
    assert f"Lowest {low:g}\u00a0µg/m³, highest {high:g}\u00a0µg/m³" in html


@pytest.mark.parametrize("span", ["day", "week", "month", "year", "all"])
@pytest.mark.parametrize("code", ["nl", "en"])
async def test_no_page_speaks_like_a_machine(pages: Pages, code: str, span: str) -> None:
    for query in (AIR, "type=OffStreetParking&value=availableSpotNumber", "type=WeatherObserved&value=windSpeed"):
        said = text(await pages.ok(f"/{code}/now?{query}&range={span}"))
        found = [word for word in MACHINE.finditer(said) if word[0] not in ("GeoJSON",)]
        assert not found, [one[0] for one in found]


async def test_what_is_not_public_is_neither_offered_nor_shown(pages: Pages) -> None:
    said = text(await pages.ok("/en/now"))
    assert "Traffic" not in said
    assert {"Air", "Weather", "Car parks"} <= set(said.split("\n"))
    answer = await pages(f"/en/now?type={HIDDEN}&value=intensity")
    assert answer.status_code == 404
    assert "There is nothing here" in text(answer.text)
    assert (await pages(f"/en/now.csv?type={HIDDEN}&value=intensity")).status_code == 404


async def test_links_lead_to_the_other_subjects_and_periods(pages: Pages) -> None:
    here = links(await pages.ok(f"/en/now?{AIR}"))
    assert here["Ozone"] == "/en/now?type=AirQualityObserved&value=o3"
    assert here["Nederlands"] == f"/nl/now?{AIR}"
    month = await pages.ok(here["Month"].partition("#")[0])
    assert 'aria-current="true">Month' in month
    earlier = links(month)["← Earlier"].partition("#")[0]
    assert "until=2026-02-07" in earlier
    before = await pages.ok(earlier)
    assert "No data in this period" in before
    assert "Later →" in links(before)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("type=Nothing&value=no2", 404),
        ("type=AirQualityObserved&value=nothing", 404),
        (f"{AIR}&place=urn:ngsi-ld:AirQualityObserved:nowhere", 404),
        (f"{AIR}&range=century", 400),
        (f"{AIR}&until=yesterday", 400),
        (f"{AIR}&until=9999-12-31", 400),
        ("type=%3Cscript%3E", 404),
    ],
)
async def test_an_address_that_cannot_be_gets_a_plain_page(pages: Pages, query: str, status: int) -> None:
    for code in ("en", "nl"):
        answer = await pages(f"/{code}/now?{query}")
        assert answer.status_code == status
        assert "<script>" not in answer.text and "Traceback" not in answer.text
        assert not MACHINE.search(text(answer.text))
        assert links(answer.text)[{"en": "To the front page", "nl": "Naar de voorpagina"}[code]] == f"/{code}/"


async def test_a_key_that_is_no_good_gets_a_plain_page(pages: Pages) -> None:
    answer = await pages("/nl/now", authorization="Bearer hz_nothing")
    assert answer.status_code == 401
    assert "Dit mag u niet zien" in answer.text


async def test_where_the_data_come_from(pages: Pages) -> None:
    html = await pages.ok(f"/nl/now?{AIR}")
    said = text(html)
    assert "Van Havendam (simulated); de nieuwste waarde is van 14:00" in re.sub(r"\n", "", said)
    assert links(html)["licentie"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert "havendam: te laat: al een tijd niets nieuws" in said
    assert "Deze gegevens zijn gesimuleerd" in said


async def test_nothing_runs_in_a_page_that_is_not_ours(pages: Pages) -> None:
    answer = await pages("/en/now")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert not re.search(r"<script(?! type=\"module\" src=\"/static-)|style=\"| on[a-z]+=\"", answer.text)


async def test_a_page_is_light(pages: Pages) -> None:
    for span in ("day", "week", "all"):
        html = await pages.ok(f"/en/now?{AIR}&range={span}")
        assert len(html) < 150_000, f"{len(html)} bytes"
