# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How sure a change of level is where moments depend on the one before: against dense matrices, and over many short series."""

import numpy as np
import pytest

from hanze.experiments.evaluate.designs.dependence import CORRELATIONS, variance
from hanze.experiments.evaluate.table import Floats, Ints
from tests.experiments.evaluate.designs.tried import find, series


def _dense(outcome: Floats, columns: Floats, places: Ints) -> float:
    """By the formula of the restricted likelihood, with whole matrices."""
    likely, found, degrees = [], [], len(outcome) - columns.shape[1]
    for one in CORRELATIONS:
        shared = float(one) ** np.abs(places[:, None] - places[None]).astype(float)
        turned = np.linalg.inv(shared)
        inner = columns.T @ turned @ columns
        left = outcome - columns @ np.linalg.solve(inner, columns.T @ turned @ outcome)
        scale = float(left @ turned @ left) / degrees
        sizes = np.linalg.slogdet(shared)[1] + np.linalg.slogdet(inner)[1]
        likely.append(-sizes / 2 - degrees / 2 * np.log(scale))
        plain = np.linalg.pinv(columns)
        found.append(scale * (plain @ shared @ plain.T)[0, 0])
    parts = np.exp(np.array(likely) - max(likely))
    return float(parts @ np.array(found) / parts.sum())


def test_it_is_what_whole_matrices_give_also_where_moments_miss() -> None:
    rng = np.random.default_rng(3)
    places = np.delete(np.arange(30), [4, 11, 12, 25])
    columns = np.column_stack([places >= 20, places, np.ones(len(places))]).astype(float)
    outcome = np.cumsum(rng.normal(size=len(places)))
    assert variance(outcome, columns, places) == pytest.approx(_dense(outcome, columns, places), rel=1e-9)


@pytest.mark.parametrize("correlation", [0.0, 0.5])
def test_a_short_series_without_an_effect_seldom_shows_one(correlation: float) -> None:
    """By the errors of Newey & West alone it is 20 to 30 %."""
    seen = 0
    for seed in range(200):
        noise = np.random.default_rng(seed).normal(size=60)
        for place in range(1, 60):
            noise[place] += correlation * noise[place - 1]
        found = find(series(100 + noise[20:], 28), "its", treated=("on",))
        seen += not found.low <= 0 <= found.high
    assert seen <= 19
