# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""History and journal rows of a transaction: gathered while works run, written in one go."""

from typing import Any

import apsw
import msgspec

from hanze.ngsild import times
from hanze.ngsild.entity import Change, Entity, Instance
from hanze.store.sqlite import rows
from hanze.store.sqlite.values import BIGGEST_INTEGER

MOST_SHAPES = 10_000

pack = msgspec.msgpack.Encoder().encode


class Body(msgspec.Struct, array_like=True):
    """What a journal row holds beside its columns; `first`: number of its first history row."""

    types: list[int]
    attributes: list[int]
    first: int
    changes: list[Change] = []
    entity: Entity | None = None


unpack = msgspec.msgpack.Decoder(Body).decode

Shape = tuple[str, str | None, str | None, bool, bool]
"""Kind, unitCode, datasetId, whether the instance has observedAt, whether it is the mark of a deletion."""

HistoryRow = tuple[int, int, int, int, int, int, Any, str | None]


class Tape:
    """Numbers history rows and journal rows in commit order."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._shapes: dict[Shape, int] = {}
        self.history: list[HistoryRow] = []
        self.journal: list[tuple[int, int, int, int, str, bytes]] = []
        self.expiring: list[tuple[int, int, int, int, int]] = []
        self._read_counters()

    def _read_counters(self) -> None:
        read = self._connection.execute
        self.number = read("SELECT value FROM meta WHERE key = 'number'").get or 0
        self.seq = read("SELECT value FROM meta WHERE key = 'seq'").get or 0
        self._written = (self.number, self.seq)

    def rolled_back(self) -> None:
        self.history.clear()
        self.journal.clear()
        self.expiring.clear()
        self._shapes.clear()
        self._read_counters()

    def instance(self, eid: int, aid: int, instance: Instance, now: int) -> None:
        """One instance joins the history."""
        row = self.row(eid, aid, instance, now)
        self.history.append(row)
        if row[-1] is not None:
            self.lasts(row, instance)

    def lasts(self, row: HistoryRow, instance: Instance) -> None:
        """Notes when the row goes, where its instance expires."""
        if "expiresAt" in instance:
            self.expiring.append((times.parse(instance["expiresAt"]), *row[:4]))

    def row(self, eid: int, aid: int, instance: Instance, now: int) -> HistoryRow:
        """The history row of an instance, with the next number."""
        self.number += 1
        observed = instance.get("observedAt")
        shape = (instance["type"], instance.get("unitCode"), instance.get("datasetId"), observed is not None, False)
        sid = self._shapes.get(shape) or self.shape(shape)
        value, doc = split(instance)
        return (eid, aid, now if observed is None else times.parse(observed), self.number, now, sid, value, doc)

    def gone(self, eid: int, aid: int, instance: Instance, now: int) -> None:
        """An instance was deleted: the mark of it."""
        self.number += 1
        sid = self.shape((instance["type"], None, instance.get("datasetId"), False, True))
        self.history.append((eid, aid, now, self.number, now, sid, None, None))

    def shape(self, shape: Shape) -> int:
        """The number of what instances have in common."""
        found = self._shapes.get(shape)
        if found is None:
            if len(self._shapes) >= MOST_SHAPES:
                self._shapes.clear()
            kind, unit, dataset, observed, gone = shape
            members = {"type": kind, "unitCode": unit, "datasetId": dataset}
            template = msgspec.json.encode({k: v for k, v in members.items() if v is not None}).decode()
            key = (template, observed, gone)
            found = self._connection.execute(
                "SELECT sid FROM shape WHERE template = ? AND observed = ? AND gone = ?", key
            ).get
            if found is None:
                self._connection.execute(
                    "INSERT INTO shape(template, observed, gone, dataset) VALUES (?, ?, ?, ?)", (*key, dataset)
                )
                found = self._connection.last_insert_rowid()
            self._shapes[shape] = found
        return found

    def entry(self, now: int, tn: int, eid: int, kind: str, body: Body) -> None:
        """One journal row."""
        self.seq += 1
        self.journal.append((self.seq, now, tn, eid, kind, pack(body)))

    def flush(self) -> None:
        rows.write(self._connection, "INSERT INTO history VALUES {rows}", self.history)
        rows.write(self._connection, "INSERT INTO journal VALUES {rows}", self.journal)
        self.history.clear()
        self.journal.clear()
        if self.expiring:
            self._connection.executemany("INSERT INTO expiring VALUES (?, ?, ?, ?, ?)", self.expiring)
            self.expiring.clear()
        if (self.number, self.seq) != self._written:
            self._connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('number', ?), ('seq', ?)", (self.number, self.seq)
            )
            self._written = (self.number, self.seq)


PLAIN = frozenset({"type", "value", "unitCode", "datasetId", "observedAt", "createdAt", "modifiedAt"})


def _whole(value: Any) -> bool:
    """An integer that the column can hold."""
    return type(value) is int and -BIGGEST_INTEGER <= value < BIGGEST_INTEGER


def split(instance: Instance) -> tuple[Any, str | None]:
    """Value column and document of an instance: no document where shape, value and time say all."""
    value: Any = instance.get("value")
    number = type(value) is float or _whole(value)
    if (number or type(value) is str) and instance["type"] == "Property" and PLAIN.issuperset(instance):
        return value, None
    doc = msgspec.json.encode({k: v for k, v in instance.items() if k not in ("createdAt", "modifiedAt")}).decode()
    return value if number or type(value) is bool else None, doc
