# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all areas: found by a part of a name, chosen, sorted and paged by its address."""

import csv
import io
import re

import msgspec
import pytest

from hanze.goals.pages.areas import choosing
from tests.explore.conftest import Pages
from tests.explore.reading import links, text
from tests.goals.pages.areas.conftest import Founding
from tests.goals.pages.areas.making import area, score

pytestmark = pytest.mark.anyio

AREAS = (
    area("C", "Seaside", people=5000),
    area("D1", "Éénhoorn-Noord", "C", people=10), area("D2", "Zuid (oud)", "C", people=300, column=1),
    area("N1", "Café Kade", "D1", people=7), area("N2", "aan de Wal", "D1", people=None, column=1),
)  # fmt: skip


def names(html: str) -> list[str]:
    """Those of the table, in their order."""
    table = html[html.index("<tbody>") : html.index("</tbody>")] if "<tbody>" in html else ""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', table)


async def test_all_areas_stand_there_by_name(found: Founding) -> None:
    html = await (await found(AREAS)).ok("/en/goals/areas")
    assert names(html) == ["aan de Wal", "Café Kade", "Éénhoorn-Noord", "Seaside", "Zuid (oud)"]
    assert links(html)["Café Kade"] == "/en/goals/area?code=N1" and "Seaside on the map" in text(html)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=eenhoorn", ["Éénhoorn-Noord"]), ("q=CAFE", ["Café Kade"]), ("q=  de  wal", ["aan de Wal"]),
        ("q=%28oud", ["Zuid (oud)"]),
        ("q=.*", []), ("within=D1", ["aan de Wal", "Café Kade"]), ("level=district", ["Éénhoorn-Noord", "Zuid (oud)"]),
        ("within=D1&q=kade", ["Café Kade"]),
        ("sort=-population", ["Seaside", "Zuid (oud)", "Éénhoorn-Noord", "Café Kade", "aan de Wal"]),
        ("sort=-name&level=neighbourhood", ["Café Kade", "aan de Wal"]),
    ],
)  # fmt: skip
async def test_areas_are_chosen_by_the_address(found: Founding, asked: str, expected: list[str]) -> None:
    html = await (await found(AREAS)).ok(f"/en/goals/areas?{asked}")
    assert names(html) == expected
    assert expected or "No area is called so here." in text(html)


async def test_choices_say_how_many_there_are_and_are_left_again(found: Founding) -> None:
    pages = await found(AREAS)
    html = await pages.ok("/en/goals/areas?q=e")
    assert "city (1) district (2) neighbourhood (2)" in " ".join(text(html).split())
    assert 'href="/en/goals/areas?q=e&amp;level=district"' in html
    # Only one area has others in it, which is no choice.
    assert "within=" not in html
    there = await pages.ok("/en/goals/areas?q=e&level=district")
    assert 'href="/en/goals/areas?q=e" aria-current="true"' in there


async def test_many_areas_are_paged(found: Founding) -> None:
    many = [area(f"N{number}", f"Area {number:03d}", "C", column=number) for number in range(120)]
    pages = await found((area("C", "Seaside"), *many))
    first, last = await pages.ok("/en/goals/areas"), await pages.ok("/en/goals/areas?page=3")
    assert len(names(first)) == 50 and names(last) == [f"Area {number:03d}" for number in range(100, 120)] + ["Seaside"]
    assert "101 to 121 of 121" in text(last)
    found_by_name = await pages.ok("/en/goals/areas?q=area&page=3")
    assert names(found_by_name)[0] == "Area 100" and "101 to 120 of 120" in text(found_by_name)
    assert (await pages("/en/goals/areas?page=4")).status_code == 404


async def test_of_very_many_only_the_upper_ones_are_shown(found: Founding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "FOUND", 4)
    pages = await found(AREAS)
    assert names(await pages.ok("/en/goals/areas")) == ["Éénhoorn-Noord", "Zuid (oud)"]
    assert names(await pages.ok("/en/goals/areas?level=neighbourhood")) == ["aan de Wal", "Café Kade"]


async def test_several_cities_have_no_whole(found: Founding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "FOUND", 2)
    pages = await found((area("C1", "One"), area("C2", "Two", column=1), area("D1", "Part", "C1")))
    html = await pages.ok("/en/goals/areas")
    assert names(html) == ["One", "Two"] and "on the map" not in text(html)


@pytest.mark.parametrize("asked", ["level=street", "sort=colour", "page=0", "page=x", "page=-1"])
async def test_an_address_that_cannot_be_is_told(found: Founding, asked: str) -> None:
    assert (await (await found(AREAS))(f"/en/goals/areas?{asked}")).status_code == 400


async def test_without_areas_the_page_says_what_will_stand_there(found: Founding) -> None:
    html = await (await found())("/en/goals/areas")
    assert html.status_code == 200 and "No areas yet" in text(html.text) and "<table" not in html.text


async def test_scores_stand_beside_the_areas(found: Founding) -> None:
    pages = await found((*AREAS, score("liveability", "D1", 71.0, "yellow", {})))
    html = await pages.ok("/en/goals/areas?level=district")
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", html, re.DOTALL)
    assert ["nearly good" in row for row in rows] == [True, False] and "Sustainable" not in text(html)


async def test_the_same_as_data(found: Founding) -> None:
    pages = await found((*AREAS, score("liveability", "D1", 71.0, "yellow", {})))
    rows = list(csv.DictReader(io.StringIO(await pages.ok("/en/goals/areas.csv?level=district"))))
    assert [(row["code"], row["parent"], row["population"], row["liveability"]) for row in rows] == [
        ("D1", "C", "10.0", "71.0"), ("D2", "C", "300.0", ""),
    ]  # fmt: skip
    assert len(msgspec.json.decode(await pages.ok("/en/goals/areas.json"))) == len(AREAS)
    drawn = msgspec.json.decode(await pages.ok("/en/goals/areas.geojson?q=kade"))["features"]
    assert [one["properties"]["code"] for one in drawn] == ["N1"] and drawn[0]["geometry"]["type"] == "Polygon"


async def test_areas_of_havendam_have_their_pages(havendam: Pages) -> None:
    html = await havendam.ok("/nl/goals/areas")
    assert 'href="/nl/goals/areas?within=HVD08"' in html
    addresses = [links(html)[name] for name in names(html)]
    assert len(addresses) == 37
    for address in addresses[::3]:
        assert "<h1>" in await havendam.ok(address)
