# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Axes of any numbers are marked at few, round, evenly spaced ones."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.web.drawing.scale import Scale, marks

ANY = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (3, 61, [0, 20, 40, 60, 80]),
        (-5.1, 9.98, [-10, -5, 0, 5, 10]),
        (0.1, 0.3, [0.1, 0.15, 0.2, 0.25, 0.3]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (20, 20, [18, 19, 20, 21, 22]),
        (1996, 2024, [1990, 2000, 2010, 2020, 2030]),
    ],
)
def test_marks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert list(marks(low, high, 5).values) == expected


@given(ANY, ANY, st.integers(2, 12))
def test_marks_of_any_numbers(one: float, other: float, most: int) -> None:
    low, high = min(one, other), max(one, other)
    found = marks(low, high, most)
    slack = found.step * 1e-9
    assert found.low <= low + slack and found.high >= high - slack
    assert found.low < found.high
    assert math.isfinite(found.low) and math.isfinite(found.high)
    assert 1 <= len(found.values) <= most + 1
    assert all(Fraction(one) < Fraction(other) for one, other in zip(found.values, found.values[1:], strict=False))
    for value in found.values:
        steps = Fraction(value) / Fraction(found.step)
        assert abs(steps - round(steps)) < Fraction(1, 10**6)
    digit = f"{found.step:.0e}"[0]
    assert digit in "125"


@given(ANY, ANY, st.floats(0, 1))
def test_values_lie_between_the_ends(one: float, other: float, part: float) -> None:
    found = marks(min(one, other), max(one, other), 5)
    scale = Scale(found.low, found.high, 300.0, 20.0)
    assert scale.at(found.low) == pytest.approx(300) and scale.at(found.high) == pytest.approx(20)
    value = one * part + other * (1 - part)
    assert 20 - 1e-3 <= scale.at(value) <= 300 + 1e-3


def test_an_array_is_placed_at_once() -> None:
    assert Scale(0, 10, 100, 200).at(np.array([0.0, 5.0, 10.0])).tolist() == [100, 150, 200]
