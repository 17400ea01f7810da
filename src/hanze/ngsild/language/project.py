# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""pick and omit, such as `id,name,locatedAt{name}`. Source: ETSI GS CIM 009 V1.8.1, clause 4.21."""

from hanze.ngsild.checks import name
from hanze.ngsild.context import Context
from hanze.ngsild.language import limits
from hanze.ngsild.language.logic import Cursor
from hanze.ngsild.render.form import Selector

MEMBERS = frozenset({"id", "type", "scope", "createdAt", "modifiedAt", "expiresAt"})


def parse(text: str, context: Context, field: str = "pick") -> tuple[Selector, ...]:
    """The selectors; BadRequestData where the text is none."""
    cursor = Cursor(text, field)
    found = _list(cursor, context, 0)
    if cursor.peek():
        raise cursor.wrong("a comma or the end")
    return found


def depth(selectors: tuple[Selector, ...]) -> int:
    """How many relationships deep the selectors go."""
    return max((1 + depth(one.inner) for one in selectors if one.inner), default=0)


def _list(cursor: Cursor, context: Context, deep: int) -> tuple[Selector, ...]:
    limits.depth(deep, cursor.field)
    found: list[Selector] = []
    while True:
        word = cursor.until(",|{}")
        if not word:
            raise cursor.wrong("a name")
        inner: tuple[Selector, ...] = ()
        if cursor.take("{"):
            inner = _list(cursor, context, deep + 1)
            if not cursor.take("}"):
                raise cursor.wrong("the closing }")
        found.append(Selector(word if word in MEMBERS else context.expand(name(word, cursor.field)), inner))
        limits.terms(len(found), cursor.field)
        if not cursor.take(",") and not cursor.take("|"):
            return tuple(found)
