# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Gaps in a panel: what is left out, what is drawn straight, and what it takes at least."""

import msgspec
import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.grid import cells, grid
from hanze.experiments.evaluate.question import Question
from tests.experiments.evaluate.designs.panels import from_, made

QUESTION = Question(design="synthetic-control", outcome="noise", time="day", unit="street")


def test_gaps_of_others_are_drawn_straight_and_of_the_treated_left_out() -> None:
    values = np.add.outer(10 * np.arange(4.0), np.arange(20.0))
    values[1, 5], values[2, :10], values[0, 3] = np.nan, np.nan, np.nan
    found = grid(made(values, from_(4, 20, 0, 15)), QUESTION)
    assert found.times.tolist() == [0, 1, 2, *range(4, 20)]
    assert found.units.tolist() == [0, 1, 3]
    assert found.values[1, 4] == 15
    assert (found.before, found.left_out, found.filled) == (14, 1, 1)


@pytest.mark.parametrize(
    ("units", "start", "told"),
    [(4, 2, "3 moments before the measure.*there are 2 and 18"), (2, 10, "2 units without the measure.*there are 1")],
)
def test_what_it_takes_is_said(units: int, start: int, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        grid(made(np.ones((units, 20)), from_(units, 20, 0, start)), QUESTION)


def test_a_measure_that_stops_is_for_another_design() -> None:
    on = from_(4, 20, 0, 10)
    on[0, 15:] = False
    with pytest.raises(ConfigurationError, match=r"switched off again.*switchback"):
        grid(made(np.ones((4, 20)), on), QUESTION)


def test_a_cell_is_per_exposure_and_by_weight() -> None:
    panel = made(np.full((1, 2), 6.0), np.zeros((1, 2), np.bool_))
    twice = msgspec.structs.replace(
        panel, unit=np.zeros(4, np.int64), time=np.array([0, 0, 1, 1]), outcome=np.array([6.0, 2.0, 6.0, 2.0]),
        exposure=np.array([3.0, 1.0, 2.0, 2.0]), weights=np.array([1.0, 1.0, 1.0, 3.0]),
    )  # fmt: skip
    np.testing.assert_allclose(cells(twice), [[8 / 4, 12 / 8]])


def test_the_treated_count_by_their_weights() -> None:
    on = from_(5, 20, 0, 10) | from_(5, 20, 1, 10)
    panel = msgspec.structs.replace(made(np.ones((5, 20)), on), weights=np.repeat([1.0, 3.0, 1.0, 1.0, 1.0], 20))
    assert grid(panel, QUESTION).share.tolist() == [0.25, 0.75]
