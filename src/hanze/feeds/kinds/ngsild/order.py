# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of two states of an entity is the newer one: copies and notifications come by different ways, and late at times.

Where the other broker tells when an instance was modified, that decides. Where it does not: a copy is as new as the moment at
which it was asked for, so what was notified after that moment stays, and what was notified before is in it. What is too old for
the present still joins the history where it has an observedAt. Of what came long ago nothing is known any more; only what is on
its way at the same time can come in the wrong order.
"""

from collections.abc import Callable, Set
from typing import NamedTuple

import msgspec
from msgspec import Struct

from hanze.feeds.kinds.ngsild.reading import Key, Told
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.operations.editing import each
from hanze.ngsild.operations.nulls import is_null
from hanze.store.recent import Recent

MOST_KNOWN = 50_000
"""Entities and instances of which it is known how new they are; some 400 bytes each."""


class Known(Struct):
    """What is known of one entity; moments of the other broker's clock, 0 where it tells none.

    `copied`: what was modified before is older than a copy that was taken as a whole. `moments`: how new each instance is that was
    notified or copied since. `latest`: when the newest state that was notified was modified. `deleted`: when it was deleted last.
    `came`, `ended`: when the last notification and the last one of a deletion came, in seconds of the event loop. `there`: it was
    not deleted since, or came again.
    """

    copied: int = 0
    moments: dict[Key, int] = {}
    latest: int = 0
    deleted: int = 0
    came: float = 0.0
    ended: float = 0.0
    there: bool = True


class Sifted(NamedTuple):
    """`now`: what is newer than what is known, None where nothing is. `past`: readings for the history alone. `whole`: what `now`
    lacks is gone."""

    now: Entity | None
    past: Entity | None = None
    whole: bool = False


class Order:
    """Used on the event loop only, right before what comes out is written, so that the order of writing is that of asking."""

    def __init__(self) -> None:
        self._known: Recent[str, Known] = Recent(MOST_KNOWN)

    def notified(self, told: Told, came: float) -> Sifted:
        """A notification that came at a moment of the event loop; of a deletion, `now` is the entity that goes."""
        known = self._known.get(told.entity.id) or Known()
        if told.deleted is not None:
            if told.deleted and known.copied > told.deleted:
                return Sifted(None)
            gone = Known(latest=told.deleted, deleted=told.deleted, came=came, ended=came, there=False)
            self._keep(told.entity.id, gone)
            return Sifted(told.entity)
        if told.modified and told.modified < known.deleted:
            return Sifted(None)
        stale: set[Key] = set()
        for key in _keys(told.entity):
            moment = told.moment(key)
            if moment and moment < max(known.copied, known.moments.get(key, 0)):
                stale.add(key)
            else:
                known.moments[key] = moment
        known.latest, known.came, known.there = max(known.latest, told.modified), came, True
        self._keep(told.entity.id, known)
        # What changed last is what the notification is about; the rest of it was notified or copied before.
        return _parted(told.entity, stale, {key for key in stale if told.moment(key) == told.modified})

    def copied(self, told: Told, asked: float) -> Sifted:
        """A copy that was asked for at a moment of the event loop."""
        known = self._known.get(told.entity.id) or Known(came=-1.0)
        if known.came < asked or told.modified > known.latest > 0:
            # It is newer than all that was notified, also of attributes that it has no more.
            whole = Known(told.modified, latest=known.latest, came=known.came, ended=known.ended, deleted=known.deleted)
            self._keep(told.entity.id, whole)
            return Sifted(told.entity, whole=True)
        if known.ended >= asked and not told.modified > known.deleted > 0:
            return Sifted(None)
        stale = {key for key in _keys(told.entity) if _older(told.moment(key), known.moments.get(key))}
        known.moments |= {key: told.modified for key in _keys(told.entity) if key not in stale}
        known.there = True
        self._keep(told.entity.id, known)
        return _parted(told.entity, stale, stale)

    def stays(self, id: str, asked: float) -> bool:
        """Something of it was notified after it was asked for and not found."""
        known = self._known.get(id)
        return known is not None and known.there and known.came >= asked

    def _keep(self, id: str, known: Known) -> None:
        self._known.put(id, known, 1 + len(known.moments))


def _older(copied: int, notified: int | None) -> bool:
    """A copied instance is older than the one that was notified after the copy was asked for.

    Of two that were modified in the same moment the notified one stays; where it is the older, the newer is still to come.
    """
    if notified is None:
        return False
    return copied <= notified if copied and notified else True


def _keys(entity: Entity) -> list[Key]:
    return [(name, one.get("datasetId")) for name, one in each(entity)]


def _parted(entity: Entity, stale: Set[Key], past: Set[Key]) -> Sifted:
    if not stale:
        return Sifted(entity)
    return Sifted(_with(entity, lambda key: key not in stale), _readings(_with(entity, lambda key: key in past)))


def _with(entity: Entity, wanted: Callable[[Key], bool]) -> Entity:
    kept: dict[str, list[Instance]] = {}
    for name, one in each(entity):
        if wanted((name, one.get("datasetId"))):
            kept.setdefault(name, []).append(one)
    return msgspec.structs.replace(entity, attributes=kept)


def _readings(entity: Entity) -> Entity | None:
    """What of it has an observedAt and so a place in the history; None where nothing has."""
    found = {
        name: [one for one in instances if "observedAt" in one and not is_null(one)]
        for name, instances in entity.attributes.items()
    }
    kept = {name: instances for name, instances in found.items() if instances}
    return Entity(entity.id, entity.types, kept) if kept else None
