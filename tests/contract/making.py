# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to make entities and outcomes for the contract."""

from typing import Any

from hanze.ngsild.entity import DEFAULT_VOCABULARY, Change, Entity, Instance, Outcome
from hanze.store.base import Store, UnitOfWork

STAMP = "2026-01-01T00:00:00Z"


def iri(term: str) -> str:
    return DEFAULT_VOCABULARY + term


def prop(value: Any, **more: Any) -> Instance:
    return {"type": "Property", "value": value, "createdAt": STAMP, "modifiedAt": STAMP, **more}


def point(lon: float, lat: float) -> Instance:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}}


def entity(id: str, type: str = "T", **attributes: Any) -> Entity:
    """Plain values become Properties, instances (dicts with a type) and lists of them stay."""
    made: dict[str, list[Instance]] = {}
    for name, value in attributes.items():
        if isinstance(value, dict) and "type" in value:
            made[iri(name)] = [value]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            made[iri(name)] = value
        else:
            made[iri(name)] = [prop(value)]
    return Entity(f"urn:ngsi-ld:{type}:{id}", [iri(type)], made, [], STAMP, STAMP)


def outcome(before: Entity | None, after: Entity | None) -> Outcome:
    """The outcome that leads from one state to the other."""
    old = _instances(before)
    new = _instances(after)
    changes = [Change(key[0], old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]
    return Outcome(before, after, changes)


def _instances(entity: Entity | None) -> dict[tuple[str, str | None], Instance]:
    attributes = entity.attributes if entity else {}
    return {(name, i.get("datasetId")): i for name, instances in attributes.items() for i in instances}


def save(store: Store, *entities: Entity, tenant: str = "") -> None:
    """Writes entities as one work."""

    def work(uow: UnitOfWork) -> None:
        for one in entities:
            uow.save(tenant, outcome(uow.entity(tenant, one.id), one))

    store.submit(work).result()


def remove(store: Store, id: str, tenant: str = "") -> None:
    def work(uow: UnitOfWork) -> None:
        uow.save(tenant, outcome(uow.entity(tenant, id), None))

    store.submit(work).result()
