# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From rows of the history back to the attribute instances that they keep."""

from typing import Any

import apsw
import msgspec

from hanze.ngsild import times
from hanze.ngsild.entity import Instance
from hanze.store.base import TemporalInstance

MOST_SHAPES = 10_000

COLUMNS = "h.number, h.at, h.modified, h.sid, h.value, h.doc"

INSERT_HISTORY = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

CREATED = "$.createdAt"
"""Where a replaced instance keeps, in microseconds, when it first came in."""

Row = tuple[int, int, int, int, Any, str | None]

decode = msgspec.json.Decoder(dict[str, Any]).decode


class Shape(msgspec.Struct, frozen=True):
    """What many instances have in common: kind, unitCode and datasetId in `template`."""

    template: Instance
    observed: bool
    gone: bool


class Kept:
    """Reads rows of one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._shapes: dict[int, Shape] = {}
        self._moment = 0
        self._stamp = ""

    def shape(self, sid: int) -> Shape:
        found = self._shapes.get(sid)
        if found is None:
            if len(self._shapes) >= MOST_SHAPES:
                self._shapes.clear()
            sql = "SELECT template, observed, gone FROM shape WHERE sid = ?"
            row: Any = self._connection.execute(sql, (sid,)).fetchone()
            template, observed, gone = row
            found = self._shapes[sid] = Shape(decode(template), bool(observed), bool(gone))
        return found

    def instance(self, row: Row) -> TemporalInstance:
        """The instance with createdAt and modifiedAt; of the mark of a deletion what is known."""
        number, at, modified, sid, value, doc = row
        shape = self.shape(sid)
        stamp = self._text(modified)
        if shape.gone:
            return TemporalInstance(number, dict(shape.template), stamp)
        if doc is None:
            found = {**shape.template, "value": value}
            if shape.observed:
                found["observedAt"] = times.text(at)
        else:
            found = decode(doc)
        created = found.get("createdAt")
        found["createdAt"] = stamp if created is None else times.text(created)
        found["modifiedAt"] = stamp
        return TemporalInstance(number, found)

    def _text(self, moment: int) -> str:
        """Rows that were loaded together have one moment."""
        if moment != self._moment or not self._stamp:
            self._moment, self._stamp = moment, times.text(moment)
        return self._stamp
