# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The card as a page: two lines with a band and a start, in any language, with nothing from elsewhere."""

import math
import re
from xml.etree import ElementTree

import msgspec
import pytest

from hanze.experiments.card import drawing, html
from hanze.experiments.card.card import Card, make
from hanze.experiments.evaluate.finding import Point
from hanze.web.drawing.svg import Size
from hanze.web.language import languages
from tests.experiments.card.test_card import WORKED, result
from tests.experiments.evaluate.findings import found

CARD = make(WORKED)

EN, NL = languages()["en"], languages()["nl"]


def drawn(card: Card, size: Size = drawing.WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.draw(card, size, EN, "card"))


def paths(picture: ElementTree.Element, kind: str) -> list[str]:
    return [one.attrib["d"] for one in picture.iter() if one.get("class") == kind and one.tag.endswith("path")]


@pytest.mark.parametrize("size", [drawing.PHONE, drawing.WIDE])
def test_two_lines_a_band_and_a_start(size: Size) -> None:
    picture = drawn(CARD, size)
    # Each kind is drawn once more as a sign beside its name.
    for kind in ("line", "needed", "limit"):
        assert len(paths(picture, kind)) == 2, kind
    assert len(paths(picture, "old-fan")) == 1
    said = "".join(picture.itertext())
    assert "From July 2025 on, 80 was observed on average, and 100 was expected." in said
    width = float(picture.attrib["viewBox"].split()[2])
    numbers = [float(one) for path in paths(picture, "line") for one in re.findall(r"[ML](-?[\d.]+) ", path)]
    assert numbers and min(numbers) >= 0 and max(numbers) <= width


def test_the_observed_line_lies_below_the_expected_one_after_the_start() -> None:
    picture = drawn(CARD)
    ends = [float(paths(picture, kind)[0].rpartition(" ")[2]) for kind in ("line", "needed")]
    assert ends[0] > ends[1], "y points down"


def test_years_are_numbers_without_a_comma() -> None:
    line = tuple(Point(str(1970 + year), 5.0, 6.0) for year in range(31))
    said = "".join(drawn(msgspec.structs.replace(CARD, line=line, start=19)).itertext())
    assert "1980" in said and "1,980" not in said


def test_a_gap_stays_a_gap() -> None:
    line = tuple(Point(str(place), None if 10 <= place < 14 else 5.0 + place % 3, 6.0) for place in range(30))
    picture = drawn(msgspec.structs.replace(CARD, line=line, start=20))
    assert paths(picture, "line")[0].count("M") == 2


def test_many_moments_are_drawn_as_their_means() -> None:
    line = tuple(Point(str(place), float(place % 2), 0.5) for place in range(50_000))
    assert len(drawing.draw(msgspec.structs.replace(CARD, line=line, start=40_000), drawing.WIDE, EN, "card")) < 60_000


def test_an_interval_without_an_end() -> None:
    line = tuple(Point(str(place), 5.0, 6.0, -math.inf, math.inf) for place in range(30))
    assert paths(drawn(msgspec.structs.replace(CARD, line=line, start=20)), "old-fan") == []
    endless = msgspec.structs.replace(found(-20, 10), high=math.inf, relative_high=math.inf, change_high=math.inf)
    assert "\u221e" in html.alone(make(result(endless)), EN)


def test_no_line_no_picture() -> None:
    assert drawing.draw(msgspec.structs.replace(CARD, line=()), drawing.WIDE, EN, "card") == ""
    assert html.said(msgspec.structs.replace(CARD, line=()), EN).chart == {}


def test_the_card_in_dutch() -> None:
    said = html.said(CARD, NL)
    assert said.word == "Het werkte" and said.colour == "green"
    assert said.size[0] == "20\u00a0% lager, naar alle waarschijnlijkheid tussen 30\u00a0% lager en 10\u00a0% lager."
    assert "vanaf juli 2025" in said.asked


def test_a_page_that_stands_alone() -> None:
    page = html.alone(CARD, EN)
    assert page.count("<h1>") == 1 and page.count("<svg") == 2
    assert "Checks: 1 of 1 stood" in page
    assert re.findall(r"<details[^>]*open", page) == [], "checks and origin are closed"
    assert "None" not in page and not re.search(r'(src|href)="|@import|<script', page)


def test_what_came_from_a_table_is_escaped() -> None:
    parts = {"<b>Quay</b>": -0.3, "Hill & Moor": 0.1}
    page = html.alone(make(result(msgspec.structs.replace(found(-20, 10), parts=parts))), EN)
    assert "&lt;b&gt;Quay&lt;/b&gt;" in page and "<b>Quay" not in page and "Hill &amp; Moor" in page


def test_nothing_is_said_in_english_only() -> None:
    """All texts of a card are in the catalogue of each language."""
    for code in ("nl", "de"):
        language = languages()[code]
        for told in (CARD.asked, CARD.word, CARD.sure, *CARD.size, CARD.levels, CARD.advice):
            assert told.text in language.catalogue, told.text
