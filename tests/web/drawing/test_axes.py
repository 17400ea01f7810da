# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Marks beside the plot stand where the scale says, and as many as find room."""

from zoneinfo import ZoneInfo

import pytest

from hanze.ngsild.times import parse
from hanze.web.drawing import axes
from hanze.web.drawing.scale import marks
from hanze.web.drawing.svg import Size
from hanze.web.drawing.times import DAY
from hanze.web.drawing.words import EN
from tests.web.drawing.reading import boxes, check_texts, read

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = parse("2025-12-30T09:00:00Z")


def written(days: float, width: float) -> list[str]:
    """What stands at the axis of time of a picture so wide."""
    size, end = Size(width, 300), START + int(days * DAY)
    frame = axes.frame(size, marks(0, 100, 5), ["100"], START, end)
    picture = read(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 300">'
                   f"{axes.moments(frame, START, end, AMSTERDAM, EN, size)}</svg>")  # fmt: skip
    check_texts(picture)
    return [text for text, _ in boxes(picture)]


@pytest.mark.parametrize("width", [320.0, 358.0, 700.0, 1216.0])
@pytest.mark.parametrize(
    "days", [0.00025, 0.0007, 0.1, 0.5, 1, 2, 3, 7, 14, 31, 60, 100, 200, 366, 800, 2000, 9000, 40_000]
)
def test_what_is_written_fits_and_says_when(width: float, days: float) -> None:
    found = written(days, width)
    assert len(found) >= 2
    assert any("2025" in text or "2026" in text or days > 500 for text in found)


def test_where_a_year_begins_it_is_said() -> None:
    assert written(9, 1216) == ["31 Dec", *(f"{day} Jan" for day in range(1, 9)), "2025", "2026"]
    assert written(9, 358) == ["1 Jan", "3 Jan", "5 Jan", "7 Jan", "2026"]


def test_a_first_day_gives_way_to_one_that_begins_beside_it() -> None:
    assert written(1, 358)[-2:] == ["30 Dec 2025", "31 Dec 2025"]
    assert written(1, 200) == ["12:00", "00:00", "31 Dec 2025"]


def test_the_plot_leaves_room_for_wide_numbers() -> None:
    size = Size(358, 300)
    narrow = axes.frame(size, marks(0, 1, 5), ["1"], 0, 1)
    wide = axes.frame(size, marks(0, 1, 5), ["1.000.000"], 0, 1)
    assert wide.plot.left > narrow.plot.left + 40
    assert axes.frame(size, marks(0, 1, 5), ["1" * 99], 0, 1).plot.left <= 179
