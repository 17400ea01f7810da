# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Arrows: the pace of past years beside what is needed until 2030."""

import pytest

from hanze.goals.sdsn.arrows import Arrow, arrow
from tests.goals.sdsn.making import indicator

# From 2010 to 2030 a value of 40 must rise by 2 a year to be green at 80.
MORE, LESS = indicator(), indicator(best=0, worst=100, green=20, red=60)


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (40, 50, "on track"), (40, 49, "moderately improving"), (40, 45, "moderately improving"), (40, 44, "stagnating"),
        (40, 40, "stagnating"), (40, 39, "decreasing"), (95, 85, "on track"), (85, 75, "decreasing"),
        (-50, -20, "moderately improving"),
    ],
)  # fmt: skip
def test_pace_from_the_first_year_to_the_last(then: float, now: float, told: Arrow) -> None:
    assert arrow(MORE, {2010: then, 2012: 1000, 2015: now}) == told
    assert arrow(LESS, {2010: 100 - then, 2012: 1000, 2015: 100 - now}) == told


def test_one_year_has_no_pace() -> None:
    assert arrow(MORE, {2010: 50}) is None
    assert arrow(MORE, {}) is None


def test_after_2030_there_is_no_pace_that_is_enough() -> None:
    assert arrow(MORE, {2031: 40, 2032: 79}) == "moderately improving"
    assert arrow(MORE, {2031: 40, 2032: 40}) == "stagnating"
    assert arrow(MORE, {2031: 40, 2032: 80}) == "on track"
