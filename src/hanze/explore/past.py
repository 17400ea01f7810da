# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an attribute of a thing was before, newest first."""

from collections.abc import Sequence

import msgspec

from hanze.explore.naming import Names
from hanze.explore.told import told
from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import Window
from hanze.store.base import TemporalInstance
from hanze.web.room import Visit
from hanze.web.tables import Cell

MOST = 20
"""Values that are shown; all of them stand in the chart and in the files."""


class Before(msgspec.Struct, frozen=True):
    """A value that was: `number` of its place in the history, `now` where it is the current one. `value` is empty where it
    was taken away."""

    number: int
    when: str
    value: list[Cell]
    now: bool


def rows(visit: Visit, entity: Entity, attribute: str) -> list[Before]:
    """The latest values of the default instance."""
    current = next((one for one in entity.attributes[attribute] if "datasetId" not in one), None)
    names = Names(visit)
    return [
        Before(
            one.number,
            visit.language.when(_moment(one), visit.now, visit.site.zone),
            [] if one.deleted is not None else told(visit, attribute, one.doc, names),
            one.deleted is None and current is not None and same(one.doc, current),
        )
        for one in latest(visit, entity.id, attribute)
    ]


def latest(visit: Visit, id: str, attribute: str) -> Sequence[TemporalInstance]:
    """By the time of the reading; by that of the change where the data tell no time. Newest first."""
    for member in ("observedAt", "modifiedAt"):
        found = visit.site.store.temporal(
            "", id, Window(property=member, last=MOST), visit.scope,
            attributes=(attribute,), cap=MOST, oldest_first=False,
        )  # fmt: skip
        there = [] if found is None else found.attributes.get(attribute, [])
        there = [one for one in there if "datasetId" not in one.doc]
        if there:
            return sorted(there, key=_moment, reverse=True)[:MOST]
    return []


def same(one: Instance, other: Instance) -> bool:
    """Both tell the same, whenever it was written."""
    return plain(one) == plain(other)


def plain(one: Instance) -> Instance:
    """Without what the node adds."""
    return {key: value for key, value in one.items() if key not in ("createdAt", "modifiedAt", "instanceId")}


def _moment(one: TemporalInstance) -> int:
    return times.parse(one.deleted or one.doc.get("observedAt") or one.doc["modifiedAt"])
