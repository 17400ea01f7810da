# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How large the text forms of a query may be; a larger one is refused by a problem that says which limit."""

from hanze.errors import TooComplexQuery

LONGEST = 8192
DEEPEST = 32
MOST_TERMS = 200


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
