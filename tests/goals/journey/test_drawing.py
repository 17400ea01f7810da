# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line of time as a picture: everything lies inside, the fan around what is likely, and far years behind a fold."""

import re
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from hanze.goals.journey import drawing
from hanze.goals.journey.drawing import Fan, Happening, Lane, Line
from hanze.web.drawing.svg import Size
from hanze.web.drawing.words import EN
from tests.goals.journey.making import ZONE, months

MONTHS = months("2026-02-10T00:00:00Z", 24)
NOW = MONTHS[-1] + 20 * 86_400_000_000
YEAR = 31_557_600_000_000
COURSE = [(start, 60.0 - number) for number, start in enumerate(MONTHS)]
FAN = Fan(COURSE[-1], [NOW, NOW + YEAR // 12], [34, 32], [35, 34], [36, 35], [37, 36], [38, 38])
OLD = Fan(COURSE[9], MONTHS[10:12], [48, 46], [49, 48], [50, 49], [51, 50], [52, 52])
LANES = [
    Lane("Promised", [Happening(MONTHS[3], "1"), Happening(MONTHS[3], "2")], "nothing yet"), Lane("Tried", [], "nothing yet"),
]  # fmt: skip
LINE = Line(
    "A way", "What it tells.", "%", "narrower", "today", NOW, COURSE, FAN, [OLD],
    [(NOW + 4 * YEAR, 20.0), (NOW + 24 * YEAR, 5.0)], [(NOW + 4 * YEAR, 25.0)], None, LANES,
)  # fmt: skip
EMPTY = Line("A way", "", "%", "narrower", "today", NOW, [], None, [], [], [], None, LANES)


def drawn(line: Line, size: Size = drawing.WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.draw(line, size, EN, ZONE))


def of(picture: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in picture.iter() if one.get("class") == kind]


def points(one: ElementTree.Element) -> list[tuple[float, float]]:
    found = re.findall(r"(-?[\d.]+) (-?[\d.]+)", one.get("d", ""))
    return [(float(x), float(y)) for x, y in found]


@pytest.mark.parametrize("size", [drawing.PHONE, drawing.WIDE])
@pytest.mark.parametrize(
    "line",
    [
        LINE,
        EMPTY,
        replace(LINE, targets=[], was=[], limit=(20.0, "good from here")),
        replace(LINE, course=[], fan=None),
    ],
)
def test_everything_lies_inside(line: Line, size: Size) -> None:
    picture = drawn(line, size)
    for one in picture.iter():
        for x, y in points(one):
            assert 0 <= x <= size.width and 0 <= y <= size.height
        if one.tag.endswith("circle"):
            assert 0 <= float(one.get("cx", "")) <= size.width and 0 <= float(one.get("cy", "")) <= size.height


def test_the_fan_goes_on_from_the_last_value_and_holds_the_middle() -> None:
    picture = drawn(LINE)
    last = points(of(picture, "line")[0])[-1]
    outer, inner = map(points, of(picture, "band"))
    middle = points(of(picture, "likely")[0])
    assert outer[0] == inner[0] == middle[0] == last
    edges = [[y for _, y in line] for line in (outer[1:3], inner[1:3], middle[1:], inner[4:2:-1], outer[4:2:-1])]
    for column in zip(*edges, strict=True):
        assert list(column) == sorted(column) and len(set(column)) == 5


def test_what_is_needed_leads_through_the_fold_to_each_target() -> None:
    picture = drawn(LINE)
    way = points(of(picture, "needed")[0])
    targets = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in of(picture, "target")]
    assert way[0] == points(of(picture, "line")[0])[-1]
    assert [way[2], way[-1]] == [pytest.approx(one, abs=0.11) for one in targets]
    fold = float(re.findall(r"M([\d.]+)", of(picture, "fold")[0].get("d", ""))[0])
    assert way[1][0] == pytest.approx(fold, abs=0.2)
    assert len(of(picture, "was-target")) == 1 and len(of(picture, "old-fan")) == 1


def test_without_a_target_there_is_no_fold_and_nothing_needed() -> None:
    picture = drawn(replace(LINE, targets=[], was=[], limit=(20.0, "good from here")))
    assert not of(picture, "fold") and not of(picture, "needed") and not of(picture, "target")
    assert of(picture, "label-limit")[0].text == "good from here"


def test_what_falls_together_is_told_side_by_side() -> None:
    circles = of(drawn(LINE), "happening")
    first, second = (float(one.get("cx", "")) for one in circles)
    assert second - first >= 2 * drawing.DOT
    assert [one.text for one in of(drawn(LINE), "happening-number")] == ["1", "2"]


def test_a_name_cannot_break_out() -> None:
    picture = drawing.draw(replace(LINE, title="<script>", what='"><b>'), drawing.PHONE, EN, ZONE)
    assert "<script" not in picture and "<b>" not in picture
