# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The current entities as the writer sees them: what this transaction touched, a bounded cache, and the tables."""

from collections.abc import Iterable
from typing import Any

import apsw
import msgspec

from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.operations import soonest
from hanze.store.recent import Recent
from hanze.store.sqlite import rows
from hanze.store.sqlite.names import Names, family
from hanze.store.sqlite.places import BITS, row
from hanze.store.sqlite.values import index_values, places, same_in_indexes

MOST_CACHED = 16 << 20
BIGGEST_CACHED = 64 << 10
"""Bytes of JSON; larger entities are read anew each time, one by one."""

MOST_KINDS = 50_000

PUT = (
    "INSERT INTO entity VALUES {rows} ON CONFLICT (eid) DO UPDATE SET "
    "live = excluded.live, doc = excluded.doc, expires = excluded.expires, gone = excluded.gone"
)

ONE = "SELECT eid, live, doc, expires FROM entity WHERE tn = ? AND id = ?"

MANY = (
    "SELECT '{' || group_concat(json_quote(e.id) || ':' || iif(octet_length(e.doc) > ?, 'null', '[' || e.eid || ',' || "
    "iif(e.live, 'true', 'false') || ',' || e.doc || ',' || ifnull(e.expires, 'null') || ']')) || '}' "
    "FROM json_each(?) asked CROSS JOIN entity e ON e.tn = ? AND e.id = asked.value"
)
"""One JSON object of Known by id; null for what is large."""


class Known(msgspec.Struct, array_like=True):
    """An entity row: its number, whether it is current, and its value (without attributes where it is not current).

    `expires`: when the first thing of it expires, in microseconds.
    """

    eid: int
    live: bool
    entity: Entity
    expires: int | None = None


decode = msgspec.json.Decoder(Entity).decode
decode_many = msgspec.json.Decoder(dict[str, Known | None]).decode
encode = msgspec.json.Encoder().encode

EXPIRES = b'"expiresAt"'
"""Stands in the JSON of every entity of which an instance expires."""

NO_INSTANCES: list[Instance] = []
NO_ATTRIBUTES: dict[str, list[Instance]] = {}


class Touched(msgspec.Struct):
    """An entity that this transaction changes: as it is in the tables (None: not there) and as it will be."""

    tn: int
    stored: Known | None
    eid: int
    live: bool
    entity: Entity
    gone: int | None
    attributes: frozenset[str]

    @property
    def expires(self) -> int | None:
        return soonest(self.entity)


Key = tuple[int, str]

Row = tuple[int, bool, str, int | None]
"""Number, whether it is current, JSON, and when the first thing of it expires."""


