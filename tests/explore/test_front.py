# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The front page and what is found near: sentences that the data bear out, for the visitor's scope, in plain words."""

import re
from statistics import median

import pytest

from hanze.explore import finding
from hanze.feeds.havendam import town
from hanze.feeds.havendam.city import City
from tests.explore.conftest import HIDDEN, NOW, Pages
from tests.explore.reading import links, text
from tests.explore.test_now import MACHINE, measured

pytestmark = pytest.mark.anyio


async def test_the_front_page_tells_each_subject_in_a_sentence(pages: Pages) -> None:
    html = await pages.ok("/en/")
    said = text(html).replace("\n", " ")
    assert "What is going on in Havendam?" in said and "Postcode or neighbourhood" in said
    values = measured("no2").values()
    assert re.search(rf"Nitrogen dioxide: {median(values):.3g}\u00a0µg/m³, the middle of {len(values)} places\.", said)
    # This town has a history of two whole days, which says nothing about what is usual.
    assert "too new to compare" in said and "At this hour" not in said and "What stands out" not in said
    assert "These data are simulated" in said and "From Havendam (simulated)" in said
    assert links(html)["Air"].startswith("/en/now?type=AirQualityObserved")
    assert "Traffic" not in said and HIDDEN not in html


@pytest.mark.parametrize("path", ["", "find", "find?q=1234AB", "find?q=nothing+like+it", "find?q=Luchtmeetpunt"])
@pytest.mark.parametrize("code", ["nl", "en"])
async def test_no_page_speaks_like_a_machine(pages: Pages, code: str, path: str) -> None:
    found = MACHINE.search(text(await pages.ok(f"/{code}/{path}")))
    assert not found, found


async def test_every_neighbourhood_is_found_with_what_lies_in_it(pages: Pages) -> None:
    stations = sum("AirQualityObserved" in entity.types[0] for entity in City().now(NOW))
    found = 0
    for district in town.districts():
        html = await pages.ok(f"/en/find?q={district.name}")
        assert f"<h1>{district.name}</h1>" in html
        said = text(html)
        assert not MACHINE.search(said)
        found += said.count("Nitrogen dioxide")
    # Each station lies in one of them, none in two.
    assert found == stations


async def test_a_place_is_found_by_a_part_of_its_name(pages: Pages) -> None:
    name, value = next(iter(measured("no2").items()))
    html = await pages.ok(f"/en/find?q={name[3:].upper()}")
    assert f"{value:g}\u00a0µg/m³" in text(html)
    assert "type=AirQualityObserved" in links(html)[name] and links(html)[name].endswith("#course")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("9999 ZZ", "We do not know this postcode"),
        ("<script>", "Nothing is called so here"),
        ("", "All neighbourhoods"),
    ],
)
async def test_what_is_not_found_says_what_to_do(pages: Pages, asked: str, told: str) -> None:
    html = await pages.ok(f"/en/find?q={asked}")
    assert told in text(html) and "<script>" not in html
    assert town.districts()[0].name in links(html)


def test_texts_are_found_as_people_type_them() -> None:
    assert finding.plain("  Café  Zuid ") == "cafe zuid"
    assert [finding.is_postcode(one) for one in ("1234 AB", "1234ab", "1234", "12345", "ab")] == [True] * 3 + [
        False
    ] * 2
