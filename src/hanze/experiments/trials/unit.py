# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The unit of an outcome as people write it, and a number with it."""

from hanze.experiments.told import Told
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured, Outcome
from hanze.goals.indicators.known import Known
from hanze.ngsild.units import symbol

WITH, CLOSE = "%(number)s\u00a0%(unit)s", "%(number)s%(unit)s"
"""The two stay on one line; a percent sign stays close."""


def unit(one: Outcome, known: Known) -> str:
    """Empty where it has none. `known`: the indicators of the city."""
    if isinstance(one, Measured):
        return symbol(one.unit) if one.unit and one.unit != "C62" else ""
    if isinstance(one, Indicated):
        found = known.indicators.get(one.indicator)
        return "" if found is None or found.unit in ("1", "") else found.unit
    return one.unit if isinstance(one, Loaded) else ""


def measured(number: float, unit: str) -> float | Told:
    """A number with its unit, to be said in any language."""
    return Told(CLOSE if unit == "%" else WITH, {"number": number, "unit": unit}) if unit else number
