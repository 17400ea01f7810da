# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result as an entity keeps it: JSON without numbers that have no end, and the other way round."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hanze.experiments.evaluate.finding import Point
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import moment

MOST_POINTS = 2_000
"""Of the line; of more each stretch is kept as its mean."""

ENDS = {"estimate": math.nan, "se": math.nan, "low": -math.inf, "high": math.inf}
"""Numbers of a finding that are always there; what they are where JSON has none."""


def told(result: Result) -> dict[str, Any]:
    """What can be read again; residuals, which only checks need, are left out."""
    ours = result.finding
    tables = {name: _known(getattr(ours, name)) for name in ("weights", "parts", "details")}
    finding = msgspec.structs.replace(ours, residuals=(), line=_thinned(result), **tables)
    found: dict[str, Any] = _finite(msgspec.to_builtins(msgspec.structs.replace(result, finding=finding)))
    return found


def read(found: Mapping[str, Any] | None) -> Result | None:
    """None where there is none that can be read, such as of another version."""
    finding = (found or {}).get("finding")
    if found is None or not isinstance(finding, Mapping):
        return None
    ends = {name: none for name, none in ENDS.items() if finding.get(name) is None}
    try:
        return msgspec.convert({**found, "finding": {**finding, **ends}}, Result)
    except msgspec.ValidationError:
        return None


def _known(found: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in found.items() if math.isfinite(value)}


def _finite(value: Any) -> Any:
    """What has no end is null; in a sentence it is said."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        if set(value) == {"text", "values"}:
            return {"text": value["text"], "values": {name: _said(one) for name, one in value["values"].items()}}
        return {name: _finite(one) for name, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value


def _said(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return "\u2013" if math.isnan(value) else "\u221e" if value > 0 else "\u2212\u221e"
    return _finite(value)


def _thinned(result: Result) -> tuple[Point, ...]:
    """Never across the moment at which the measure begins."""
    line, since = result.finding.line, moment(result.question.start)
    if len(line) <= MOST_POINTS or since is None:
        return line
    begins = next((place for place, one in enumerate(line) if (moment(one.time) or (0.0,))[0] >= since[0]), 0)
    size = -(-len(line) // MOST_POINTS)
    halves = (line[:begins], line[begins:])
    return tuple(_mean(half[first : first + size]) for half in halves for first in range(0, len(half), size))


def _mean(part: Sequence[Point]) -> Point:
    columns = ([getattr(one, name) for one in part] for name in ("observed", "expected", "low", "high"))
    known = ([value for value in column if value is not None] for column in columns)
    return Point(part[0].time, *(sum(column) / len(column) if column else None for column in known))
