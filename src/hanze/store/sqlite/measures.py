# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregation methods on values of any kind, and which methods can be taken of which kind.

Every value can be counted. Of numbers and booleans (true is 1) all methods can be taken; of lists, by their lengths, all
but stddev and sumsq; of texts min and max. stddev is that of a sample (n - 1), so one value has none.
Source: ETSI GS CIM 009 V1.8.1, table 4.5.19.1-1.
"""

import statistics
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from hanze.errors import InvalidRequest
from hanze.ngsild.entity import VALUE_MEMBER, Instance

COUNTS = ("totalCount", "distinctCount")
TEXTS = (*COUNTS, "min", "max")
LISTS = (*COUNTS, "sum", "avg", "min", "max")
METHODS = (*COUNTS, "sum", "avg", "min", "max", "stddev", "sumsq")


def value(instance: Instance, methods: Sequence[str], attribute: str) -> Any:
    """The value that is aggregated; InvalidRequest where one of the methods cannot be taken of it."""
    kind = instance["type"]
    found = instance.get(VALUE_MEMBER[kind])
    if isinstance(found, dict) and "@value" in found:
        found = found["@value"]
    what, fits = _kind(kind, found)
    for method in methods:
        if method not in fits:
            raise InvalidRequest(
                f"aggrMethods has {method}, which cannot be taken of {attribute}: one of its values is a {what}. "
                f"Ask for {', '.join(fits)}, or name other attributes in attrs."
            )
    return found


def _kind(kind: str, found: Any) -> tuple[str, tuple[str, ...]]:
    if kind not in ("Property", "ListProperty"):
        return kind, COUNTS
    if isinstance(found, list):
        return "list", LISTS
    if isinstance(found, str):
        return "text", TEXTS
    return ("number", METHODS) if isinstance(found, int | float) else ("object", COUNTS)


def _sizes(values: list[Any]) -> list[float]:
    return [float(len(one)) if isinstance(one, list) else float(one) for one in values]


def _best(values: list[Any], pick: Callable[[Any], Any]) -> Any:
    """Texts only count where there are no numbers."""
    others = [one for one in values if not isinstance(one, str)]
    return pick(_sizes(others)) if others else pick(values)


_TAKE: dict[str, Callable[[list[Any]], Any]] = {
    "totalCount": len,
    "distinctCount": lambda values: len({msgspec.json.encode(one, order="deterministic") for one in values}),
    "sum": lambda values: sum(_sizes(values)),
    "avg": lambda values: statistics.fmean(_sizes(values)),
    "min": lambda values: _best(values, min),
    "max": lambda values: _best(values, max),
    "stddev": lambda values: statistics.stdev(_sizes(values)) if len(values) > 1 else None,
    "sumsq": lambda values: sum(one * one for one in _sizes(values)),
}


def take(method: str, values: list[Any]) -> Any:
    """What the method makes of at least one value; None where it makes nothing of so few."""
    return _TAKE[method](values)
