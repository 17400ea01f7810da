# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the writer does to the history itself: provision, deletion and correction of instances.

Each instance has a permanent number.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import apsw
import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.entity import NULL, SCOPE, VALUE_MEMBER, Entity, Instance
from hanze.store.sqlite import erasing
from hanze.store.sqlite.doubles import Double, between, double
from hanze.store.sqlite.kept import COLUMNS, INSERT_HISTORY, Kept, Row, decode
from hanze.store.sqlite.loading import observe
from hanze.store.sqlite.tape import Body, HistoryRow, split
from hanze.store.sqlite.upkeep import LASTS_NO_LONGER

if TYPE_CHECKING:
    from hanze.store.sqlite.current import Known, Touched
    from hanze.store.sqlite.work import Work

__all__ = ["append", "delete", "end", "observe", "replace"]


def append(work: "Work", connection: apsw.Connection, tn: int, entity: Entity, kind: str) -> int:
    """Adds instances to the history of an entity, which need not be current; how many were new (clause 5.6.11)."""
    eid = _present(work, connection, tn, entity)
    first = work.tape.number + 1
    aids, tids = work.names.made(tn, "a"), work.names.made(tn, "t")
    rows: list[HistoryRow] = []
    for name, instances in entity.attributes.items():
        seen: set[tuple[str | None, bool, Double]] = set()
        for instance in instances:
            observed, dataset = instance.get("observedAt"), instance.get("datasetId")
            at = work.now if observed is None else times.parse(observed)
            same = (dataset, observed is not None, double(at, *split(instance)))
            there = between(connection, eid, aids[name], at, at, dataset, observed=same[1])
            if same not in seen and same[2] not in there:
                seen.add(same)
                rows.append(work.tape.row(eid, aids[name], instance, work.now))
                work.tape.lasts(rows[-1], instance)
    if rows:
        connection.executemany(INSERT_HISTORY, rows)
        body = Body([tids[type] for type in entity.types], [aids[name] for name in entity.attributes], first)
        work.tape.entry(work.now, tn, eid, kind, body)
    return len(rows)


def _take_out(connection: apsw.Connection, eid: int, aid: int, rows: Iterable[Row]) -> None:
    """These rows go, and with them the note of when they expire."""
    for number, at, _, _, _, doc in rows:
        connection.execute(
            "DELETE FROM history WHERE eid = ? AND aid = ? AND at = ? AND number = ?", (eid, aid, at, number)
        )
        expires = None if doc is None else decode(doc).get("expiresAt")
        if expires is not None:
            connection.execute(LASTS_NO_LONGER, (times.parse(expires), eid, aid, at, number))


def _present(work: "Work", connection: apsw.Connection, tn: int, entity: Entity) -> int:
    """The number of the entity; where the node did not know it, it now has a history only. New types are added."""
    known = work.current.known(tn, entity.id)
    if known is None:
        bare = Entity(entity.id, entity.types, {}, entity.scopes, work.stamp, work.stamp)
        return work.current.change(tn, bare, live=False, gone=None, attributes=frozenset())
    types = list(dict.fromkeys([*known.entity.types, *entity.types]))
    scopes = known.entity.scopes if known.live else entity.scopes or known.entity.scopes
    if types != known.entity.types or scopes != known.entity.scopes:
        gone: Any = connection.execute("SELECT gone FROM entity WHERE eid = ?", (known.eid,)).get
        after = msgspec.structs.replace(known.entity, types=types, scopes=scopes)
        work.current.change(tn, after, live=known.live, gone=gone, attributes=frozenset())
    return known.eid


def delete(
    work: "Work", connection: apsw.Connection, tn: int, known: "Touched | Known", attribute: str | None,
    dataset: str | None, every_dataset: bool, number: int | None,
) -> bool:  # fmt: skip
    """Removes history for good: of the entity, of an attribute, or one instance; False where there was none.

    What is current stays. An entity that had a history only is gone with it; that one was deleted stays known, since
    consumers of the journal may still have to learn so.
    """
    if attribute is None:
        gone = connection.execute("SELECT gone FROM entity WHERE eid = ?", (known.eid,)).get
        if not known.live and gone is None:
            erasing.erase(work, connection, tn, known, None)
            return True
        aids: Any = connection.execute("SELECT DISTINCT aid FROM history WHERE eid = ?", (known.eid,)).fetchall()
        connection.execute("DELETE FROM history WHERE eid = ?", (known.eid,))
        return _noted(work, tn, known, [aid for (aid,) in aids])
    aid = work.names.number(tn, "a", attribute)
    sql = "DELETE FROM history WHERE eid = ? AND aid = ?"
    values: list[Any] = [known.eid, aid]
    if number is not None:
        sql += " AND number = ?"
        values.append(number)
    elif not every_dataset:
        sql += " AND sid IN (SELECT sid FROM shape WHERE dataset IS ?)"
        values.append(dataset)
    connection.execute(sql, values)
    return _noted(work, tn, known, [aid] if aid is not None and connection.changes() else [])


