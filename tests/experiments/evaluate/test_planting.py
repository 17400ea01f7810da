# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies of a panel are changed where they should be, and nowhere else."""

import numpy as np
import pytest

from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import part, past, placed, planted
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table

ROWS = [(unit, f"2026-0{month}-01", 10 * place + month) for place, unit in enumerate("abc") for month in range(1, 6)]
TABLE = Table(
    {
        "street": [unit for unit, _, _ in ROWS],
        "month": [month for _, month, _ in ROWS],
        "no2": [str(value) for _, _, value in ROWS],
        "wind": [str(value / 2) for _, _, value in ROWS],
    },
    "",
)
QUESTION = Question(design="did", outcome="no2", unit="street", time="month", treated=("a",), start="2030-01-01")


@pytest.fixture(scope="module")
def whole() -> Panel:
    return past(TABLE, QUESTION)


def test_the_past_has_no_measure_whatever_was_asked(whole: Panel) -> None:
    assert whole.units == ("a", "b", "c") and len(whole.times) == 5
    assert not whole.on.any()


def test_an_effect_is_planted_where_the_measure_is_on(whole: Panel) -> None:
    on = np.zeros((3, 5), np.bool_)
    on[1, 3:] = True
    changed = planted(placed(whole, on), -0.1)
    assert (changed.outcome / whole.outcome)[on.ravel()] == pytest.approx([0.9, 0.9])
    assert (changed.outcome == whole.outcome)[~on.ravel()].all()


def test_a_part_keeps_what_belongs_together() -> None:
    question = Question(design="its", outcome="no2", unit="street", time="month", covariates=("wind",), season="month")
    kept = part(past(TABLE, question), np.array([True, False, True]), slice(1, 4))
    assert kept.units == ("a", "c") and kept.times == ("2026-02-01", "2026-03-01", "2026-04-01")
    assert kept.matrix(kept.outcome).tolist() == [[2, 3, 4], [22, 23, 24]]
    assert kept.matrix(kept.covariates["wind"])[1].tolist() == [11, 11.5, 12]
    assert kept.season is not None and kept.season.tolist() == [0, 1, 2, 0, 1, 2]
    assert kept.cluster.tolist() == [0, 1] and kept.on.shape == (2, 3)
