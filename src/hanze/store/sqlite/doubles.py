# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knows an instance of the history again, so that what is loaded twice is kept once.

An instance is a double where attribute, datasetId, observedAt and value are the same. Another value of the same moment is
a further instance, since nothing that was observed is forgotten.
"""

from typing import Any

import apsw
import msgspec

from hanze.ngsild.entity import VALUE_MEMBER
from hanze.store.sqlite.kept import decode

SAME_MOMENTS = (
    "SELECT h.at, h.value, h.doc FROM history h JOIN shape s ON s.sid = h.sid WHERE h.eid = ? AND h.aid = ? "
    "AND h.at BETWEEN ? AND ? AND s.dataset IS ? AND s.observed = ? AND s.gone = 0"
)

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
    rows: Any = connection.execute(SAME_MOMENTS, (eid, aid, first, last, dataset, observed))
    return {double(*row) for row in rows}
