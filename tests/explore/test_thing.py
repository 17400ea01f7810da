# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one thing: its values in plain words, where it leads, its history and its data."""

import csv
import io

import pytest

from hanze.feeds.havendam.city import City
from tests.explore.conftest import HIDDEN, NOW, Pages
from tests.explore.reading import links, text
from tests.explore.staff import LAMP, SECRET, WELL, Town

pytestmark = pytest.mark.anyio


def some(type: str) -> str:
    return next(entity.id for entity in City().now(NOW) if type in entity.types[0])


async def test_each_value_in_words_with_its_unit_and_time(town: Town) -> None:
    async with town.visitor("data-officer") as visitor:
        html = await visitor.ok(f"/en/data/thing?id={LAMP}")
        said = text(html)
        assert "Power\n12.5\u00a0kW\n13:00" in said
        assert "Lit\nyes" in said and "Placed\n1 May 2020, 02:00" in said and "Told\nbright" in said
        assert "52.90000 / 4.00000" in said
        assert links(html)["Well <b>"] == f"/en/data/thing?id={WELL}".replace(":", "%3A")
        assert "<b>" not in html
        page = await visitor.ok(f"/nl/data/thing?id={LAMP}")
    dutch = text(page)
    # What has no Dutch name is read aloud as English.
    assert '<span lang="en">Lit</span>' in page and '<span lang="en">' not in html
    assert "12,5\u00a0kW" in dutch and "Told\nfel" in dutch and "Lit\nja" in dutch


async def test_a_link_to_what_one_may_not_see_tells_no_name(town: Town) -> None:
    async with town.visitor() as visitor:
        html = await visitor.ok(f"/en/data/thing?id={LAMP}")
        assert "Well <b>" not in text(html) and WELL in text(html)
        for id in (WELL, SECRET, "urn:ngsi-ld:Lamp:none"):
            assert (await visitor.get(f"/en/data/thing?id={id}")).status_code == 404
            assert (await visitor.get(f"/en/data/thing.json?id={id}")).status_code == 404


async def test_the_history_as_chart_table_and_files(pages: Pages) -> None:
    address = f"/en/data/thing?id={some('AirQualityObserved')}&history=no2&range=day"
    html = await pages.ok(address)
    assert "chart-wide" in html and "Latest values" in html and "Take back" not in html
    rows = list(csv.DictReader(io.StringIO((await pages(address.replace("thing?", "thing.csv?"))).text)))
    assert len(rows) > 20 and {row["unit"] for row in rows} == {"GQ"}
    assert len(html) < 150_000


async def test_the_data_as_json_and_geojson(pages: Pages) -> None:
    id = some("AirQualityObserved")
    record = (await pages(f"/en/data/thing.json?id={id}")).json()
    assert record["id"] == id and record["type"] == "AirQualityObserved" and record["no2"]["unitCode"] == "GQ"
    feature = (await pages(f"/en/data/thing.geojson?id={id}")).json()
    assert feature["geometry"] == record["location"]["value"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("id=x", 400), ("id=%00", 400), ("history=nothing", 404), ("history=no2&range=century", 400),
     ("history=location", 200)],
)  # fmt: skip
async def test_addresses_that_cannot_be_get_a_plain_page(pages: Pages, query: str, status: int) -> None:
    query = query if query.startswith("id") or not query else f"id={some('AirQualityObserved')}&{query}"
    answer = await pages(f"/nl/data/thing?{query}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


async def test_what_is_hidden_is_not_there(pages: Pages) -> None:
    assert (await pages(f"/en/data/thing?id={some(HIDDEN)}")).status_code == 404


async def test_an_address_a_licence_and_a_word_of_a_list_read_well(pages: Pages) -> None:
    said = text(await pages.ok(f"/nl/data/thing?id={some('AirQualityObserved')}"))
    assert "Adres\nOude Rede, Havendam\n" in said and "Licentie\nCC0 1.0\n" in said
    assert "Soort station\nbij verkeer\n" in said and "Binnen of buiten\nbuiten\n" in said
