# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what came from outside: only what is news becomes a change, and what is late joins the history alone."""

from collections.abc import Iterable

import msgspec

from hanze.ngsild import operations, times
from hanze.ngsild.entity import Entity, Instance
from hanze.store.base import UnitOfWork

STAMPS = ("createdAt", "modifiedAt")


def take(uow: UnitOfWork, tenant: str, entities: Iterable[Entity]) -> int:
    """Upserts entities, attribute by attribute; how many were new, had news or joined the history.

    An instance that is there already is no news. One whose observedAt is before that of the current one goes to the
    history; one of the same moment with another value replaces the current one, and the history keeps both.
    """
    return sum(_take(uow, tenant, entity) for entity in entities)


def _take(uow: UnitOfWork, tenant: str, entity: Entity) -> bool:
    before = uow.entity(tenant, entity.id)
    if before is None:
        uow.save(tenant, operations.create(entity, uow.stamp))
        return True
    news, late = _sorted(before, entity)
    if news or _more(entity.types, before.types) or _more(entity.scopes, before.scopes):
        changed = msgspec.structs.replace(entity, attributes=news, scopes=entity.scopes or before.scopes)
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
        for one in found:
            old = known.get(one.get("datasetId"))
            if old is None or not _older(one, old):
                if old is None or {k: v for k, v in old.items() if k not in STAMPS} != one:
                    news.setdefault(name, []).append(one)
            else:
                late.setdefault(name, []).append(one)
    return news, late


def _older(one: Instance, old: Instance) -> bool:
    if "observedAt" not in one or "observedAt" not in old:
        return False
    return times.parse(one["observedAt"]) < times.parse(old["observedAt"])
