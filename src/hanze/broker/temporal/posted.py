# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The temporal members of a posted Query, as parameters. Source: clauses 5.2.21, 5.2.23 and 5.2.44."""

from typing import Any

from hanze.broker.temporal.asked import AGGREGATION, WINDOW
from hanze.errors import BadRequestData
from hanze.ngsild import checks


def params(payload: Any) -> dict[str, str]:
    """The parameters of temporalQ and aggrParams; where they have methods, aggregates are asked for."""
    found = _members(payload, "temporalQ", WINDOW | AGGREGATION) | _members(payload, "aggrParams", AGGREGATION)
    if "aggrMethods" in found:
        found["options"] = "aggregatedValues"
    return found


def _members(payload: Any, name: str, known: frozenset[str]) -> dict[str, str]:
    given = payload.get(name, {})
    if not isinstance(given, dict):
        raise BadRequestData(f"{name} is {checks.shown(given)}; give an object.")
    return {member: _text(name, member, value) for member, value in given.items() if member in known}


def _text(name: str, member: str, value: Any) -> str:
    if member == "aggrMethods" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    if member == "lastN" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or member == "lastN":
        raise BadRequestData(
            f"{name}.{member} is {checks.shown(value)}; give a {'number' if member == 'lastN' else 'text'}."
        )
    return value
