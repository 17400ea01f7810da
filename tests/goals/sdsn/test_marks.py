# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one value means, whichever way is better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.sdsn import marks
from tests.goals.sdsn.making import indicator

MORE, LESS = indicator(), indicator(best=0, worst=100, green=20, red=60)


@pytest.mark.parametrize(
    ("value", "normalised", "colour", "rescaled"),
    [
        (120, 100, "green", 3), (100, 100, "green", 3), (90, 90, "green", 2.5), (80, 80, "green", 2),
        (79.9, 79.9, "yellow", 1.9975), (60, 60, "yellow", 1.5), (59, 59, "orange", 1.475), (40, 40, "orange", 1),
        (39, 39, "red", 0.975), (0, 0, "red", 0), (-5, 0, "red", 0),
    ],
)  # fmt: skip
def test_either_way(value: float, normalised: float, colour: str, rescaled: float) -> None:
    for one, turned in ((MORE, value), (LESS, 100 - value)):
        assert marks.normalised(one, turned) == pytest.approx(normalised)
        assert marks.colour(one, turned) == colour
        assert marks.rescaled(one, turned) == pytest.approx(rescaled)


def test_where_red_is_worst_nothing_is_worse_than_red() -> None:
    one = indicator(red=0)
    assert (marks.colour(one, 0), marks.rescaled(one, 0), marks.rescaled(one, -1)) == ("orange", 1, 0)


def test_where_thresholds_are_one_it_is_green_or_red() -> None:
    one = indicator(green=50, red=50)
    assert (marks.colour(one, 50), marks.colour(one, 49.9)) == ("green", "red")
    assert [marks.rescaled(one, 50), marks.rescaled(one, 49.9)] == pytest.approx([2, 0.998])


@given(st.floats(-200, 200), st.floats(-200, 200))
def test_better_is_never_told_as_worse(one: float, other: float) -> None:
    low, high = sorted((one, other))
    for measure in (marks.normalised, marks.rescaled):
        assert measure(MORE, low) <= measure(MORE, high)
        assert measure(LESS, low) >= measure(LESS, high)