def _noted(work: "Work", tn: int, known: "Touched | Known", aids: list[int]) -> bool:
    """The journal tells that the history of these attributes is another one, so that what was made of it is made anew; whether
    there was any."""
    if aids:
        tids = work.names.made(tn, "t")
        body = Body([tids[type] for type in known.entity.types], aids, work.tape.number + 1)
        work.tape.entry(work.now, tn, known.eid, "bulk", body)
    return bool(aids)


LATEST = """SELECT s.dataset, s.template, s.gone, max(h.number) FROM history h JOIN shape s ON s.sid = h.sid
WHERE h.eid = ? AND h.aid = ? GROUP BY s.dataset"""
"""Of each dataset what came in last."""


def end(
    work: "Work", connection: apsw.Connection, tn: int, known: "Touched | Known", attribute: str, dataset: str | None,
    every_dataset: bool,
) -> bool:  # fmt: skip
    """Marks an attribute of an entity that has a history only as deleted now (clauses 4.5.7 and 5.6.5); False where the
    entity has more than that, or the attribute has nothing that was not deleted before."""
    gone: Any = connection.execute("SELECT gone FROM entity WHERE eid = ?", (known.eid,)).get
    if known.live or gone is not None:
        return False
    rows: Any = connection.execute(LATEST, (known.eid, work.names.number(tn, "a", attribute))).fetchall()
    ended = [decode(template) for found, template, gone, _ in rows if not gone and (every_dataset or found == dataset)]
    if attribute == SCOPE and known.entity.scopes:
        ended = ended or [{"type": "Property"}]
        bare = msgspec.structs.replace(known.entity, scopes=[])
        work.current.change(tn, bare, live=False, gone=None, attributes=frozenset())
    if not ended:
        return False
    aid, tids, first = work.names.made(tn, "a")[attribute], work.names.made(tn, "t"), work.tape.number + 1
    for template in ended:
        work.tape.gone(known.eid, aid, template, work.now)
    work.tape.entry(work.now, tn, known.eid, "bulk", Body([tids[one] for one in known.entity.types], [aid], first))
    return True


def replace(
    work: "Work",
    connection: apsw.Connection,
    tn: int,
    known: "Touched | Known",
    attribute: str,
    number: int,
    doc: Instance,
) -> bool:
    """Corrects one instance: members of `doc` replace its own, NGSI-LD Null removes one (clause 5.6.14).

    Number, datasetId, kind and createdAt stay; False where there is no such instance.
    """
    eid, aid = known.eid, work.names.number(tn, "a", attribute)
    where = "FROM history h WHERE h.eid = ? AND h.aid = ? AND h.number = ?"
    row: Any = connection.execute(f"SELECT {COLUMNS} {where}", (eid, aid, number)).fetchone()
    old = None if row is None else Kept(connection).instance(row)
    if aid is None or old is None or old.deleted is not None:
        return False
    for member in ("datasetId", "type"):
        if doc.get(member, old.doc.get(member)) != old.doc.get(member):
            raise BadRequestData(f"{member} of instance {number} of {attribute} is {old.doc.get(member)} and stays so.")
    merged = {name: value for name, value in {**old.doc, **doc}.items() if value != NULL}
    if VALUE_MEMBER[merged["type"]] not in merged:
        raise BadRequestData(f"Instance {number} of {attribute} cannot be without a value; delete it instead.")
    fresh = _corrected(work.tape.row(eid, aid, merged, work.now), number, merged, times.parse(old.doc["createdAt"]))
    _take_out(connection, eid, aid, [row])
    connection.execute(INSERT_HISTORY, fresh)
    work.tape.lasts(fresh, merged)
    return _noted(work, tn, known, [aid])


def _corrected(row: HistoryRow, number: int, instance: Instance, created: int) -> HistoryRow:
    """The row with its old number and, in the document, when the instance first came in."""
    eid, aid, at, _, modified, sid, value, _ = row
    members = {name: member for name, member in instance.items() if name != "modifiedAt"}
    doc = msgspec.json.encode({**members, "createdAt": created}).decode()
    return eid, aid, at, number, modified, sid, None if isinstance(value, str) else value, doc
