# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Interrupted time series: the treated compared with their own past, by the model that suits what was measured.

    an exposure was given                      counts per exposure          `rates`
    a long past (50 moments, or half a year
        of days, put together to weeks)        a level that wanders         `structural`
    else                                       straight lines               `segmented`

In each, the effect is a change of level that stays. It holds where nothing else changed the level when the measure began; no
model can tell. Hours are put together to days where there are two weeks of them."""

import numpy as np

from hanze.compute import Tell
from hanze.experiments.evaluate.designs import effects, rates, segmented, structural
from hanze.experiments.evaluate.designs.rhythm import Rhythm
from hanze.experiments.evaluate.designs.series import Series, series, together, treated
from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question

DAYS = 14
"""From so many days on, hours are put together."""


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Errors: ConfigurationError for several dates, too few moments, or a measure that cannot be told apart."""
    ours = treated(panel, question)
    counts = _counts(ours)
    if question.exposure:
        return rates.find(ours, question, counts)
    made = _by_day(series(ours), question)
    if structural.fits(made):
        return structural.find(ours, made, question, counts)
    return segmented.find(ours, made, question, counts)


def _counts(panel: Panel) -> Counts:
    seen = np.isin(np.arange(len(panel.times)), panel.time)
    on = panel.on[0] & seen
    return Counts(
        rows=len(panel.outcome), units=len(panel.units), treated=len(panel.units), clusters=len(np.unique(panel.cluster)),
        dates=effects.turns(panel.on[0]), before=int(seen[: panel.start].sum()), after=int(on.sum()),
    )  # fmt: skip


def _by_day(whole: Series, question: Question) -> Series:
    told = bool(question.season) or question.period is not None
    if whole.rhythm.step != "hour" or told or whole.moments[-1] - whole.moments[0] < DAYS:
        return whole
    keys = np.floor(whole.moments).astype(np.int64)
    return together(whole, keys, Rhythm("day", np.unique(keys) - keys[0]))
