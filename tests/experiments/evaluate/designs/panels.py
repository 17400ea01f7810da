# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Panels whose truth is known, and tables of published studies as a stranger reads them."""

import numpy as np

from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.question import Design, Question
from hanze.experiments.evaluate.table import Bools, Floats, read
from tests.feeds.kinds.serving import SHARED

STUDIES = SHARED / "experiments" / "synth"


def published(file: str, question: Question) -> Finding:
    """What a design finds in a raw file."""
    return designs.find(question.design)(panel(read(STUDIES / file), question), question, None)


def made(values: Floats, on: Bools, moments: Floats | None = None) -> Panel:
    """One row for each value of (N, T) that is known. `moments`: days, else the places in time are numbers."""
    count, times = values.shape
    unit, time = np.nonzero(np.isfinite(values))
    return Panel(
        units=tuple(f"u{one}" for one in range(count)), times=tuple(str(one) for one in range(times)),
        moments=np.arange(times, dtype=np.float64) if moments is None else moments, dated=moments is not None,
        unit=unit.astype(np.int64), time=time.astype(np.int64), outcome=values[unit, time], on=on,
        cluster=np.arange(count),
    )  # fmt: skip


def found(design: Design, values: Floats, on: Bools, seed: int = 1, moments: Floats | None = None) -> Finding:
    question = Question(design=design, outcome="noise", time="day", unit="street", seed=seed)
    return designs.find(design)(made(values, on, moments), question, None)


def wandering(units: int, moments: int, rho: float, rng: np.random.Generator) -> Floats:
    """(units, moments) around 0, with a standard deviation of about 1, correlated by `rho` from one moment to the next."""
    steps = rng.normal(0.0, np.sqrt(1 - rho**2), (units, moments + 100))
    values = np.zeros_like(steps)
    for place in range(1, steps.shape[1]):
        values[:, place] = rho * values[:, place - 1] + steps[:, place]
    return values[:, 100:]


def shared(units: int, moments: int, rng: np.random.Generator) -> Floats:
    """Units on levels of their own that take part, each in its own measure, in two things that move all of them."""
    common = 3 * wandering(2, moments, 0.9, rng)
    return (
        50
        + rng.normal(0, 5, (units, 1))
        + rng.normal(1, 0.4, (units, 2)) @ common
        + wandering(units, moments, 0.5, rng)
    )


def from_(units: int, moments: int, chosen: int, start: int) -> Bools:
    """(units, moments): the chosen one has the measure from `start` on."""
    on = np.zeros((units, moments), np.bool_)
    on[chosen, start:] = True
    return on
