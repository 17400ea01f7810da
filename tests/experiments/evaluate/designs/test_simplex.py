# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Weights are the best ones: nothing on the way to any other unit is better."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.experiments.evaluate.designs.simplex import nearest, stepped
from hanze.experiments.evaluate.table import Floats


def distance(courses: Floats, target: Floats, weights: Floats, ridge: float) -> float:
    return float(((courses @ weights - target) ** 2).sum() + ridge**2 * (weights**2).sum())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(2, 15), st.sampled_from([0.0, 0.1, 3.0]))
def test_no_step_towards_a_unit_comes_closer(seed: int, moments: int, units: int, ridge: float) -> None:
    rng = np.random.default_rng(seed)
    courses, target = rng.normal(0, 5, (moments, units)) + 20, rng.normal(0, 5, moments) + 20
    weights = nearest(courses, target, ridge)
    assert weights.min() >= 0
    assert abs(weights.sum() - 1) < 1e-12
    slope = courses.T @ (courses @ weights - target) + ridge**2 * weights
    assert (slope - slope @ weights).min() > -1e-6 * max(1.0, float(np.abs(slope).max()))


def test_a_mixture_is_found_again() -> None:
    rng = np.random.default_rng(1)
    courses, weights = rng.normal(0, 1, (30, 5)), np.array([0.5, 0.3, 0.2, 0.0, 0.0])
    np.testing.assert_allclose(nearest(courses, courses @ weights), weights, atol=1e-8)
    np.testing.assert_allclose(stepped(courses, courses @ weights), weights, atol=1e-2)


def test_steps_come_as_close_as_the_best_but_for_little() -> None:
    rng = np.random.default_rng(2)
    courses, target = rng.normal(0, 1, (40, 10)), rng.normal(0, 1, 40)
    best, walked = nearest(courses, target), stepped(courses, target)
    least = distance(courses, target, best, 0.0)
    assert least <= distance(courses, target, walked, 0.0) <= least * (1 + 1e-3)


def test_where_several_fit_as_well_all_of_them_count() -> None:
    courses = np.ones((4, 3))
    np.testing.assert_allclose(nearest(courses, np.ones(4), 0.1), np.full(3, 1 / 3), atol=1e-9)
    np.testing.assert_allclose(stepped(courses, np.ones(4)), np.full(3, 1 / 3), atol=1e-9)
