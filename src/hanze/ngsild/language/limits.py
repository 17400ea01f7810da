# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How large the text forms of a query may be; a larger one is refused by a problem that says which limit."""

from typing import Any

from hanze.errors import TooComplexQuery

LONGEST = 8192
DEEPEST = 32
MOST_TERMS = 200
MOST_POSITIONS = 20_000


def length(text: str, field: str) -> str:
    if len(text) > LONGEST:
        raise TooComplexQuery(f"{field} has {len(text)} characters; at most {LONGEST} are allowed.", limit=LONGEST)
    return text


def depth(deep: int, field: str) -> None:
    if deep > DEEPEST:
        raise TooComplexQuery(f"{field} has more than {DEEPEST} brackets inside each other.", limit=DEEPEST)


def terms(count: int, field: str) -> None:
    if count > MOST_TERMS:
        raise TooComplexQuery(f"{field} has more than {MOST_TERMS} conditions.", limit=MOST_TERMS)


def positions(coordinates: list[Any], field: str) -> None:
    """Of a geometry that is one."""
    if _positions(coordinates) > MOST_POSITIONS:
        raise TooComplexQuery(f"{field} has more than {MOST_POSITIONS} positions.", limit=MOST_POSITIONS)


def _positions(value: list[Any]) -> int:
    return sum(map(_positions, value)) if value and isinstance(value[0], list) else 1
