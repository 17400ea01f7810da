# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A condition of q as SQL over the value index, exact for what the index holds and handed to `match` for the rest."""

from collections.abc import Callable, Sequence

from hanze.ngsild import match
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import All, Any_, Compare, Exists, Literal, Path, Query, Range
from hanze.store.sqlite.values import BIGGEST_INTEGER, FALSE, LONGEST_TEXT, LOOK, TRUE, word_value

NONE = "SELECT 0 AS eid WHERE 0"

Parameters = list[object]
Sql = tuple[str, Parameters]
Number = Callable[[str], int | None]
Keep = Callable[[Callable[[Entity], bool]], int]


class Conditions:
    """Compiles the conditions of one query.

    `number`: attribute IRI to its number. `tids`: types the entity may have, as SQL list. `keep`: registers a predicate
    on entities and gives the number by which SQL calls it. `hidden`: attributes that must behave as if they were absent.
    `lookup`: what a relationship leads to.
    """

    def __init__(
        self, number: Number, tids: str, keep: Keep, hidden: Callable[[str], bool], lookup: match.Lookup
    ) -> None:
        self._number = number
        self._tids = tids
        self._keep = keep
        self._hidden = hidden
        self._lookup = lookup

    def ids(self, query: Query) -> Sql | None:
        """A SELECT of the entities (column eid, perhaps more than once) that fulfil the query; None where the index
        cannot give them."""
        if isinstance(query, Exists) and _plain(query.path):
            return self._rows(query.path, "", [])
        if isinstance(query, Compare) and _plain(query.path):
            return self._compare(query)
        if isinstance(query, Any_):
            parts = [self.ids(part) for part in query.of]
            if all(part is not None for part in parts):
                found = [part for part in parts if part is not None]
                return " UNION ALL ".join(sql for sql, _ in found), [value for _, values in found for value in values]
        return None

    def has_any(self, attributes: Sequence[str]) -> Sql:
        """The entities that have at least one of the attributes."""
        return " UNION ALL ".join(self._rows(Path(name), "", [])[0] for name in attributes), []

    def holds(self, query: Query) -> Sql:
        """A boolean expression on d.eid."""
        if isinstance(query, All | Any_):
            word = " AND " if isinstance(query, All) else " OR "
            parts = [self.holds(part) for part in query.of]
            return "(" + word.join(sql for sql, _ in parts) + ")", [value for _, values in parts for value in values]
        if isinstance(query, Compare):
            found = self.ids(query)
            if found is not None:
                return f"d.eid IN ({found[0]})", found[1]
        return self.looks(query)

    def looks(self, query: Query) -> Sql:
        """The expression that opens the entity and asks `match`."""
        if not isinstance(query, All | Any_) and self._absent(query.path):
            return "0", []
        token = self._keep(lambda entity: match.query(entity, query, self._lookup))
        return "fulfils(?, (SELECT doc FROM entity WHERE eid = d.eid))", [token]

    def _absent(self, path: Path) -> bool:
        return ":" in path.attribute and self._hidden(path.attribute)

    def _rows(self, path: Path, condition: str, values: Parameters) -> Sql:
        aid = None if self._hidden(path.attribute) else self._number(path.attribute)
        if aid is None:
            return NONE, []
        return f"SELECT eid FROM value WHERE aid = {aid} AND tid IN ({self._tids}){condition}", values

    def _compare(self, query: Compare) -> Sql | None:
        parts = []
        for value in query.values:
            bounds = _bounds(query.op, value)
            if bounds is None:
                return None
            parts += [self._rows(query.path, condition, values) for condition, values in bounds]
        token = self._keep(lambda entity: match.query(entity, query))
        parts.append(
            self._rows(
                query.path,
                " AND v = x'' AND fulfils(?, (SELECT doc FROM entity e WHERE e.eid = value.eid))",
                [token],
            )
        )
        return " UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _plain(path: Path) -> bool:
    return ":" in path.attribute and not path.sub and not path.inner


def _bounds(op: str, value: Literal | Range) -> list[tuple[str, Parameters]] | None:
    """Conditions on v, any of which may hold; None where the index cannot tell."""
    if isinstance(value, Range):
        if op != "==" or not _indexed(value.low) or not _indexed(value.high) or value.low.kind != value.high.kind:
            return None
        return [(" AND v BETWEEN ? AND ?", [value.low.value, value.high.value])]
    if value.kind == "boolean":
        return [(" AND v = ?", [TRUE if value.value else FALSE])] if op == "==" else None
    if not _indexed(value) or op not in ("==", ">", ">=", "<", "<="):
        return None
    text = isinstance(value.value, str)
    if op == "==":
        words = {word_value(str(value.value)), word_value(value.expanded)} - {LOOK} if text else set[bytes]()
        return [(" AND v = ?", [one]) for one in (value.value, *words)]
    if op in (">", ">="):
        return [(f" AND v {op} ? AND v < {_END_TEXT if text else _END_NUMBERS}", [value.value])]
    return [(f" AND v {op} ? AND v >= {_END_NUMBERS if text else _START}", [value.value])]


_START = "-9e999"
_END_NUMBERS = "''"
_END_TEXT = "x''"


def _indexed(value: Literal) -> bool:
    """Numbers, and texts that surely mean text: a word that could be a date is compared by `match`."""
    if value.kind == "number":
        return not isinstance(value.value, int) or -BIGGEST_INTEGER <= value.value < BIGGEST_INTEGER
    if value.kind not in ("text", "word") or not isinstance(value.value, str) or len(value.value) > LONGEST_TEXT:
        return False
    return value.kind == "text" or not value.value[:1].isdigit()
