# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what came from outside: only what is news becomes a change, and what is late joins the history alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

import msgspec

from hanze.feeds.tables.shaping import Series
from hanze.ngsild import operations, times
from hanze.ngsild.entity import NULL, VALUE_MEMBER, Entity, Instance
from hanze.ngsild.operations.editing import each
from hanze.ngsild.operations.nulls import is_null
from hanze.store.base import UnitOfWork

MOST_AT_ONCE = 1000
"""Entities of one transaction, so that other writes come in between."""

MOST_ROWS = 20_000
"""Observations in bulk of one transaction, for the same; they take less than 100 ms."""

STAMPS = ("createdAt", "modifiedAt")


Work = Callable[[UnitOfWork], int]
"""A part of what came: writes it, and gives how many were news."""


class Take(Protocol):
    """Writes entities; how many were news."""

    def __call__(self, uow: UnitOfWork, tenant: str, entities: Iterable[Entity]) -> int: ...


def works(tenant: str, entities: Sequence[Entity], series: Iterable[Series], taking: Take) -> list[Work]:
    """What came as works of their own transactions, entities first; none of them takes long."""
    parts = [entities[first : first + MOST_AT_ONCE] for first in range(0, len(entities), MOST_AT_ONCE)]
    made: list[Work] = [partial(taking, tenant=tenant, entities=part) for part in parts]
    return made + [partial(observe, tenant=tenant, series=piece) for piece in _pieces(series)]


def observe(uow: UnitOfWork, tenant: str, series: Iterable[Series]) -> int:
    """Writes history in bulk, names expanded; how many observations were new."""
    return sum(
        uow.observe(tenant, one.id, [one.type], one.attribute, one.template, one.moments, one.values) for one in series
    )


def _pieces(series: Iterable[Series]) -> Iterator[list[Series]]:
    """The same in pieces of at most MOST_ROWS observations."""
    piece: list[Series] = []
    rows = 0
    for one in series:
        for first in range(0, len(one.moments), MOST_ROWS):
            part = slice(first, first + MOST_ROWS)
            cut = msgspec.structs.replace(one, moments=one.moments[part], values=one.values[part])
            if rows + len(cut.moments) > MOST_ROWS:
                yield piece
                piece, rows = [], 0
            piece.append(cut)
            rows += len(cut.moments)
    if piece:
        yield piece


def take(uow: UnitOfWork, tenant: str, entities: Iterable[Entity], *, whole: bool = False) -> int:
    """Upserts entities, attribute by attribute; how many were new, had news or joined the history.

    An instance that is there already is no news. One whose observedAt is before that of the current one goes to the
    history; one of the same moment with another value replaces the current one, and the history keeps both. NGSI-LD Null
    deletes, and where the entities are `whole`, so does what they lack.
    """
    entities = list(entities)
    uow.expect(tenant, [entity.id for entity in entities])
    return sum(_take(uow, tenant, entity, whole) for entity in entities)


def join_history(uow: UnitOfWork, tenant: str, entities: Iterable[Entity]) -> int:
    """Readings that are older than what is known join the history alone; of how many entities some were new."""
    return sum(uow.append_history(tenant, entity) > 0 for entity in entities)


def _take(uow: UnitOfWork, tenant: str, entity: Entity, whole: bool) -> bool:
    before = uow.entity(tenant, entity.id)
    if before is None:
        uow.save(tenant, operations.create(_without_nulls(entity), uow.stamp))
        return True
    news, late = _sorted(before, entity)
    scopes, expires, more = entity.scopes or before.scopes, entity.expires, _more(entity.scopes, before.scopes)
    if whole:
        news |= {name: [*news.get(name, ()), *gone] for name, gone in _lacking(before, entity).items()}
        scopes, more = entity.scopes or [NULL] * bool(before.scopes), entity.scopes != before.scopes
        expires = entity.expires or (NULL if before.expires else None)
    if news or more or _more(entity.types, before.types) or expires not in (None, before.expires):
        changed = msgspec.structs.replace(entity, attributes=news, scopes=scopes, expires=expires)
        uow.save(tenant, operations.append(before, changed, uow.stamp))
        found = True
    else:
        found = False
    if late:
        found |= uow.append_history(tenant, Entity(entity.id, before.types, late)) > 0
    return found


def _more(given: list[str], there: list[str]) -> bool:
    return not set(given) <= set(there)


def _sorted(before: Entity, entity: Entity) -> tuple[dict[str, list[Instance]], dict[str, list[Instance]]]:
    """The instances that are news, and those that are older than what is known."""
    news: dict[str, list[Instance]] = {}
    late: dict[str, list[Instance]] = {}
    for name, found in entity.attributes.items():
        known = {one.get("datasetId"): one for one in before.attributes.get(name, ())}
        if len(found) == 1 and is_null(found[0]) and "datasetId" not in found[0]:
            # Alone it stands for the attribute with all its instances (clause 5.8.6).
            found = [_gone(one) for one in known.values()]
        for one in found:
            old = known.get(one.get("datasetId"))
            if is_null(one):
                if old is not None:
                    news.setdefault(name, []).append(one)
            elif old is None or not _older(one, old):
                if old is None or {k: v for k, v in old.items() if k not in STAMPS} != one:
                    news.setdefault(name, []).append(one)
            else:
                late.setdefault(name, []).append(one)
    return news, late


def _lacking(before: Entity, entity: Entity) -> dict[str, list[Instance]]:
    """Nulls for the instances that the entity does not have any more."""
    there = {(name, one.get("datasetId")) for name, one in each(entity)}
    lacking: dict[str, list[Instance]] = {}
    for name, one in each(before):
        if (name, one.get("datasetId")) not in there:
            lacking.setdefault(name, []).append(_gone(one))
    return lacking


def _gone(one: Instance) -> Instance:
    made = {"type": one["type"], VALUE_MEMBER[one["type"]]: NULL}
    return {**made, "datasetId": one["datasetId"]} if "datasetId" in one else made


def _without_nulls(entity: Entity) -> Entity:
    if not any(is_null(one) for _, one in each(entity)):
        return entity
    left = {name: [one for one in found if not is_null(one)] for name, found in entity.attributes.items()}
    return msgspec.structs.replace(entity, attributes={name: found for name, found in left.items() if found})


def _older(one: Instance, old: Instance) -> bool:
    if "observedAt" not in one or "observedAt" not in old:
        return False
    return times.parse(one["observedAt"]) < times.parse(old["observedAt"])
