# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments find their places on a grid."""

import numpy as np
import pytest

from hanze.experiments.evaluate.designs.rhythm import rhythm
from hanze.experiments.evaluate.table import moment


def _moments(words: list[str]) -> np.ndarray:
    return np.array([found[0] for one in words if (found := moment(one))])


@pytest.mark.parametrize(
    ("words", "step", "places"),
    [
        (["2026-01-01", "2026-01-02", "2026-01-05"], "day", [0, 1, 4]),
        (["2026-01-01", "2026-01-08", "2026-01-15", "2026-01-29"], "week", [0, 1, 2, 4]),
        (["2025-11", "2025-12", "2026-02"], "month", [0, 1, 3]),
        (["2025-01-01", "2025-04-01", "2025-07-01", "2026-01-01"], "quarter", [0, 1, 2, 4]),
        (["2020-01-01", "2021-01-01", "2023-01-01", "2024-01-01"], "year", [0, 1, 3, 4]),
        (["2026-01-01T00:00Z", "2026-01-01T01:00Z", "2026-01-01T03:00Z"], "hour", [0, 1, 3]),
    ],
)
def test_dates_have_a_step_and_gaps(words: list[str], step: str, places: list[int]) -> None:
    found = rhythm(_moments(words), True)
    assert found.step == step and found.places.tolist() == places


def test_numbers_lie_in_steps_of_the_least() -> None:
    assert rhythm(np.array([1970.0, 1971.0, 1973.0]), False).places.tolist() == [0, 1, 3]
    assert rhythm(np.array([0.0, 5.0, 10.0, 20.0]), False).places.tolist() == [0, 1, 2, 4]


def test_moments_without_a_rhythm_are_taken_in_order() -> None:
    assert rhythm(np.array([0.0, 0.001, 5.0, 80.0]), False).places.tolist() == [0, 1, 2, 3]
    assert rhythm(_moments(["2026-01-01", "2026-01-31", "2026-03-01", "2026-03-20"]), True).places.tolist() == [
        0,
        1,
        2,
        3,
    ]
