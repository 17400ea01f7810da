# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changed copies of a panel, to try designs on numbers whose truth is known: no measure, another one, an effect."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Table


def past(table: Table, question: Question) -> Panel:
    """All of the table, without a measure: what was asked of treated and start is left aside. Errors: ConfigurationError for a
    table of one moment, or as `panel`."""
    moments, _ = table.moments(question.time)
    if moments.min() == moments.max():
        raise ConfigurationError("The past has one moment, which does not tell what is usual; give a longer one.")
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
