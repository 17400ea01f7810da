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
    "SELECT json_group_array(json_array(e.id, e.eid, e.live, iif(octet_length(e.doc) > ?, NULL, e.doc), e.expires)) "
    "FROM json_each(?) asked CROSS JOIN entity e ON e.tn = ? AND e.id = asked.value"
)
"""One row for all, without the JSON of large ones."""

AT_ONCE = 50
"""With many more, what was read leaves the cache of the processor before it is used."""


class Known(msgspec.Struct):
    """An entity row: its number, whether it is current, and its value (without attributes where it is not current).

    `expires`: when the first thing of it expires, in microseconds.
    """

    eid: int
    live: bool
    entity: Entity
    expires: int | None = None


decode = msgspec.json.Decoder(Entity).decode
decode_many = msgspec.json.Decoder(list[tuple[str, int, int, str | None, int | None]]).decode
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

Row = tuple[int, int, str, int | None]
"""Number, whether it is current, JSON, and when the first thing of it expires."""


class Current:
    """Gathers entity changes of a transaction and writes them in one go."""

    def __init__(self, connection: apsw.Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._cache: Recent[Key, Row] = Recent(MOST_CACHED)
        self._ahead: dict[Key, Row | None] = {}
        """What was read since the last flush before it was asked for; None: there is no such row."""
        self._last: tuple[Key, Known | None] | None = None
        """What was asked for last, which most often is asked for again at once."""
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
        self._unread()
        self._cache.clear()
        self._kinds.clear()
        self._next = self._first_free()

    def known(self, tn: int, id: str) -> Touched | Known | None:
        """The entity's row as this transaction sees it."""
        key = (tn, id)
        return self.touched.get(key) or self._stored(key)

    def _stored(self, key: Key) -> Known | None:
        if self._last is None or self._last[0] != key:
            row = self._ahead[key] if key in self._ahead else self._cache.get(key) or self._row(key)
            found = None if row is None else Known(row[0], bool(row[1]), decode(row[2]), row[3])
            self._last = key, found
        return self._last[1]

    def _row(self, key: Key) -> Row | None:
        found: Any = self._connection.execute(ONE, key).fetchone()
        if found is None:
            return None
        row: Row = found
        self._remember(key, row, len(row[2]))
        return row

    def _remember(self, key: Key, row: Row, weight: int) -> None:
        if weight <= BIGGEST_CACHED:
            self._cache.put(key, row, weight)
        else:
            self._cache.drop(key)

    def expect(self, tn: int, ids: Iterable[str]) -> None:
        """Reads the rows of these entities together, with few turns at the interpreter's lock."""
        asked = [id for id in ids if (tn, id) not in self.touched and self._cache.get((tn, id)) is None]
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            self._ahead.update(dict.fromkeys([(tn, id) for id in part]))
            found: Any = self._connection.execute(MANY, (BIGGEST_CACHED, encode(part).decode(), tn)).get
            for id, eid, live, doc, expires in decode_many(found):
                if doc is None:
                    self._ahead.pop((tn, id), None)
                else:
                    self._ahead[tn, id] = (eid, live, doc, expires)

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
        self._unread()

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
            self._remember(key, kept, len(doc))
            self._index(index, item)
        rows.write(self._connection, PUT, written)
        index.write()
        self.touched.clear()
        self._log.clear()
        self._unread()

    def _unread(self) -> None:
        """The tables are not what they were."""
        self._ahead.clear()
        self._last = None

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
