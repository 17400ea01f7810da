# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loads a dropped file, piece by piece, so that others are served between them; it goes on where it was interrupted."""

from collections.abc import Iterable, Iterator
from functools import partial

from hanze.errors import HanzeError
from hanze.explore import rights
from hanze.explore.dropping import drops, reading
from hanze.explore.dropping.drops import BODIES, DROPS, Drop
from hanze.feeds.source import Found
from hanze.feeds.writing import take, works
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork
from hanze.web.room import Visit

Parts = Iterator[tuple[int, Found]]


def begin(visit: Visit, id: str, uow: UnitOfWork) -> bool:
    """From now on this load is ours; False where another one is under way, or it is done."""
    drop = drops.find(uow.vault(DROPS), id, visit.principal.id)
    if drop.state == "done" or (drop.state == "loading" and not drop.interrupted(uow.now)):
        return False
    body = uow.vault(BODIES)
    total = drop.total or reading.total(drop.name, drops.body(body, id), drop.feed)
    drops.change(uow, id, state="loading", beat=uow.now, problem="", total=total)
    return True


async def run(visit: Visit, id: str) -> None:
    """Loads what is not loaded yet. What goes wrong is told on the page of the file, not here."""
    store = visit.site.store
    drop = drops.find(store.vault(DROPS), id, visit.principal.id)
    try:
        body = await store.read(partial(drops.body, store.vault(BODIES), id))
        parts: Parts = reading.parts(drop.name, body, drop.feed, drop.done)
        while (part := await store.read(partial(next, parts, None))) is not None:
            await _write(visit, drop, *part)
        await store.write(partial(drops.change, id=id, state="done"))
    except HanzeError as error:
        await store.write(partial(drops.change, id=id, state="failed", problem=error.detail))


async def _write(visit: Visit, drop: Drop, done: int, found: Found) -> None:
    """One piece; how far it is stands on the disk with the last of it."""
    store = rights.store(visit)
    news = 0
    for entities in _about(found):
        await store.write(partial(_check, visit, entities))
    for work in works("", found.entities, found.series, take):
        news += await store.write(work)
    await visit.site.store.write(partial(_note, drop, done, news, found))


def _about(found: Found) -> Iterator[list[Entity]]:
    """Which things are written, some at a time."""
    there = {one.id: one for one in found.entities}
    rest = [Entity(one.id, [one.type]) for one in found.series if one.id not in there]
    every = [*there.values(), *{one.id: one for one in rest}.values()]
    for first in range(0, len(every), 1000):
        yield every[first : first + 1000]


def _check(visit: Visit, entities: Iterable[Entity], uow: UnitOfWork) -> None:
    """NoRightToAccess where a thing may not be written, by its types now and as it is to be."""
    seen: set[tuple[str, ...]] = set()
    for one in entities:
        types = tuple(sorted({*one.types, *(uow.types("", one.id) or ())}))
        if types not in seen:
            seen.add(types)
            visit.site.access.check_write(visit.principal, "", types)


def _note(drop: Drop, done: int, news: int, found: Found, uow: UnitOfWork) -> None:
    now = drops.find(uow.vault(DROPS), drop.id, drop.owner)
    refused = drops.refuse(uow, drop, found.refused)
    drops.change(uow, drop.id, done=done, news=now.news + news, refused=now.refused + refused, beat=uow.now)
