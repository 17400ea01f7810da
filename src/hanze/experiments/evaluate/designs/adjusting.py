# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Outcomes without what covariates that change over time explain of them."""

from collections.abc import Sequence

import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.grid import KNOWN, Grid, filled
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.table import Floats


def adjusted(panel: Panel, grid: Grid, names: Sequence[str]) -> Floats:
    """(N, T): the values of the grid less what the covariates explain among units without the measure, beside effects of units and
    of moments (Arkhangelsky and others 2021, note 4; Kranz 2022). Errors: ConfigurationError where a covariate is not known."""
    if not names:
        return grid.values
    courses = np.array([_course(panel, grid, name) for name in names])
    within = [_within(one[~grid.treated]).ravel() for one in courses]
    effect = np.linalg.lstsq(np.array(within).T, _within(grid.values[~grid.treated]).ravel(), rcond=None)[0]
    found: Floats = grid.values - np.tensordot(effect, courses - courses.mean(axis=(1, 2), keepdims=True), axes=1)
    return found


def _course(panel: Panel, grid: Grid, name: str) -> Floats:
    course = panel.matrix(panel.covariates[name])[np.ix_(grid.units, grid.times)]
    known = np.isfinite(course).mean(axis=1)
    if (known < KNOWN).any():
        raise ConfigurationError(
            f"{name} is known of {panel.units[grid.units[int((known < KNOWN).argmax())]]} at {known.min():.0%} of the moments; a "
            f"covariate of sdid must be known at {KNOWN:.0%} of them. Leave it out, or use synthetic-control, which asks for means."
        )
    return filled(course, panel.moments[grid.times])


def _within(values: Floats) -> Floats:
    """Less what a unit (N) has in common over time (T), and a moment over units."""
    found: Floats = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0, keepdims=True) + values.mean()
    return found
