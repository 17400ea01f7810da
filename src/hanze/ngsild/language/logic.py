# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Expressions of and, or and brackets around something else: the frame that q, types and scopeQ share."""

from collections.abc import Callable
from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown
from hanze.ngsild.language import limits
from hanze.ngsild.selection import All, Any_


class Cursor:
    """A text and where reading stands in it."""

    def __init__(self, text: str, field: str) -> None:
        self.text = limits.length(text, field)
        self.field = field
        self.at = 0
        self.terms = 0
        self.deep = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, sign: str) -> bool:
        """Moves past the sign where it stands here."""
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def until(self, stops: str) -> str:
        """The text up to one of the signs, which stays."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops:
            self.at += 1
        return self.text[start : self.at]

    def wrong(self, expected: str) -> BadRequestData:
        found = self.peek() or "the end"
        return BadRequestData(
            f"{self.field} is {shown(self.text)}: at position {self.at + 1} stands {found!r}; give {expected}."
        )


def expression(cursor: Cursor, term: Callable[[Cursor], Any], ors: str, ands: str = ";") -> Any:
    """`or` of `and` of terms or expressions in brackets; `ors`: the signs that mean or."""
    limits.depth(cursor.deep, cursor.field)
    cursor.deep += 1
    either = [_all(cursor, term, ors, ands)]
    while cursor.peek() and cursor.peek() in ors:
        cursor.at += 1
        either.append(_all(cursor, term, ors, ands))
    cursor.deep -= 1
    return either[0] if len(either) == 1 else Any_(tuple(either))


def _all(cursor: Cursor, term: Callable[[Cursor], Any], ors: str, ands: str) -> Any:
    every = [_one(cursor, term, ors, ands)]
    while cursor.peek() and cursor.peek() in ands:
        cursor.at += 1
        every.append(_one(cursor, term, ors, ands))
    return every[0] if len(every) == 1 else All(tuple(every))


def _one(cursor: Cursor, term: Callable[[Cursor], Any], ors: str, ands: str) -> Any:
    if cursor.take("("):
        inner = expression(cursor, term, ors, ands)
        if not cursor.take(")"):
            raise cursor.wrong("the closing bracket )")
        return inner
    cursor.terms += 1
    limits.terms(cursor.terms, cursor.field)
    return term(cursor)


def whole(text: str, field: str, term: Callable[[Cursor], Any], ors: str) -> Any:
    """The expression that the whole text is."""
    cursor = Cursor(text, field)
    found = expression(cursor, term, ors)
    if cursor.peek():
        raise cursor.wrong("; or | or the end")
    return found
