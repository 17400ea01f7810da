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
from hanze.store import mask, sight
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING, Scope
from hanze.web.live.recent import OTHER, Change, Changes

CONCISE = Form(representation="concise")
"""A value that has a time or a unit comes with them (clause 4.5.4 of ETSI GS CIM 009 V1.8.1)."""

Types = frozenset[str] | None
"""Types (IRIs) that a reader wants; None: all."""


class Seen(msgspec.Struct, frozen=True):
    """An entity as a scope shows it now: its types, and its JSON. Without types it is not seen at all. `names`: the attributes
    that the scope shows of it at any time; None: all. `now`: those of which a change may be told now, since they are shown."""

    types: tuple[str, ...] = ()
    data: bytes = b""
    names: frozenset[str] | None = None
    now: frozenset[str] = frozenset()


class Told(msgspec.Struct, frozen=True):
    """What readers know of an entity: its types, those that it lost at journal number `at`, the number at which it, or more or
    less of it, came into their sight, and the attributes that they see of it at any time."""

    types: tuple[str, ...]
    lost: tuple[str, ...] = ()
    at: int = 0
    came: int = 0
    names: frozenset[str] | None = None


def wanted(types: Types, of: Iterable[str]) -> bool:
    """An entity with these types is asked for."""
    of = tuple(of)
    return bool(of) and (types is None or not types.isdisjoint(of))


class View:
    """One scope in one tenant. An entity that is not seen now is told as gone where it was told before, or where its last types
    say that it was seen until it was deleted: so nobody learns that there is what he may not see. Nor when something changed that
    he may not see."""

    def __init__(self, store: Store, scope: Scope, tenant: str) -> None:
        self.scope = scope
        self.tenant = tenant
        self._store = store
        self._grants = mask.grants(scope, tenant)
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
        return {id: self._seen(self._store.get(self.tenant, id, EVERYTHING)) for id in ids}

    def _seen(self, entity: Entity | None) -> Seen:
        view = None if entity is None else sight.view(entity, self.scope, self.tenant)
        if entity is None or view is None:
            return Seen()
        shown = view.show(entity)
        now = (view.always or frozenset()) | shown.attributes.keys()
        return Seen(tuple(shown.types), encode(render.entity(shown, CORE, CONCISE)), view.always, now)

    def tell(self, changes: Changes, seen: Mapping[str, Seen], most: int) -> None:
        """Takes down that readers were told; of the `most` that were told last."""
        for id, now in seen.items():
            before = self._told.pop(id, None)
            if before is None:
                if now.types:
                    self._told[id] = Told(now.types, came=self._came(changes[id]), names=now.names)
                continue
            came = before.came if now.names == before.names else changes[id].seq
            lost = tuple(type for type in before.types if type not in now.types)
            at = (lost, changes[id].seq) if lost else (before.lost, before.at)
            self._told[id] = Told(now.types, *at, came if before.types else self._came(changes[id]), now.names)
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
                if self._news(id, change, now, after):
                    entities.append(now.data)
            elif (change.deleted and not now.types and wanted(types, change.types) and self._saw(change.types)) or (
                (told := self._told.get(id)) is not None and told.at > after and wanted(types, told.lost)
            ):
                gone.append(id)
        return entities, gone

    def _news(self, id: str, change: Change, now: Seen, after: int) -> bool:
        """Something changed after this number that may be seen, or the entity came into sight."""
        if now.names is None:
            return True
        if any(seq > after for name, seq in change.attributes.items() if name == OTHER or name in now.now):
            return True
        return (told := self._told.get(id)) is not None and told.came > after

    def _came(self, change: Change) -> int:
        """When an entity that was not told before may have come into sight: since it was made, or by its place, where a grant
        with an area could cover it."""
        bare = Entity("", list(change.types))
        placed = any(
            grant.area is not None and mask.covers(msgspec.structs.replace(grant, area=None), bare)
            for grant in self._grants
        )
        return max(change.attributes.get(OTHER, 0), change.attributes.get(mask.LOCATION, 0) if placed else 0)

    def _saw(self, types: tuple[str, ...]) -> bool:
        """An entity with these types was seen, wherever it was: one without a place lies in no area."""
        return sight.seen(Entity("", list(types)), self.scope, self.tenant)
