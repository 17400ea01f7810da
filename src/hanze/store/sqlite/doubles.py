# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knows an instance of the history again, so that what is loaded twice is kept once.

An instance is a double where attribute, datasetId, observedAt and value are the same. Another value of the same moment is
a further instance where the node observes it, and a correction where the history itself is provided.
"""

from typing import Any

import apsw
import msgspec

from hanze.ngsild.entity import VALUE_MEMBER
from hanze.store.sqlite.kept import COLUMNS, Row, decode

SERIES = "FROM history h JOIN shape s ON s.sid = h.sid WHERE s.gone = 0 AND s.dataset IS ? AND s.observed = ? "
SAME_MOMENT = f"SELECT {COLUMNS} {SERIES} AND h.eid = ? AND h.aid = ? AND h.at = ? ORDER BY h.number"
SAME_MOMENTS = f"SELECT h.at, h.value, h.doc {SERIES} AND h.eid = ? AND h.aid = ? AND h.at BETWEEN ? AND ?"

Double = tuple[int, Any]
"""Moment and value; the value as JSON text where it is more than a number or a text of a Property."""


def double(at: int, value: Any, doc: str | None) -> Double:
    """By what an instance is known: its moment, and its value out of column or document of its row."""
    if doc is None:
        return at, value
    known = decode(doc)
    found = known.get(VALUE_MEMBER[known["type"]])
    if known["type"] == "Property" and type(found) in (int, float, str):
        return at, found
    return at, msgspec.json.encode(found, order="deterministic")


def between(
    connection: apsw.Connection, eid: int, aid: int, first: int, last: int, dataset: str | None, *, observed: bool
) -> set[Double]:
    """What there is from the first moment to the last of one attribute and dataset."""
    rows: Any = connection.execute(SAME_MOMENTS, (dataset, observed, eid, aid, first, last))
    return {double(*row) for row in rows}


def together(
    connection: apsw.Connection, eid: int, aid: int, at: int, dataset: str | None, *, observed: bool
) -> list[Row]:
    """The rows of one moment of one attribute and dataset, the newest last."""
    rows: Any = connection.execute(SAME_MOMENT, (dataset, observed, eid, aid, at)).fetchall()
    return list(rows)
