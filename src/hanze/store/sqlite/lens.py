# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which rows of the history a question is about and a principal may see, as conditions on history h and its shape s.

Windows follow clause 4.11 of ETSI GS CIM 009 V1.8.1: before ends just before timeAt; after begins at timeAt; between
begins at timeAt and ends just before endTimeAt. With timeproperty observedAt a window holds only what was observed; where
no window is asked for, it is the whole history. With deletedAt the rows are the marks of deletions, else never.
"""

from collections.abc import Iterable, Sequence

import msgspec

from hanze.ngsild.selection import Window
from hanze.store.scope import Grant
from hanze.store.sqlite.condition import Parameters, Sql
from hanze.store.sqlite.kept import CREATED

SOURCE = "history h JOIN shape s ON s.sid = h.sid"

WHOLLY: Sql = ("1", [])
"""All of it may be seen."""


class Question(msgspec.Struct, frozen=True):
    """`key`: the moment that counts. `kind`: what sort of rows, and of which datasets. `bounds`: those in the window."""

    key: str
    kind: Sql
    bounds: Sql
    newest_first: bool

    @property
    def where(self) -> str:
        return f"{self.kind[0]} AND {self.bounds[0]}"

    @property
    def values(self) -> Parameters:
        """What `where` needs."""
        return [*self.kind[1], *self.bounds[1]]

    @property
    def order(self) -> str:
        direction = " DESC" if self.newest_first else ""
        return f"{self.key}{direction}, h.number{direction}"


def question(window: Window, datasets: Sequence[str] | None, *, newest_first: bool) -> Question:
    """`datasets`: datasetIds, `@none` for the default instance; None for all."""
    key = {
        "observedAt": "h.at",
        "deletedAt": "h.at",
        "createdAt": f"coalesce(json_extract(h.doc, '{CREATED}'), h.modified)",
        "modifiedAt": "h.modified",
    }[window.property]
    kind = f"s.gone = {int(window.property == 'deletedAt')}"
    if window.property == "observedAt" and window.relation:
        kind += " AND s.observed = 1"
    values: Parameters = []
    if datasets is not None:
        named = [one for one in datasets if one != "@none"]
        default = "s.dataset IS NULL OR " if len(named) < len(datasets) else ""
        kind += f" AND ({default}s.dataset IN (SELECT value FROM json_each(?)))"
        values.append(msgspec.json.encode(named).decode())
    return Question(key, (kind, values), _bounds(window, key), newest_first or window.last is not None)


def _bounds(window: Window, key: str) -> Sql:
    if not window.relation:
        return "1", []
    if window.relation == "before":
        return f"{key} < ?", [window.start]
    if window.relation == "after":
        return f"{key} >= ?", [window.start]
    return f"{key} >= ? AND {key} < ?", [window.start, window.end]


class Placed(Grant, frozen=True, kw_only=True):
    """One with an area, and by which numbers the store knows that (`border`) and the attribute that tells where things are
    (`place`): it shows the history only of when a thing was there (hanze.store.sqlite.stays)."""

    place: int
    border: int


WAS_THERE = """(SELECT coalesce(max(was_in(?, p.doc)), 1) FROM history p WHERE p.eid = h.eid AND p.aid = ? AND p.at = coalesce(
(SELECT max(at) FROM history WHERE eid = h.eid AND aid = ? AND at <= h.at),
(SELECT min(at) FROM history WHERE eid = h.eid AND aid = ?)))"""


def shown(covering: Iterable[Grant], attribute: str) -> Sql | None:
    """The rows of an attribute that grants which cover the entity show together; None: not one."""
    parts: list[str] = []
    values: Parameters = []
    hidden = True
    for grant in covering:
        if grant.attributes is not None and attribute not in grant.attributes:
            continue
        hidden = False
        sql, bounds = period(grant)
        if not bounds:
            return WHOLLY
        parts.append(sql)
        values += bounds
    return None if hidden else ("(" + " OR ".join(parts) + ")", values)


def period(grant: Grant) -> Sql:
    """The part of the history that a grant opens: from `since`, until just before `until`, and of when a thing was in its area."""
    bounds = [(">=", grant.since), ("<", grant.until)]
    given = [(op, moment) for op, moment in bounds if moment is not None]
    where, there = where_there(grant)
    parts = [f"h.at {op} ?" for op, _ in given] + ([where] if there else [])
    return " AND ".join(parts) or "1", [*(moment for _, moment in given), *there]


def where_there(grant: Grant) -> Sql:
    """The rows of when a thing was in the area of the grant."""
    if not isinstance(grant, Placed):
        return WHOLLY
    return WAS_THERE, [grant.border, grant.place, grant.place, grant.place]


def somewhere(grants: Iterable[Grant]) -> Sql:
    """The rows of when a thing was in the area of one of the grants."""
    found = [where_there(grant) for grant in grants]
    if WHOLLY in found or not found:
        return WHOLLY
    return "(" + " OR ".join(sql for sql, _ in found) + ")", [value for _, values in found for value in values]
