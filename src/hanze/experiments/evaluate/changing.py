# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changed panels, on which a design runs again: without some rows, units or moments, or as if the measure had begun earlier."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.table import Bools, Floats


def keep(panel: Panel, rows: Bools) -> Panel:
    """Of these rows (R,) only; units and moments that have none left are gone."""
    units, unit = np.unique(panel.unit[rows], return_inverse=True)
    times, time = np.unique(panel.time[rows], return_inverse=True)
    return msgspec.structs.replace(
        panel,
        units=tuple(panel.units[one] for one in units), times=tuple(panel.times[one] for one in times),
        moments=panel.moments[times], unit=unit.astype(np.int64), time=time.astype(np.int64),
        outcome=panel.outcome[rows], on=panel.on[np.ix_(units, times)], cluster=panel.cluster[units],
        season=None if panel.season is None else panel.season[rows],
        exposure=_some(panel.exposure, rows), weights=_some(panel.weights, rows),
        covariates={name: values[rows] for name, values in panel.covariates.items()},
    )  # fmt: skip


def _some(values: Floats | None, rows: Bools) -> Floats | None:
    return None if values is None else values[rows]


def without_units(panel: Panel, units: Bools) -> Panel:
    """Without those of (N,)."""
    return keep(panel, ~units[panel.unit])


def without_times(panel: Panel, times: Bools) -> Panel:
    """Without those of (T,)."""
    return keep(panel, ~times[panel.time])


def earlier(panel: Panel, moments: int) -> Panel:
    """As if the measure had begun so many moments earlier, from what was before it began only; moments at which none of the treated
    is left are gone."""
    first, treated = panel.first, panel.treated
    on = treated[:, None] & (np.arange(len(panel.times))[None, :] >= (first - moments)[:, None])
    rows = ~treated[panel.unit] | (panel.time < first[panel.unit])
    left = np.unique(panel.time[rows & treated[panel.unit]])
    return keep(msgspec.structs.replace(panel, on=on), rows & np.isin(panel.time, left))
