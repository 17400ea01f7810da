# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of all data and of one type: what can be chosen by the address, in which order, page by page, and as files."""

import csv
import io
import re

import pytest

from hanze.feeds.havendam.city import City
from tests.explore.conftest import HIDDEN, NOW, PUBLIC, Pages
from tests.explore.reading import links, text
from tests.explore.test_now import measured

pytestmark = pytest.mark.anyio

AIR = "type=AirQualityObserved"


def counted() -> dict[str, int]:
    """How many things of each type the town has."""
    types = [entity.types[0].rpartition("/")[2] for entity in City().now(NOW)]
    return {one: types.count(one) for one in types}


async def rows(pages: Pages, query: str) -> list[dict[str, str]]:
    answer = await pages(f"/en/data/type.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


async def test_all_types_with_their_counts_and_none_that_is_hidden(pages: Pages) -> None:
    records = (await pages("/en/data.json")).json()
    there = {one["type"]: one["count"] for one in records}
    assert {name: there[name] for name in PUBLIC} == {name: counted()[name] for name in PUBLIC}
    assert HIDDEN not in there
    html = await pages.ok("/nl/data")
    assert links(html)["Lucht"] == f"/nl/data/type?{AIR}"
    assert HIDDEN not in html
    assert (await pages(f"/en/data/type?type={HIDDEN}")).status_code == 404
    assert (await pages(f"/en/data/type.csv?type={HIDDEN}")).status_code == 404


async def test_a_condition_in_plain_words_and_the_same_in_ngsi_ld(pages: Pages) -> None:
    values = measured("no2")
    middle = sorted(values.values())[len(values) // 2]
    expected = {name for name, value in values.items() if value >= middle}
    plain = await rows(pages, f"{AIR}&attribute=no2&way=least&value={middle}")
    comma = await rows(pages, f"{AIR}&attribute=no2&way=least&value={middle}".replace(".", ","))
    query = await rows(pages, f"{AIR}&q=no2%3E={middle}")
    # A station that is silent now is there with its last value.
    assert expected <= {one["name"] for one in plain}
    assert all(float(one["no2"]) >= middle for one in plain)
    assert plain == comma == query
    assert 0 < len(plain) < len(await rows(pages, AIR))


@pytest.mark.parametrize("way", ["has", "is"])
async def test_a_condition_on_a_text(pages: Pages, way: str) -> None:
    names = [one["name"] for one in await rows(pages, AIR)]
    sought = names[0] if way == "is" else names[0].split(" ")[-1].upper()
    found = [one["name"] for one in await rows(pages, f"{AIR}&attribute=name&way={way}&value={sought}")]
    assert found == [
        name for name in names if (name == sought if way == "is" else sought.casefold() in name.casefold())
    ]


async def test_a_text_with_signs_is_sought_as_it_is(pages: Pages) -> None:
    assert await rows(pages, f"{AIR}&attribute=name&way=has&value=.*") == []
    assert await rows(pages, f"{AIR}&attribute=name&way=has&value=%28") == []


async def test_sorted_by_a_column_both_ways_and_the_heading_turns_it_round(pages: Pages) -> None:
    up = [float(one["no2"]) for one in await rows(pages, f"{AIR}&sort=no2&column=no2") if one.get("no2")]
    down = [float(one["no2"]) for one in await rows(pages, f"{AIR}&sort=-no2&column=no2") if one.get("no2")]
    assert up == sorted(up) and down == sorted(down, reverse=True) and len(up) > 5
    html = await pages.ok(f"/en/data/type?{AIR}&sort=no2")
    assert 'aria-sort="ascending"' in html
    assert re.search(r'href="/en/data/type\?type=AirQualityObserved&amp;sort=-no2"', html)


async def test_columns_are_chosen_and_stay_in_the_address(pages: Pages) -> None:
    html = await pages.ok(f"/en/data/type?{AIR}&column=o3&column=name")
    said = text(html)
    assert "Ozone" in said
    assert "column=o3" in links(html)["Map"]
    (first, *_) = await rows(pages, f"{AIR}&column=o3")
    assert set(first) <= {"id", "type", "o3", "o3.unitCode", "o3.observedAt"}


async def test_facets_choose_leave_and_tell_how_many(pages: Pages) -> None:
    html = await pages.ok("/en/data/type?type=OffStreetParking")
    facet = next(one for one in re.findall(r'href="([^"]*only=[^"]*)"', html))
    there = await pages.ok(facet.replace("&amp;", "&"))
    assert 'aria-current="true"' in there and "Your choice fits" in there
    assert links(there)["Show all again"] == "/en/data/type?type=OffStreetParking"


async def test_files_have_unit_time_and_place(pages: Pages) -> None:
    record = next(one for one in (await pages(f"/en/data/type.json?{AIR}")).json() if "no2" in one)
    assert record["no2.unitCode"] == "GQ" and record["no2.observedAt"].endswith("Z")
    feature = next(
        one for one in (await pages(f"/en/data/type.geojson?{AIR}")).json()["features"] if one["id"] == record["id"]
    )
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["no2"] == record["no2"]


async def test_the_map_shows_the_places(pages: Pages) -> None:
    html = await pages.ok(f"/en/data/type?{AIR}&view=map&column=no2")
    assert "Nitrogen dioxide" in html
    assert "map-phone" in html and "map-wide" in html
    assert "<table>" not in html


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404), ("type=", 404), ("type=Nothing", 404), (f"{AIR}&page=0", 400), (f"{AIR}&page=x", 400), (f"{AIR}&page=99", 404),
        (f"{AIR}&q=no2%3E", 400), (f"{AIR}&q=((((", 400), (f"{AIR}&way=much", 400), (f"{AIR}&view=globe", 400),
        (f"{AIR}&only=x", 400),
        (f"{AIR}&sort=%00", 400), (f"{AIR}&sort=a[b", 400), (f"{AIR}&column=nothing", 200),
        (f"{AIR}&attribute=no2&way=most&value=high", 200),
        (f"{AIR}&attribute=%22;&way=is&value=1", 200),
    ],
)  # fmt: skip
async def test_addresses_that_cannot_be_get_a_plain_page(pages: Pages, query: str, status: int) -> None:
    answer = await pages(f"/nl/data/type?{query}")
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text


async def test_pages_of_a_long_table(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("asked", "listing"):
        monkeypatch.setattr(f"hanze.explore.{module}.PAGE", 4)
    seen: list[str] = []
    address, total = f"/en/data/type?{AIR}&sort=name", counted()["AirQualityObserved"]
    while address:
        html = await pages.ok(address)
        seen += re.findall(r'href="/en/data/thing\?id=([^"]*)"', html)
        address = links(html).get("Next page →", "")
    assert len(seen) == len(set(seen)) == total
    assert f"of {total}" in text(html)


async def test_a_page_is_light(pages: Pages) -> None:
    for query in (AIR, "type=OffStreetParking", "type=WeatherObserved"):
        html = await pages.ok(f"/en/data/type?{query}")
        assert len(html) < 150_000, f"{len(html)} bytes"


async def test_nothing_of_an_address_becomes_markup(pages: Pages) -> None:
    html = await pages.ok(
        f"/en/data/type?{AIR}&attribute=name&value=%22%3E%3Cscript%3E&only=name=%3Cb%3E&column=%3Ci%3E"
    )
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html


async def test_the_page_for_developers_leads_on(pages: Pages) -> None:
    found = links(await pages.ok("/en/developers"))
    for name in ("All data", "Sources", "What you may see"):
        await pages.ok(found[name])
    assert "/ngsi-ld/v1/types" in found.values()
