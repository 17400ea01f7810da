# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changed copies of a panel, to try designs on numbers whose truth is known: another measure, a part, an effect that is planted."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Ints, Table


def past(table: Table, question: Question) -> Panel:
    """All of the table, without a measure: what was asked of treated and start is left aside."""
    moments, _ = table.moments(question.time)
    last = str(table.words(question.time)[int(np.argmax(moments))])
    whole = msgspec.structs.replace(question, design="its", treated=(), first_treated="", start=last)
    found = panel(table, whole)
    return placed(found, np.zeros_like(found.on))


def placed(panel: Panel, on: Bools) -> Panel:
    """With the measure on where `on` (N, T) says so."""
    return msgspec.structs.replace(panel, on=on)


def planted(panel: Panel, share: float) -> Panel:
    """With an effect: the outcome is so much higher (0.1: a tenth; below 0: lower) in the rows with the measure."""
    outcome = np.where(panel.rows_on(), panel.outcome * (1 + share), panel.outcome)
    return msgspec.structs.replace(panel, outcome=outcome)


def part(panel: Panel, units: Bools, times: slice) -> Panel:
    """Only these units (N,) and moments; units and moments stay where they have no row in it."""
    span = np.zeros(len(panel.times), np.bool_)
    span[times] = True
    rows = units[panel.unit] & span[panel.time]
    places, moments = np.cumsum(units) - 1, np.cumsum(span) - 1
    return msgspec.structs.replace(
        panel,
        units=tuple(name for name, kept in zip(panel.units, units, strict=True) if kept),
        times=panel.times[times], moments=panel.moments[times], on=panel.on[units][:, times],
        unit=places[panel.unit[rows]].astype(np.int64), time=moments[panel.time[rows]].astype(np.int64),
        outcome=panel.outcome[rows], cluster=_coded(panel.cluster[units]),
        season=None if panel.season is None else _coded(panel.season[rows]),
        exposure=None if panel.exposure is None else panel.exposure[rows],
        weights=None if panel.weights is None else panel.weights[rows],
        covariates={name: values[rows] for name, values in panel.covariates.items()},
    )  # fmt: skip


def _coded(codes: Ints) -> Ints:
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)
