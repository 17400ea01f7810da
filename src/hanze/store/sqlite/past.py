# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The writer's verbs on history: provision of past instances, bulk observations, corrections and deletions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import apsw
import msgspec

from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance
from hanze.store.sqlite.tape import Body, split

if TYPE_CHECKING:
    from hanze.store.sqlite.current import Known, Touched
    from hanze.store.sqlite.work import Work

INSERT = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
THERE = """SELECT at, value, doc FROM history h JOIN shape s USING (sid)
WHERE eid = ? AND aid = ? AND at BETWEEN ? AND ? AND s.dataset IS ? AND s.gone = 0"""


def append(work: "Work", connection: apsw.Connection, tn: int, entity: Entity, kind: str) -> int:
    """Every instance of the entity joins its history; one that is there already does not."""
    known = work.current.known(tn, entity.id)
    if known is None:
        bare = Entity(entity.id, entity.types, {}, entity.scopes, work.stamp, work.stamp)
        eid = work.current.change(tn, bare, live=False, gone=None, attributes=frozenset())
        work.current.flush()
    else:
        eid = known.eid
    aids = work.names.made(tn, "a")
    tids = work.names.made(tn, "t")
    first = work.tape.number + 1
    rows = []
    for name, instances in entity.attributes.items():
        for instance in instances:
            row = work.tape.row(eid, aids[name], instance, work.now)
            if "observedAt" not in instance or not _is_there(connection, row, instance):
                rows.append(row)
    connection.executemany(INSERT, rows)
    if rows:
        body = Body([tids[type] for type in entity.types], [aids[name] for name in entity.attributes], first)
        work.tape.entry(work.now, tn, eid, kind, body)
    return len(rows)


def _is_there(connection: apsw.Connection, row: Any, instance: Instance) -> bool:
    eid, aid, at = row[:3]
    found = connection.execute(THERE, (eid, aid, at, at, instance.get("datasetId")))
    return any((value, doc) == row[6:] for _, value, doc in found)


def observe(
    work: "Work", connection: apsw.Connection, tn: int, entity: Entity, attribute: str, template: Instance,
    moments: Sequence[int], values: Sequence[float | int | str | bool],
) -> int:  # fmt: skip
    """Many observations of one attribute in order of time, written at once; those that are there already are passed over."""
    if not moments:
        return 0
    latest = {**template, "value": values[-1], "observedAt": times.text(moments[-1])}
    eid = _current(work, tn, entity, attribute, latest, moments[-1])
    aid = work.names.made(tn, "a")[attribute]
    dataset = template.get("datasetId")
    there = {(at, value) for at, value, _ in connection.execute(THERE, (eid, aid, moments[0], moments[-1], dataset))}
    pairs = zip(moments, values, strict=True)
    fresh = [pair for pair in pairs if pair not in there] if there else list(pairs)
    sid = work.tape.shape((template["type"], template.get("unitCode"), dataset, True, False))
    number, now = work.tape.number, work.now
    first = number + 1
    plain = isinstance(fresh[0][1], float | int) and not isinstance(fresh[0][1], bool) if fresh else True
    rows: list[tuple[Any, ...]] = []
    for at, value in fresh:
        number += 1
        stored, doc = (value, None) if plain else split({**template, "value": value, "observedAt": times.text(at)})
        rows.append((eid, aid, at, number, now, sid, stored, doc))
    work.tape.number = number
    connection.executemany(INSERT, rows)
    if rows:
        tids = work.names.made(tn, "t")
        work.tape.entry(now, tn, eid, "bulk", Body([tids[type] for type in entity.types], [aid], first))
    return len(rows)


def _current(work: "Work", tn: int, entity: Entity, attribute: str, latest: Instance, moment: int) -> int:
    """The entity exists, and its current value is the latest observation; gives its number."""
    known = work.current.known(tn, entity.id)
    stamp = work.stamp
    if known is None or not known.live:
        made = Entity(entity.id, entity.types, {}, [], stamp, stamp)
        old: list[Instance] = []
    else:
        made = known.entity
        old = made.attributes.get(attribute, [])
    dataset = latest.get("datasetId")
    same = next((one for one in old if one.get("datasetId") == dataset), None)
    if known is not None and known.live and same is not None and times.parse(same.get("observedAt", "9999-01-01T00:00:00Z")) >= moment:
        return known.eid
    instance = {**latest, "createdAt": same["createdAt"] if same else stamp, "modifiedAt": stamp}
    instances = sorted([one for one in old if one is not same] + [instance], key=lambda one: "datasetId" in one)
    after = msgspec.structs.replace(made, attributes={**made.attributes, attribute: instances}, modified=stamp)
    return work.current.change(tn, after, live=True, gone=None, attributes=frozenset({attribute}))


def delete(
    work: "Work", connection: apsw.Connection, tn: int, known: "Known | Touched", attribute: str | None,
    dataset: str | None, every_dataset: bool, number: int | None,
) -> bool:  # fmt: skip
    """Removes from history: all of the entity, an attribute, one instance. False where there was none."""
    condition, values = "eid = ?", [known.eid]
    if attribute is not None:
        condition += " AND aid = ?"
        values.append(work.names.made(tn, "a")[attribute])
        if number is not None:
            condition += " AND number = ?"
            values.append(number)
        elif not every_dataset:
            condition += " AND sid IN (SELECT sid FROM shape WHERE dataset IS ?)"
            values.append(dataset)  # type: ignore[arg-type]
    connection.execute(f"DELETE FROM history WHERE {condition}", values)
    gone = connection.changes() > 0
    if attribute is None and not known.live:
        for table in ("entity_type", "entity"):
            connection.execute(f"DELETE FROM {table} WHERE eid = ?", (known.eid,))
        connection.execute("DELETE FROM journal WHERE eid = ?", (known.eid,))
        work.current.forget(tn, known.entity.id)
        gone = True
    return gone


def replace(
    work: "Work", connection: apsw.Connection, tn: int, eid: int, attribute: str, number: int, doc: Instance
) -> bool:
    """Another instance takes the number and place of one; False where there is none."""
    aid = work.names.made(tn, "a")[attribute]
    connection.execute("DELETE FROM history WHERE eid = ? AND aid = ? AND number = ?", (eid, aid, number))
    if not connection.changes():
        return False
    row = list(work.tape.row(eid, aid, doc, work.now))
    row[3] = number
    row[7] = msgspec.json.encode(doc).decode()
    connection.execute(INSERT, row)
    return True
