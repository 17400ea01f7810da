# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the readers with one scope see of the changes in one tenant, and what of it went out of their sight."""

from collections.abc import Iterable, Mapping

import msgspec

from hanze.http.reply import encode
from hanze.ngsild import render
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.form import Form
from hanze.store import mask
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web.live.recent import Changes

CONCISE = Form(representation="concise")
"""A value that has a time or a unit comes with them (clause 4.5.4 of ETSI GS CIM 009 V1.8.1)."""

Types = frozenset[str] | None
"""Types (IRIs) that a reader wants; None: all."""


class Seen(msgspec.Struct, frozen=True):
    """An entity as a scope shows it now: its types, and its JSON. Without types it is not seen at all."""

    types: tuple[str, ...] = ()
    data: bytes = b""


class Told(msgspec.Struct, frozen=True):
    """What readers know of an entity: its types, and those that it lost at journal number `at`."""

    types: tuple[str, ...]
    lost: tuple[str, ...] = ()
    at: int = 0


def wanted(types: Types, of: Iterable[str]) -> bool:
    """An entity with these types is asked for."""
    of = tuple(of)
    return bool(of) and (types is None or not types.isdisjoint(of))


class View:
    """One scope in one tenant. An entity that is not seen now is told as gone where it was told before, or where its last types
    say that it was seen until it was deleted: so nobody learns that there is what he may not see."""

    def __init__(self, store: Store, scope: Scope, tenant: str) -> None:
        self.scope = scope
        self.tenant = tenant
        self._store = store
        self._told: dict[str, Told] = {}
        """The one that was told last stands last."""

    def concern(self, changes: Changes, types: Types) -> Changes:
        """Those that may matter to who wants these types."""
        if types is None:
            return changes
        told, none = self._told, Told(())
        return {
            id: change for id, change in changes.items()
            if wanted(types, change.types) or wanted(types, told.get(id, none).types)
        }  # fmt: skip

    def look(self, ids: Iterable[str]) -> dict[str, Seen]:
        """The entities with these ids as they are now. In any thread."""
        return {id: self._seen(self._store.get(self.tenant, id, self.scope)) for id in ids}

    def _seen(self, entity: Entity | None) -> Seen:
        if entity is None:
            return Seen()
        return Seen(tuple(entity.types), encode(render.entity(entity, CORE, CONCISE)))

    def tell(self, changes: Changes, seen: Mapping[str, Seen], most: int) -> None:
        """Takes down that readers were told; of the `most` that were told last."""
        for id, now in seen.items():
            before = self._told.pop(id, None)
            if before is None:
                if now.types:
                    self._told[id] = Told(now.types)
                continue
            lost = tuple(type for type in before.types if type not in now.types)
            self._told[id] = (
                Told(now.types, lost, changes[id].seq) if lost else Told(now.types, before.lost, before.at)
            )  # fmt: skip
        for id in list(self._told)[: max(0, len(self._told) - most)]:
            del self._told[id]

    def pick(
        self, changes: Changes, seen: Mapping[str, Seen], types: Types, after: int
    ) -> tuple[list[bytes], list[str]]:
        """What to tell of these changes to one who knows all up to a number: entities, and ids of those that are gone."""
        entities: list[bytes] = []
        gone: list[str] = []
        for id, change in changes.items():
            now = seen[id]
            if wanted(types, now.types):
                entities.append(now.data)
            elif (change.deleted and not now.types and wanted(types, change.types) and self._saw(change.types)) or (
                (told := self._told.get(id)) is not None and told.at > after and wanted(types, told.lost)
            ):
                gone.append(id)
        return entities, gone

    def _saw(self, types: tuple[str, ...]) -> bool:
        """An entity with these types was seen, wherever it was: one without a place lies in no area."""
        return mask.seen(Entity("", list(types)), self.scope, self.tenant)
