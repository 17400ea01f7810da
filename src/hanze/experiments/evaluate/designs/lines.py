# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The course of units that have the measure at some moments and not at others, with what was expected without it."""

import numpy as np

from hanze.experiments.evaluate.designs.effects import Size, between
from hanze.experiments.evaluate.finding import Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.table import Bools, Floats


def line(panel: Panel, values: Floats, chosen: Bools, size: Size) -> list[Point]:
    """The mean of the chosen units (N,) of values (N, T), and less the effect where it is on; with the interval of the effect."""
    part = values[chosen]
    known = np.isfinite(part)
    count = known.sum(axis=0)
    observed = _over(np.where(known, part, 0.0).sum(axis=0), count)
    on = _over((panel.on[chosen] & known).sum(axis=0), count)
    ends = [np.where(on > 0, observed - one * on, np.nan) for one in (size.high, size.low)]
    return between(panel.times, observed, observed - size.middle * on, *ends)


def _over(top: Floats, bottom: Floats) -> Floats:
    found: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
    return found
