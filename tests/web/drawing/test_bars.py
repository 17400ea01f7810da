# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars are as long as their numbers, within the picture, and the same can be read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing.bars import Bars, Group, draw, table
from hanze.web.drawing.words import EN, NL

LAND = Bars("Land", ("2021", "2025"), [Group("Homes & gardens", [2.0, 4.0]), Group("Water", [1.0, None])], "km²")


def bars(drawn: str) -> list[tuple[float, float]]:
    """Left side and width of each."""
    found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    return [(float(left), float(wide)) for left, wide in found]


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = draw(LAND, 400, NL)
    (_, first), (_, second), (_, third) = bars(drawn)
    assert second == max(first, second, third) and abs(second - 2 * first) < 0.2 and abs(first - 2 * third) < 0.2
    assert "Homes &amp; gardens" in drawn and "4\u00a0km²" in drawn and "geen gegevens" in drawn


def test_the_same_can_be_heard_and_read() -> None:
    assert "Homes &amp; gardens: 2021 2\u00a0km², 2025 4\u00a0km². Water: 2021 1\u00a0km², 2025 no data." in draw(
        LAND, 400, EN
    )
    told = table(LAND, "Use", EN)
    assert told.head == ("Use", "2021 (km²)", "2025 (km²)")
    assert told.rows == (("Homes & gardens", "2", "4"), ("Water", "1", "no data"))


def test_nothing_to_draw_is_no_trouble() -> None:
    assert bars(draw(Bars("Land", (), []), 300, EN)) == []
    assert bars(draw(Bars("Land", ("2021",), [Group("Homes", [0.0])]), 300, EN)) == []


@given(
    st.lists(st.lists(st.floats(0, 1e9) | st.none(), min_size=3, max_size=3), max_size=5), st.sampled_from([320, 700])
)
def test_no_bar_leaves_the_picture(values: list[list[float | None]], wide: int) -> None:
    groups = [Group(f"Group {number}", each) for number, each in enumerate(values)]
    for left, long in bars(draw(Bars("Any", ("2019", "2021", "2025"), groups, "km²"), wide, EN)):
        assert left > 0 and left + long <= wide
