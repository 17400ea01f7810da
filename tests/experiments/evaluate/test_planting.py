# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies of a panel are changed where they should be, and nowhere else."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import past, placed, planted
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table

ROWS = [(unit, f"2026-0{month}-01", 10 * place + month) for place, unit in enumerate("abc") for month in range(1, 6)]
TABLE = Table(
    {
        "street": [unit for unit, _, _ in ROWS],
        "month": [month for _, month, _ in ROWS],
        "no2": [str(value) for _, _, value in ROWS],
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


def test_one_moment_is_no_past() -> None:
    table = Table({name: words[:1] for name, words in TABLE.columns.items()}, "")
    with pytest.raises(ConfigurationError, match="give a longer one"):
        past(table, QUESTION)
