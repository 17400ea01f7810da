# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a row of the journal says that happened: which attributes were created, updated or deleted, worked out once.

An attribute is updated where an instance of it really differs (clause 5.8.6): its value, or what is said of it, such
as its unit or the moment of observation. Times that the node itself keeps (createdAt, modifiedAt) do not count.
"""

from collections.abc import Sequence

import msgspec

from hanze.broker.subscriptions.model import View
from hanze.ngsild.entity import CORE, Change, Entity, Instance
from hanze.store import mask, sight
from hanze.store.base import JournalRow
from hanze.store.scope import EVERYTHING, Grant, Scope

SCOPE = CORE + "scope"
"""Stands in the journal like an attribute, but is none."""

_OWN = frozenset({"createdAt", "modifiedAt"})

MOST_VIEWS = 4
"""So many forms of one change are kept; further ones are rendered anew for each subscription."""


class Facts:
    """One change of one entity. `entity`: right after it, for a deletion right before it. `weight`: bytes that the
    journal has of it."""

    __slots__ = (
        "_shown", "at", "changes", "created", "deleted", "entity", "kind", "seq", "tenant", "updated", "weight",
    )  # fmt: skip

    def __init__(self, row: JournalRow, entity: Entity) -> None:
        self.seq = row.seq
        self.tenant = row.tenant
        self.at = row.at
        self.kind = row.kind
        self.entity = entity
        self.weight = row.weight
        self._tell(row.changes)

    def _tell(self, changes: list[Change]) -> None:
        """Works out what happened to which attributes."""
        self.changes = changes
        self._shown: dict[View, bytes] = {}
        created, updated, deleted = set(), set(), set()
        for change in changes:
            if change.attribute == SCOPE:
                continue
            if change.before is None:
                if change.after is not None:
                    created.add(change.attribute)
            elif change.after is None:
                deleted.add(change.attribute)
            elif differs(change.before, change.after):
                updated.add(change.attribute)
        if self.kind == "deleted":
            deleted.update(self.entity.attributes)
        self.created = created
        self.updated = updated
        self.deleted = deleted

    def changed(self) -> set[str]:
        """Every attribute that something happened to."""
        return self.created | self.updated | self.deleted

    def happened(self, triggers: frozenset[str], watched: frozenset[str]) -> bool:
        """One of the triggers is true, for attributes of a watched one; without watched attributes for any."""
        if self.kind == "created" and "entityCreated" in triggers:
            return True
        if self.kind == "deleted" and "entityDeleted" in triggers:
            return True
        return any(
            names and trigger in triggers and (not watched or not watched.isdisjoint(names))
            for trigger, names in (
                ("attributeUpdated", self.updated),
                ("attributeCreated", self.created),
                ("attributeDeleted", self.deleted),
            )
        )

    def within(self, scope: Scope) -> "Facts | None":
        """The same as one with this scope may see it; None where the entity is not visible."""
        if scope is EVERYTHING:
            return self
        view = sight.view(self.entity, scope, self.tenant)
        if view is None:
            return None
        covering, before = view.covering, self._covering_before(view.covering)
        if view.always is None and (
            before is covering or mask.allowed(one for one in before if not mask.timed(one)) is None
        ):
            return self
        seen = view.show(self.entity)
        made = Facts.__new__(Facts)
        made.seq, made.tenant, made.at, made.kind = self.seq, self.tenant, self.at, self.kind
        made.weight, made.entity = self.weight, seen
        made._tell([change for one in self.changes if (change := _seen(one, covering, before)) is not None])
        return made

    def _covering_before(self, covering: Sequence[Grant]) -> Sequence[Grant]:
        """Those of the grants that covered the entity where it was before this change."""
        moves = [one for one in self.changes if one.attribute == mask.LOCATION]
        if not moves:
            return covering
        datasets = {(one.after or one.before or {}).get("datasetId") for one in moves}
        places = [
            *(one for one in self.entity.attributes.get(mask.LOCATION, ()) if one.get("datasetId") not in datasets),
            *(one.before for one in moves if one.before is not None),
        ]
        return [grant for grant in covering if grant.area is None or mask.border(grant.area).touches(places)]

    def shown(self, view: View) -> bytes | None:
        """What was rendered of it for another subscription with the same view."""
        return self._shown.get(view)

    def keep(self, view: View, shown: bytes) -> None:
        """Keeps what was rendered."""
        if len(self._shown) < MOST_VIEWS:
            self._shown[view] = shown


def _seen(change: Change, covering: Sequence[Grant], covering_before: Sequence[Grant]) -> Change | None:
    """The change as grants that cover the entity, and those that did before, show it; None where what came of it may not be
    seen."""
    before, after = (
        one if one is not None and mask.instances(grants, change.attribute, [one]) else None
        for one, grants in ((change.before, covering_before), (change.after, covering))
    )
    if (after is None and change.after is not None) or (before is None and after is None):
        return None
    return change if before is change.before else msgspec.structs.replace(change, before=before)


def facts(row: JournalRow) -> Facts | None:
    """None where the row says nothing of a single change: a bulk load, or a type that nobody watched then."""
    if row.entity is None or row.kind == "bulk":
        return None
    return Facts(row, row.entity)


def differs(before: Instance, after: Instance) -> bool:
    """The instances differ in more than the times that the node keeps."""
    if before.get("value") != after.get("value"):
        return True
    keys = before.keys() | after.keys()
    return any(key not in _OWN and before.get(key) != after.get(key) for key in keys)
