# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A made-up city whose noise is known: streets that share the weather, and each its own."""

import numpy as np

from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import past
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table

QUESTION = Question(design="its", outcome="no2", unit="street", time="week")


def table(units: int = 12, weeks: int = 80, shared: float = 0.1, own: float = 0.02, seed: int = 1) -> Table:
    """Weeks from 2024-01-01. `shared`: standard deviation of the weather, as a share; `own`: of each street in a week."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(20, 40, units)
    moved = rng.normal(0, shared, weeks)[None, :] + rng.normal(0, own, (units, weeks))
    values = level[:, None] * np.exp(moved)
    days = np.datetime64("2024-01-01") + 7 * np.arange(weeks)
    return Table(
        {
            "street": [f"street {unit + 1}" for unit in range(units) for _ in range(weeks)],
            "week": [str(day) for _ in range(units) for day in days],
            "no2": [repr(value) for value in values.ravel().tolist()],
        },
        "made-up",
    )


def town(units: int = 12, weeks: int = 80, shared: float = 0.1, own: float = 0.02, seed: int = 1) -> Panel:
    return past(table(units, weeks, shared, own, seed), QUESTION)
