# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data come to stand in a tenant of the node, so that the calls are those of later; and go again."""

from collections.abc import Iterator
from functools import partial

import msgspec

from hanze.access import agreed, audit, keys
from hanze.access.agreed import Agreed
from hanze.access.keys import Key
from hanze.access.vaults import KEYS
from hanze.compute import Tell
from hanze.errors import Conflict, HanzeError, ResourceNotFound, TooManyResults
from hanze.experiments.practice import gathering, keeping
from hanze.experiments.practice.gathering import Gathered, Invented, Job, Line
from hanze.experiments.practice.granting import Shown
from hanze.experiments.practice.keeping import Practice
from hanze.goals.indicators.known import Known
from hanze.ngsild import operations
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.people.tokens import Chance
from hanze.web.room import Site

DAY = 86_400_000_000
DAYS, AFTER = 90, 30
"""So long practice data stay; and so long once the agreement is signed, if that is sooner."""

SECONDS = 300.0
"""The longest that it may take to make them up."""

MOST_KEYS = 10

AT_ONCE = 100
"""Things that are found at a time, to be taken away."""


def begin(uow: UnitOfWork, chance: Chance, source: str, shown: Shown, by: str) -> Practice | None:
    """From now on these practice data are being made, by us; None where others are at it. The seed stays that of the first time:
    many draws of the same data would tell more about them than one."""
    old = keeping.find(uow, source)
    if old is not None and old.state == "making" and not old.interrupted(uow.real):
        return None
    tenant = keeping.free(uow, source) if old is None else old.tenant
    seed = int.from_bytes(chance(4), "big") if old is None else old.seed
    one = Practice(source, tenant, "making", seed, uow.now, uow.now + DAYS * DAY, beat=uow.real)
    keeping.put(uow, one)
    uow.tenant(tenant)
    grants = shown.to_read(tenant)
    agreed.put(uow, Agreed(id=one.opened, grants=grants, starts=uow.now, ends=one.ends, rate=shown.rate))
    audit.note(uow, by, "made practice data", source, tenant=tenant)
    return one


async def run(site: Site, one: Practice, shown: Shown, asker: str) -> None:
    """Makes them up and writes them. What goes wrong is told on the page, not here."""
    place = None if shown.place is None else dict(shown.place)
    store, city = site.store, site.tool(Known).city
    job = Job(store.looking(), one.made, str(site.zone), city, shown.to_make(), one.seed, place)
    try:
        made = await site.compute.run(gathering.run, job, seconds=SECONDS, progress=_beating(site, one), asker=asker)
        await _clear(site, one, shown)
        await _write(site, one, made)
    except HanzeError as error:
        await store.write(partial(keeping.change, source=one.source, state="failed", problem=error.detail))


def _beating(site: Site, one: Practice) -> Tell:
    """A sign that it is under way."""

    def tell(done: float, whole: float, words: str) -> None:
        site.store.submit(lambda uow: keeping.change(uow, one.source, beat=uow.real))

    return tell


async def _clear(site: Site, one: Practice, shown: Shown) -> None:
    """What was made before."""
    for type in shown.types:
        while found := await site.store.read(partial(_some, site, one.tenant, type)):
            for id in found:
                await site.store.write(lambda uow: uow.erase(one.tenant, id))  # noqa: B023


def _some(site: Site, tenant: str, type: str) -> list[str]:
    found = site.store.query(tenant, EntitySelection(types=TypeIs(type)), EVERYTHING, limit=AT_ONCE)
    return [entity.id for entity in found.entities]


async def _write(site: Site, one: Practice, made: Gathered) -> None:
    """A series at a time, so that others are served between."""
    parts = list(_parts(made.things))
    for number, (entity, line) in enumerate(parts):
        await site.store.write(partial(_save, one, entity, line, number, len(parts)))
    told = [msgspec.to_builtins(each) for each in made.about]
    await site.store.write(
        partial(
            keeping.change, source=one.source, state="done", done=len(parts), total=len(parts), problem="", about=told
        )
    )


def _parts(things: list[Invented]) -> Iterator[tuple[Entity, Line | None]]:
    for thing in things:
        yield thing.entity, None
        for line in thing.lines:
            yield thing.entity, line


def _save(one: Practice, entity: Entity, line: Line | None, done: int, total: int, uow: UnitOfWork) -> None:
    """Errors: Conflict where they were taken away meanwhile."""
    if keeping.find(uow, one.source) is None:
        raise Conflict("These practice data were taken away while they were made.")
    if line is None:
        uow.save(one.tenant, operations.create(entity, uow.stamp))
    else:
        unit = {} if line.unit is None else {"unitCode": line.unit}
        template = {"type": "Property", **unit}
        uow.observe(one.tenant, entity.id, entity.types, line.attribute, template, line.moments, line.values)
    keeping.change(uow, one.source, done=done, total=total, beat=uow.real)


def key(uow: UnitOfWork, chance: Chance, source: str, name: str, by: str) -> tuple[str, Key]:
    """A key that reads these practice data and what everyone may; its text, which nobody can find out again. Errors:
    ResourceNotFound, Conflict, TooManyResults."""
    one = _there(uow, source)
    if len(open_keys(uow, one)) >= MOST_KEYS:
        raise TooManyResults(f"These practice data have {MOST_KEYS} keys; revoke one first.", limit=MOST_KEYS)
    return keys.create(uow, chance, by, "reader", name=name, agreement=one.opened)


def revoke(uow: UnitOfWork, source: str, key: str, by: str) -> None:
    """Errors: ResourceNotFound where it is no key of these practice data."""
    if key not in open_keys(uow, _there(uow, source)):
        raise ResourceNotFound("There is no such key of these practice data.")
    keys.revoke(uow, by, key)


def open_keys(uow: UnitOfWork, one: Practice) -> list[str]:
    """The ids of the keys that were not revoked."""
    return [row["key"] for row in uow.vault(KEYS).select({"agreement": one.opened, "revoked": None})]


def end_by(uow: UnitOfWork, source: str, moment: int) -> None:
    """They go sooner, at a moment in microseconds by the clock of the city."""
    one = _there(uow, source)
    if moment < one.ends:
        keeping.change(uow, source, ends=moment)
        agreed.end_by(uow, one.opened, moment)


def remove(uow: UnitOfWork, source: str, by: str) -> None:
    """The data go, with their keys. Errors: ResourceNotFound."""
    one = _there(uow, source)
    for id in open_keys(uow, one):
        keys.revoke(uow, by, id)
    agreed.end(uow, one.opened)
    uow.drop_tenant(one.tenant)
    keeping.drop(uow, source)
    audit.note(uow, by, "removed practice data", source, tenant=one.tenant)


def _there(uow: UnitOfWork, source: str) -> Practice:
    found = keeping.find(uow, source)
    if found is None:
        raise ResourceNotFound("There are no practice data of it; make them first.")
    return found
