# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mean of units and moments that are put together."""

import numpy as np
import pytest

from hanze.experiments.evaluate.designs.rhythm import Rhythm
from hanze.experiments.evaluate.designs.series import middle, series, together
from tests.experiments.evaluate.designs.tried import begun, units


def test_the_mean_of_complete_units_is_weighted() -> None:
    values = np.array([[1.0, 2.0], [5.0, 8.0]])
    assert middle(values, np.ones((2, 2))).tolist() == [3, 5]
    assert middle(values, np.array([[3.0, 3.0], [1.0, 1.0]])).tolist() == [2, 3.5]


def test_a_unit_that_is_missing_moves_the_mean_by_its_changes_only() -> None:
    values = np.array([[1.0, 2.0, 4.0], [101.0, np.nan, 104.0]])
    found = middle(values, np.isfinite(values).astype(float))
    assert np.diff(found) == pytest.approx([1, 2])
    assert np.isnan(middle(np.array([[1.0, np.nan]]), np.array([[1.0, 0.0]]))[1])


def test_moments_that_are_put_together_have_no_outcome_where_the_measure_began_in_them() -> None:
    values = np.arange(12.0).reshape(1, 12)
    whole = series(units(values, begun(values, [7])))
    made = together(whole, np.arange(12) // 4, Rhythm("week", np.arange(3)))
    assert made.times == ("0", "4", "8") and made.on.tolist() == [False, False, True]
    assert made.outcome[0] == 1.5 and np.isnan(made.outcome[1]) and made.outcome[2] == 9.5


def test_one_that_is_hardly_known_has_no_outcome() -> None:
    values = np.arange(12.0).reshape(1, 12)
    values[0, 8:10] = np.nan
    values[0, 1] = np.nan
    whole = series(units(values, begun(np.zeros((1, 12)), [4])))
    made = together(whole, np.arange(12) // 4, Rhythm("week", np.arange(3)))
    assert made.outcome[0] == pytest.approx(5 / 3) and np.isnan(made.outcome[2])


def test_a_covariate_that_is_not_known_is_drawn_straight() -> None:
    values = np.arange(8.0).reshape(1, 8)
    values[0, 3] = np.nan
    whole = series(units(values, begun(values, [5]), {"x": np.arange(8.0).reshape(1, 8) * 2}))
    assert whole.beside()[:, 0].tolist() == [0, 2, 4, 6, 8, 10, 12, 14]
