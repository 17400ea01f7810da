# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Designs on published tables and on tables that a test makes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.question import Design, Question
from hanze.experiments.evaluate.table import Bools, Floats, Table, read

DATA = Path(__file__).parents[5] / "shared" / "data" / "experiments"

recorded = pytest.mark.skipif(not DATA.exists(), reason="shared/data/experiments is not here")


def published(name: str, design: Design, **asked: Any) -> Finding:
    """What a design finds in a file of others, as the command does."""
    return find(read(DATA / name), design, **asked)


def find(table: Table, design: Design, **asked: Any) -> Finding:
    question = Question(design=design, **{"outcome": "y", "time": "t", **asked})
    return designs.find(design)(panel(table, question), question, None)


def made(columns: Mapping[str, Sequence[object]]) -> Table:
    return Table({name: [str(one) for one in values] for name, values in columns.items()}, "")


def series(values: Floats, start: int, times: Sequence[object] | None = None, **more: Sequence[object]) -> Table:
    """One unit with columns t, y and on, which is 1 from `start` on."""
    on = (np.arange(len(values)) >= start).astype(int)
    return made({"t": times or range(len(values)), "y": values.tolist(), "on": on.tolist(), **more})


def days(count: int, since: date = date(2024, 1, 1), step: int = 1) -> list[str]:
    return [str(since + timedelta(days=step * place)) for place in range(count)]


def units(values: Floats, on: Bools, covariates: Mapping[str, Floats] | None = None, **more: Any) -> Panel:
    """A panel of (N, T), without the cells that are NaN."""
    unit, time = np.nonzero(np.isfinite(values))
    return Panel(
        units=tuple(f"u{place}" for place in range(len(values))), times=tuple(str(one) for one in range(values.shape[1])),
        moments=np.arange(values.shape[1], dtype=np.float64), dated=False, unit=unit.astype(np.int64), time=time.astype(np.int64),
        outcome=values[unit, time], on=on, covariates={name: one[unit, time] for name, one in (covariates or {}).items()},
        **{"cluster": np.arange(len(values)), **more},
    )  # fmt: skip


def judge(values: Panel, design: Design, **asked: Any) -> Finding:
    question = Question(design=design, **{"outcome": "y", "time": "t", "unit": "u", **asked})
    return designs.find(design)(values, question, None)


def begun(values: Floats, first: Sequence[int]) -> Bools:
    """(N, T): the first units have the measure from these moments on."""
    on = np.zeros(values.shape, np.bool_)
    for unit, place in enumerate(first):
        on[unit, place:] = True
    return on


def close(found: Finding, other: Finding, times: float = 1.0) -> bool:
    """The same effect with the same interval, in other units of the outcome."""
    ends = [(one.estimate, one.se, one.low, one.high) for one in (found, other)]
    return ends[0] == pytest.approx([one * times for one in ends[1]], rel=1e-6, abs=1e-9)
