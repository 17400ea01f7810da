# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of constraints compared as their datatypes mean it."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from hanze.errors import BadRequestData
from hanze.experiments.agreements.odrl.graph import XSD, Ref, Term, Value
from hanze.experiments.agreements.odrl.vocabulary import NAMESPACE
from hanze.ngsild import duration

_NUMBERS = frozenset(
    XSD + one
    for one in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "unsignedInt", "unsignedLong", "unsignedShort", "nonPositiveInteger", "negativeInteger",
    )
)  # fmt: skip

_DURATIONS = frozenset(XSD + one for one in ("duration", "dayTimeDuration"))

Part = Callable[[str, str], bool]
"""Whether the first thing (an IRI) is part of the second."""


def meant(term: Term) -> tuple[str, Any]:
    """What a value means, with the kind among which it can be ordered; a text where the datatype is unknown or it is none of it."""
    if isinstance(term, Ref):
        return "text", term.iri
    try:
        return _meant(term)
    except (ValueError, InvalidOperation, BadRequestData):
        return "text", term.text


def _meant(term: Value) -> tuple[str, Any]:
    if term.type in (XSD + "dateTime", XSD + "dateTimeStamp"):
        moment = datetime.fromisoformat(term.text)
        return "moment", moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if term.type == XSD + "date":
        return "moment", datetime.combine(date.fromisoformat(term.text[:10]), time(), UTC)
    if term.type in _NUMBERS:
        number = Decimal(term.text)
        return ("number", number) if number.is_finite() else ("text", term.text)
    if term.type in _DURATIONS:
        fixed = duration.parse(term.text).fixed
        return ("text", term.text) if fixed is None else ("duration", fixed)
    if term.type == XSD + "boolean":
        return "boolean", term.text in ("true", "1")
    return "text", term.text


def same(one: Term, other: Term) -> bool:
    """Equal as values: 1.0 is 1, and a moment is the same in every zone."""
    return meant(one) == meant(other)


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Term, Term], bool]:
    def compared(one: Term, other: Term) -> bool:
        (kind, left), (against, right) = meant(one), meant(other)
        return kind == against and kind in ("moment", "number", "duration") and test(left, right)

    return compared


_ORDERS: Mapping[str, Callable[[Term, Term], bool]] = {
    "lt": _ordered(lambda one, other: one < other),
    "lteq": _ordered(lambda one, other: one <= other),
    "gt": _ordered(lambda one, other: one > other),
    "gteq": _ordered(lambda one, other: one >= other),
}


def holds(operator: str, left: tuple[Term, ...], right: tuple[Term, ...], part: Part) -> bool:
    """Whether `left operator right` holds (vocabulary, 3.4.2 to 3.4.13). What is not known satisfies nothing, not even that it
    differs; an order has to hold for each value that is known."""
    name = operator.removeprefix(NAMESPACE)
    if not left or not right:
        return False
    if name in _ORDERS:
        return all(_ORDERS[name](one, other) for one in left for other in right)
    return _SETS[name](left, right, part)


def _in(one: Term, terms: tuple[Term, ...]) -> bool:
    return any(same(one, other) for other in terms)


def _part(one: Term, other: Term, part: Part) -> bool:
    return same(one, other) or (isinstance(one, Ref) and isinstance(other, Ref) and part(one.iri, other.iri))


_SETS: Mapping[str, Callable[[tuple[Term, ...], tuple[Term, ...], Part], bool]] = {
    "eq": lambda left, right, part: all(_in(one, right) for one in left) and all(_in(one, left) for one in right),
    "neq": lambda left, right, part: not any(_in(one, right) for one in left),
    "isA": lambda left, right, part: any(_part(one, other, part) for one in left for other in right),
    "isAnyOf": lambda left, right, part: any(_in(one, right) for one in left),
    "isAllOf": lambda left, right, part: all(_in(one, left) for one in right),
    "isNoneOf": lambda left, right, part: not any(_in(one, right) for one in left),
    "isPartOf": lambda left, right, part: all(any(_part(one, other, part) for other in right) for one in left),
    "hasPart": lambda left, right, part: all(any(_part(other, one, part) for one in left) for other in right),
}
