# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an indicator changed is told of the same season a year before, or not at all."""

from hanze.goals.review.change import DAY, change
from tests.goals.town import KNOWN

ONE = KNOWN.indicators["air-no2-year"]


def months(*values: float) -> list[tuple[int, float]]:
    return [(number * 30 * DAY, value) for number, value in enumerate(values)]


def test_less_of_what_is_bad_is_better() -> None:
    # The scale of the indicator goes from 10 (best) to 40: 3 less are 10 points.
    found = change(ONE, [(0, 25.0), (365 * DAY, 22.0)])
    assert found is not None and abs(found - 10 * 365.25 / 365) < 1e-9


def test_a_part_of_a_year_is_no_year() -> None:
    assert change(ONE, months(20, 21, 22, 23)) is None
    assert change(ONE, []) is None


def test_the_nearest_to_a_year_before_counts() -> None:
    found = change(ONE, months(10, 40, 40, *[40] * 9, 40, 25))
    assert found is not None and found > 0
