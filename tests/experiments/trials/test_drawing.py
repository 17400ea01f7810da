# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two lines of a trial: all of it lies in the picture, gaps stay gaps, and nothing is drawn of nothing."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from hanze.experiments.trials import drawing
from hanze.experiments.trials.drawing import Lines, Mark
from hanze.web.drawing.svg import BOLD, LARGE, SMALL, Box, Size, width
from hanze.web.drawing.words import EN
from tests.experiments.trials.place import DAY, NOW, ZONE

DAYS = [NOW - number * DAY for number in range(40, 0, -1)]
LINES = Lines(
    "A street", "What it tells.", "dB", [(day, 60.0 - number / 10) for number, day in enumerate(DAYS)],
    [(day, 64.0) for day in DAYS], ("where it is tried", "elsewhere"), [Mark(DAYS[20], "it begins")], NOW,
)  # fmt: skip
ONE = replace(LINES, treated=LINES.treated[:1], compared=LINES.compared[:1])


def drawn(lines: Lines, size: Size = drawing.WIDE) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.draw(lines, size, EN, ZONE))


def of(picture: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in picture.iter() if one.get("class", "").startswith(kind)]


@pytest.mark.parametrize("size", [drawing.PHONE, drawing.WIDE])
@pytest.mark.parametrize("lines", [LINES, ONE, replace(LINES, compared=[], names=("tried", ""))])
def test_everything_lies_inside(lines: Lines, size: Size) -> None:
    for one in drawn(lines, size).iter():
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", one.get("d", "")):
            assert 0 <= float(x) <= size.width and 0 <= float(y) <= size.height
        if one.tag.endswith("text"):
            assert 0 <= float(one.get("x", "")) <= size.width and 0 <= float(one.get("y", "")) <= size.height


def test_both_lines_and_the_first_day_are_there_and_named() -> None:
    picture = drawn(LINES)
    assert len(of(picture, "line")) == len(of(picture, "needed")) == len(of(picture, "limit")) == 1
    said = [one.text for one in picture.iter() if one.tag.endswith("text")]
    assert {"where it is tried", "elsewhere", "it begins"} <= set(said)


def test_a_gap_stays_a_gap() -> None:
    holed = replace(LINES, treated=[*LINES.treated[:10], *LINES.treated[20:]])
    assert of(drawn(holed), "line")[0].get("d", "").count("M") == 2
    assert of(drawn(LINES), "line")[0].get("d", "").count("M") == 1


def test_few_values_are_dots_too_and_none_are_said() -> None:
    assert len(of(drawn(ONE), "spot")) == len(of(drawn(ONE), "was-target")) == 1 and not of(drawn(LINES), "spot")
    nothing = drawn(replace(LINES, treated=[], compared=[]))
    assert not of(nothing, "line") and "No data in this period" in ElementTree.tostring(nothing, encoding="unicode")


@pytest.mark.parametrize("size", [drawing.PHONE, drawing.WIDE])
@pytest.mark.parametrize("days", [1, 3, 6])
@pytest.mark.parametrize("ends", [False, True])
def test_labels_stand_apart_where_the_trial_began_some_days_ago(days: int, size: Size, *, ends: bool) -> None:
    marks = [Mark(DAYS[-days], "it begins"), *([Mark(DAYS[-1], "it ends")] if ends else [])]
    for treated, compared in ((64.0, 63.9), (60.0, 64.0), (64.0, 60.0), (64.0, 64.0)):
        told = [[(day, level + number % 2 / 10) for number, day in enumerate(DAYS)] for level in (treated, compared)]
        picture = drawn(replace(LINES, treated=told[0], compared=told[1], marks=marks, end=NOW), size)
        boxes = [box(one) for one in (*of(picture, "label-limit"), *of(picture, "label-place"))]
        assert len(boxes) == len(marks) + 2
        for one, other in combinations(boxes, 2):
            assert not one.meets(other), (treated, compared)


def box(label: ElementTree.Element) -> Box:
    """Where a label stands."""
    wide, x, y = width(label.text or "", BOLD), float(label.get("x", "")), float(label.get("y", ""))
    left = x - wide if label.get("text-anchor") == "end" else x
    return Box(left, y - SMALL, left + wide, y - SMALL + LARGE)