class Current:
    """Gathers entity changes of a transaction and writes them in one go."""

    def __init__(self, connection: apsw.Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._cache: Recent[Key, Row] = Recent(MOST_CACHED)
        self._read: dict[Key, Known | None] = {}
        """What was read since the last flush; None: there is no such row."""
        self.touched: dict[Key, Touched] = {}
        self._log: list[tuple[Key, Touched | None]] = []
        self._kinds: set[tuple[int, int, str]] = set()
        self._next = self._first_free()

    def _first_free(self) -> int:
        return 1 + (self._connection.execute("SELECT max(eid) FROM entity").get or 0)

    def rolled_back(self) -> None:
        """Nothing of the transaction was kept."""
        self.touched.clear()
        self._log.clear()
        self._read.clear()
        self._cache.clear()
        self._kinds.clear()
        self._next = self._first_free()

    def known(self, tn: int, id: str) -> Touched | Known | None:
        """The entity's row as this transaction sees it."""
        key = (tn, id)
        return self.touched.get(key) or self._stored(key)

    def _stored(self, key: Key) -> Known | None:
        if key in self._read:
            return self._read[key]
        row: Any = self._cache.get(key) or self._connection.execute(ONE, key).fetchone()
        found = None
        if row is not None:
            eid, live, doc, expires = row
            found = Known(eid, bool(live), decode(doc), expires)
        self._read[key] = found
        return found

    def expect(self, tn: int, ids: Iterable[str]) -> None:
        """Reads the rows of these entities together, for a statement of its own takes longer than the row."""
        asked = [id for id in ids if (tn, id) not in self.touched and self._cache.get((tn, id)) is None]
        values = (BIGGEST_CACHED, encode(asked).decode(), tn)
        found = decode_many(self._connection.execute(MANY, values).get or "{}")
        for id in asked:
            known = found.get(id)
            if known is not None or id not in found:
                self._read[tn, id] = known

    def change(self, tn: int, entity: Entity, *, live: bool, gone: int | None, attributes: frozenset[str]) -> int:
        """The entity will be this; `attributes`: the IRIs that differ. Gives its number."""
        key = (tn, entity.id)
        before = self.touched.get(key)
        self._log.append((key, before))
        if before is not None:
            self.touched[key] = Touched(
                tn, before.stored, before.eid, live, entity, gone, before.attributes | attributes
            )
            return before.eid
        stored = self._stored(key)
        if stored is None:
            eid = self._next
            self._next += 1
        else:
            eid = stored.eid
        self.touched[key] = Touched(tn, stored, eid, live, entity, gone, attributes)
        return eid

    def forget(self, tn: int, id: str) -> None:
        """The row is gone from the tables."""
        self._cache.drop((tn, id))
        self._read.clear()

    def mark(self) -> int:
        """How many changes were gathered; `undo` goes back to it."""
        return len(self._log)

    def undo(self, mark: int) -> None:
        """Forgets the changes gathered after the mark."""
        while len(self._log) > mark:
            key, before = self._log.pop()
            if before is None:
                del self.touched[key]
            else:
                self.touched[key] = before

    def flush(self) -> None:
        """Writes rows and indexes of all that was touched."""
        written: list[tuple[Any, ...]] = []
        index = _Index(self._connection)
        for key, item in self.touched.items():
            entity = item.entity
            doc = encode(entity)
            expires = soonest(entity) if item.live and (entity.expires or EXPIRES in doc) else None
            kept = (item.eid, item.live, doc.decode(), expires)
            written.append((item.eid, item.tn, entity.id, *kept[1:], item.gone))
            if len(doc) <= BIGGEST_CACHED:
                self._cache.put(key, kept, len(doc))
            else:
                self._cache.drop(key)
            self._index(index, item)
        rows.write(self._connection, PUT, written)
        index.write()
        self.touched.clear()
        self._log.clear()
        self._read.clear()

    def _index(self, index: "_Index", item: Touched) -> None:
        stored, eid = item.stored, item.eid
        was = stored.entity if stored is not None and stored.live else None
        new = item.entity if item.live else None
        tids = self._names.made(item.tn, "t")
        before = [tids[type] for type in was.types] if was else []
        after = [tids[type] for type in new.types] if new else []
        old = was.attributes if was else NO_ATTRIBUTES
        now = new.attributes if new else NO_ATTRIBUTES
        names: Iterable[str] = item.attributes
        if stored is None or stored.live != item.live or before != after:
            if stored is not None:
                index.types_gone += [(tids[type], int(stored.live), eid) for type in stored.entity.types]
            index.types_new += [(tids[type], int(item.live), eid) for type in item.entity.types]
            names = now if not old else old if not now else {**old, **now}
        aids = self._names.made(item.tn, "a")
        same_types, moved = before == after, False
        for name in names:
            olds, news = old.get(name, NO_INSTANCES), now.get(name, NO_INSTANCES)
            if olds and same_types and same_in_indexes(olds, news):
                continue
            aid, values = aids[name], index_values(news)
            if olds:
                gone = {(aid, tid, v, eid) for v in index_values(olds) for tid in before}
                fresh = {(aid, tid, v, eid) for v in values for tid in after}
                index.values_gone += gone - fresh
                index.values_new += fresh - gone
            else:
                for tid in after:
                    for v in values:
                        index.values_new.append((aid, tid, v, eid))
            for instance in news:
                for tid in after:
                    kind = (aid, tid, instance["type"])
                    if kind not in self._kinds:
                        self._new_kind(kind)
                        index.kinds.append(kind)
            if not moved:
                here = places(news)
                moved = here != places(olds) or (bool(here) and not same_types)
        if moved:
            had = len(before) * sum(len(places(found)) for found in old.values())
            index.places_gone += [(eid | n << BITS,) for n in range(had)]
            families = self._names.made(item.tn, "p")
            located = (
                (families[family(aids[name], tid)], place)
                for name, found in now.items() for place in places(found) for tid in after
            )  # fmt: skip
            index.places_new += [row(eid, n, number, place) for n, (number, place) in enumerate(located)]

    def _new_kind(self, kind: tuple[int, int, str]) -> None:
        if len(self._kinds) >= MOST_KINDS:
            self._kinds.clear()
        self._kinds.add(kind)


class _Index:
    """Index rows to remove and to add."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.types_gone: list[tuple[int, int, int]] = []
        self.types_new: list[tuple[int, int, int]] = []
        self.values_gone: list[tuple[Any, ...]] = []
        self.values_new: list[tuple[Any, ...]] = []
        self.kinds: list[tuple[int, int, str]] = []
        self.places_gone: list[tuple[int]] = []
        self.places_new: list[tuple[Any, ...]] = []

    def write(self) -> None:
        for sql, found in (
            ("DELETE FROM entity_type WHERE (tid, live, eid) IN (VALUES {rows})", self.types_gone),
            ("INSERT OR IGNORE INTO entity_type VALUES {rows}", self.types_new),
            ("DELETE FROM value WHERE (aid, tid, v, eid) IN (VALUES {rows})", self.values_gone),
            ("INSERT INTO value VALUES {rows}", self.values_new),
            ("INSERT OR IGNORE INTO kind VALUES {rows}", self.kinds),
            ("DELETE FROM place WHERE gid IN (VALUES {rows})", self.places_gone),
            ("INSERT INTO place VALUES {rows}", self.places_new),
        ):
            rows.write(self._connection, sql, found)
