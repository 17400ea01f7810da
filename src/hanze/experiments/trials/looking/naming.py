# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result speaks of units and columns as its table calls them; for people they get names, and parts come by neighbourhood."""

from collections.abc import Mapping

import msgspec

from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.result import Check, Result
from hanze.experiments.told import Told

Names = Mapping[str, str]
"""From what the table says to what people call it."""


def named(result: Result, names: Names) -> Result:
    """Nothing but words changes."""
    question = msgspec.structs.replace(
        result.question, outcome=names.get(result.question.outcome, result.question.outcome),
        treated=tuple(names.get(one, one) for one in result.question.treated),
    )  # fmt: skip
    return msgspec.structs.replace(
        result, question=question, finding=_finding(result.finding, names),
        checks=tuple(_check(one, names) for one in result.checks), sure=told(result.sure, names),
        advice=told(result.advice, names),
    )  # fmt: skip


def by_area(result: Result, places: Names) -> Result:
    """The parts are those of the areas in which the units lie, each the mean of its units; of units in none nothing is said."""
    found: dict[str, list[float]] = {}
    for unit, share in result.finding.parts.items():
        if unit in places:
            found.setdefault(places[unit], []).append(share)
    parts = {area: sum(shares) / len(shares) for area, shares in found.items()}
    return msgspec.structs.replace(result, finding=msgspec.structs.replace(result.finding, parts=parts))


def told(one: Told, names: Names) -> Told:
    return Told(one.text, {place: _value(value, names) for place, value in one.values.items()})


def _value(value: str | float | Told, names: Names) -> str | float | Told:
    if isinstance(value, Told):
        return told(value, names)
    if not isinstance(value, str):
        return value
    return names.get(value) or ", ".join(names.get(one, one) for one in value.split(", "))


def _check(one: Check, names: Names) -> Check:
    return msgspec.structs.replace(one, told=told(one.told, names))


def _finding(one: Finding, names: Names) -> Finding:
    parts = {names.get(unit, unit): share for unit, share in one.parts.items()}
    weights = {names.get(unit, unit): weight for unit, weight in one.weights.items()}
    return msgspec.structs.replace(one, method=told(one.method, names), parts=parts, weights=weights)
