# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of history: per attribute a strip of instances in order, all cut at one moment.

Where one strip is too long, what lies beyond its last instance is cut from every strip, so that an answer is complete
from its first to its last moment and a client can go on from there (clause 6.3.10 of ETSI GS CIM 009 V1.8.1).
"""

from collections.abc import Sequence
from typing import Any

import apsw
import msgspec

from hanze.store.base import TemporalInstance
from hanze.store.sqlite.condition import Sql
from hanze.store.sqlite.kept import COLUMNS, Kept
from hanze.store.sqlite.lens import SOURCE, Question


class Strip(msgspec.Struct):
    """Instances and the moment of each, in order.

    `more`: there are further ones beyond the last; `held`: the kind, where it was cut so short that nothing is left.
    """

    moments: list[int]
    instances: list[TemporalInstance]
    more: bool = False
    held: str = ""


def read(
    connection: apsw.Connection, kept: Kept, eid: int, aid: int, question: Question, shown: Sql, most: int | None,
    last: int | None,
) -> Strip:  # fmt: skip
    """At most `last` instances of one attribute, and of these at most `most`, with all that share the last moment."""
    where = f"h.eid = ? AND h.aid = ? AND {question.where} AND {shown[0]}"
    values: list[Any] = [eid, aid, *question.values, *shown[1]]
    limit = -1 if most is None else most + 1
    if last is not None:
        limit = last if most is None else min(last, limit)
    sql = f"SELECT {question.key}, {COLUMNS} FROM {SOURCE} WHERE {where} ORDER BY {question.order} LIMIT ?"
    rows: list[Any] = connection.execute(sql, (*values, limit)).fetchall()
    more = most is not None and len(rows) > most
    if more:
        beyond = rows.pop()[0]
        if beyond == (end := rows[-1][0]):
            together = f"SELECT {question.key}, {COLUMNS} FROM {SOURCE} WHERE {where} AND {question.key} = ?"
            rows = [row for row in rows if row[0] != end]
            rows += connection.execute(f"{together} ORDER BY {question.order}", (*values, end)).fetchall()
    return Strip([row[0] for row in rows], [kept.instance(row[1:]) for row in rows], more)


def cut(strips: Sequence[Strip], newest_first: bool) -> bool:
    """Cuts all strips where the shortest one that has more ends; False where none has more."""
    ends = [strip.moments[-1] for strip in strips if strip.more]
    if not ends:
        return False
    end = max(ends) if newest_first else min(ends)
    for strip in strips:
        keep = sum(moment >= end if newest_first else moment <= end for moment in strip.moments)
        if not keep and strip.instances:
            strip.held = strip.instances[0].doc["type"]
        del strip.moments[keep:], strip.instances[keep:]
    return True
