# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two lines of a trial: all of it lies in the picture, gaps stay gaps, and nothing is drawn of nothing."""

import re
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from hanze.experiments.trials import drawing
from hanze.experiments.trials.drawing import Lines, Mark
from hanze.web.drawing.svg import Size
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
