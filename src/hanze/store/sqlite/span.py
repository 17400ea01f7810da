# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The instants that a reader may see and asks for, as a condition on history rows."""

import msgspec

from hanze.ngsild.selection import Window
from hanze.store.scope import Grant
from hanze.store.sqlite.condition import Parameters


class Span(msgspec.Struct, frozen=True):
    """A condition on history h joined with shape s, its values, and the column that orders the rows."""

    sql: str
    values: Parameters
    column: str


def span(window: Window, covering: list[Grant]) -> Span:
    """`covering`: the grants that make the entity visible; they limit the period too."""
    column = "h.at" if window.property in ("observedAt", "deletedAt") else "h.modified"
    parts = ["s.gone = 1" if window.property == "deletedAt" else "s.gone = 0"]
    values: Parameters = []
    if window.relation:
        if window.property == "observedAt":
            parts.append("s.observed = 1")
        parts.append(f"{column} {'<' if window.relation == 'before' else '>='} ?")
        values.append(window.start)
        if window.relation == "between":
            parts.append(f"{column} < ?")
            values.append(window.end)
    if not any(grant.since is None and grant.until is None for grant in covering):
        periods = []
        for grant in covering:
            periods.append("(h.at >= ? AND h.at < ?)")
            values += [grant.since or -(1 << 62), (1 << 62) if grant.until is None else grant.until]
        parts.append(f"({' OR '.join(periods)})")
    return Span(" AND ".join(parts), values, column)
