# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which entities changed lately: the rows of the journal, merged to the last change of each entity."""

from collections.abc import Iterable, Mapping

import msgspec

from hanze.store.base import JournalRow

OTHER = ""
"""Stands for what happened to the entity itself: it was made, or deleted."""


class Change(msgspec.Struct, frozen=True):
    """The last change of an entity: its number in the journal, the types right after it, or right before a deletion.
    `attributes`: when each (an IRI, or OTHER) changed last."""

    seq: int
    types: tuple[str, ...]
    deleted: bool
    attributes: Mapping[str, int] = {}


Changes = dict[str, Change]
"""Changes by the id of the entity, of one tenant, the latest last."""


class Recent:
    """All that changed after `floor`, up to `cursor`."""

    def __init__(self) -> None:
        self.floor = 0
        self.cursor = 0
        self._tenants: dict[str, Changes] = {}

    def begin(self, cursor: int) -> None:
        """Nothing before counts any more."""
        self.floor = self.cursor = cursor
        self._tenants = {}

    def forward(self, rows: Iterable[JournalRow]) -> None:
        """Takes the rows that follow."""
        for row in rows:
            changes = self._tenants.setdefault(row.tenant, {})
            # What changed last stands last.
            changes[row.id] = _change(row, changes.pop(row.id, None))
            self.cursor = row.seq

    def back(self, rows: Iterable[JournalRow], floor: int) -> None:
        """Takes all rows between a new, lower floor and the old one."""
        older: dict[str, Changes] = {}
        for row in rows:
            if row.seq <= self.floor:
                changes = older.setdefault(row.tenant, {})
                changes[row.id] = _change(row, changes.pop(row.id, None))
        for tenant, changes in older.items():
            newer = self._tenants.get(tenant, {})
            left = {id: change for id, change in changes.items() if id not in newer}
            both = {id: _together(changes[id], change) if id in changes else change for id, change in newer.items()}
            self._tenants[tenant] = left | both
        self.floor = floor

    def forget(self, floor: int) -> None:
        """Changes up to this number are not kept any more."""
        if floor <= self.floor:
            return
        self.floor = floor
        for tenant, changes in list(self._tenants.items()):
            for id, change in list(changes.items()):
                if change.seq > floor:
                    break
                del changes[id]
            if not changes:
                del self._tenants[tenant]

    def since(self, tenant: str, after: int) -> Changes:
        """What changed after a number, which is not below the floor."""
        found: Changes = {}
        for id, change in reversed(self._tenants.get(tenant, {}).items()):
            if change.seq <= after:
                break
            found[id] = change
        return dict(reversed(found.items()))


def _change(row: JournalRow, before: Change | None) -> Change:
    whole = row.kind in ("created", "deleted") or not row.attributes
    changed = dict.fromkeys([*row.attributes, OTHER] if whole else row.attributes, row.seq)
    attributes = changed if before is None else {**before.attributes, **changed}
    return Change(row.seq, tuple(row.types), row.kind == "deleted", attributes)


def _together(older: Change, newer: Change) -> Change:
    return msgspec.structs.replace(newer, attributes={**older.attributes, **newer.attributes})
