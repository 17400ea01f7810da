# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The query language of `q`. Source: ETSI GS CIM 009 V1.8.1, clause 4.9.

q=temperature>20;(status=="open","new"|isParked)     q=address[city]=="Utrecht"     q=level.observedAt>2026-01-01T00:00:00Z
q=managedBy{name}=="Jansen"     q=locatedIn{Room,Hall:floor{number}}>3
"""

import re
from collections.abc import Collection
from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild import pattern
from hanze.ngsild.checks import name, shown
from hanze.ngsild.context import Context
from hanze.ngsild.language import limits
from hanze.ngsild.language.logic import Cursor, expression
from hanze.ngsild.selection import Compare, Exists, Linked, Literal, Path, Range

OPERATORS = ("!~=", "==", "!=", ">=", "<=", "~=", ">", "<")
MEMBERS = frozenset({"observedAt", "createdAt", "modifiedAt", "unitCode", "datasetId", "deletedAt", "expiresAt"})
ENTITY_MEMBERS = frozenset({"id", "type", "createdAt", "modifiedAt"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_STOPS = ";|()<>=!~{}"


def parse(text: str, context: Context, expanded: Collection[str] = ()) -> Any:
    """The query; BadRequestData with the position where the text is none. `expanded`: attributes (IRIs) whose values in
    the query are words of a vocabulary, which the context expands (expandValues)."""
    cursor = Cursor(text, "q")
    found = expression(cursor, lambda c: _term(c, context, expanded), "|")
    if cursor.peek():
        raise cursor.wrong("; or | or the end")
    return found


def _term(cursor: Cursor, context: Context, expanded: Collection[str]) -> Any:
    """A condition on the entity, or on one that relationships lead to: the innermost braces hold what is compared."""
    links: list[tuple[Path, tuple[str, ...]]] = []
    path = _path(cursor, context)
    while cursor.take("{"):
        limits.depth(cursor.deep + len(links), cursor.field)
        links.append((path, _hint(cursor, context)))
        path = _path(cursor, context)
    for _ in links:
        if not cursor.take("}"):
            raise cursor.wrong("the closing }")
    found = _condition(cursor, path, context if path.attribute in expanded else None)
    for link, types in reversed(links):
        found = Linked(link, types, found)
    return found


def _condition(cursor: Cursor, path: Path, context: Context | None) -> Any:
    for op in OPERATORS:
        if cursor.take(op):
            return Compare(path, op, _values(cursor, op, context))
    return Exists(path)


def _hint(cursor: Cursor, context: Context) -> tuple[str, ...]:
    """Types of the entities that a relationship leads to, before a colon; none where nothing is said."""
    start = cursor.at
    words = cursor.until(":{}[").split(",")
    if not cursor.take(":") or cursor.peek() == "/" or (len(words) == 1 and words[0] in context.prefixes):
        cursor.at = start
        return ()
    return tuple(context.expand(name(word, cursor.field)) for word in words)


def path(text: str, context: Context, field: str) -> Path:
    """A path that is the whole text, as in orderBy."""
    cursor = Cursor(text, field)
    found = _path(cursor, context)
    if cursor.peek():
        raise cursor.wrong("the end of the path")
    return found


def _path(cursor: Cursor, context: Context) -> Path:
    outer = cursor.until(_STOPS + "[")
    inner: tuple[str, ...] = ()
    if cursor.take("["):
        keys = cursor.until("]")
        if not keys or not cursor.take("]"):
            raise cursor.wrong("keys and the closing ]")
        inner = tuple(keys.split("."))
    names = [outer] if "://" in outer else outer.split(".")
    if not all(names):
        raise cursor.wrong("the name of an attribute")
    first, *rest = names
    member = first in ENTITY_MEMBERS and not rest
    attribute = first if member else context.expand(name(first, cursor.field))
    for one in rest:
        name(one, cursor.field)
    return Path(attribute, tuple(one if one in MEMBERS else context.expand(one) for one in rest), inner)


def _values(cursor: Cursor, op: str, context: Context | None) -> tuple[Literal | Range, ...]:
    if op in ("~=", "!~="):
        text = _quoted(cursor) if cursor.peek() == '"' else _raw_pattern(cursor)
        pattern.compile(text)
        return (Literal("text", text),)
    found: list[Literal | Range] = [_value_or_range(cursor, op, context)]
    while cursor.take(","):
        found.append(_value_or_range(cursor, op, context))
    if len(found) > 1 and op not in ("==", "!="):
        raise cursor.wrong("one value only, lists go with == and !=")
    return tuple(found)


def _raw_pattern(cursor: Cursor) -> str:
    """A pattern without quotes ends at ; or at a bracket that it did not open."""
    start, deep = cursor.at, 0
    while (sign := cursor.peek()) and sign != ";" and not (sign in ")}" and deep == 0):
        deep += (sign in "({") - (sign in ")}")
        cursor.at += 1
    found = cursor.text[start : cursor.at]
    if not found:
        raise cursor.wrong("a pattern")
    return found


def _value_or_range(cursor: Cursor, op: str, context: Context | None) -> Literal | Range:
    low = _literal(cursor, context)
    if not cursor.take(".."):
        return low
    high = _literal(cursor, context)
    if op not in ("==", "!=") or low.kind != high.kind or low.kind == "boolean":
        raise cursor.wrong("a range of two numbers, texts or dates with == or !=")
    return Range(low, high)


def _literal(cursor: Cursor, context: Context | None) -> Literal:
    """`context`: where the value is a word that it expands."""
    if cursor.peek() == '"':
        text = _quoted(cursor)
        return Literal("text", text, _expanded(text, context))
    start = cursor.at
    word = cursor.until(';|,(){}"<>')
    if ".." in word:
        word = word[: word.index("..")]
        cursor.at = start + len(word)
    if not word:
        raise cursor.wrong("a value")
    if word in ("true", "false"):
        return Literal("boolean", word == "true")
    if _NUMBER.fullmatch(word):
        number = float(word)
        return Literal("number", int(word) if number.is_integer() and word.lstrip("+-").isdigit() else number)
    return Literal("word", word, _expanded(word, context))


def _expanded(text: str, context: Context | None) -> str:
    return "" if context is None or " " in text or not text else context.expand(text)


def _quoted(cursor: Cursor) -> str:
    cursor.at += 1
    found: list[str] = []
    while sign := cursor.peek():
        cursor.at += 1
        if sign == '"':
            return "".join(found)
        if sign == "\\" and cursor.peek() in ('"', "\\"):
            sign = cursor.peek()
            cursor.at += 1
        found.append(sign)
    raise BadRequestData(f"{cursor.field} is {shown(cursor.text)}: a text has no closing quote.")
