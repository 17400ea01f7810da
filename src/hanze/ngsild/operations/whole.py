# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on a whole entity: create, replace, delete. Source: clauses 5.6.1, 5.6.6 and 5.6.18."""

from hanze.ngsild.entity import SCOPE, Change, Entity, Instance, Outcome
from hanze.ngsild.operations.editing import each, scope_instance, stamped


def create(entity: Entity, now: str) -> Outcome:
    """A new entity; its own times are `now`."""
    attributes, changes = _instances({}, entity, now)
    changes += _scope_change([], entity.scopes, now)
    after = Entity(entity.id, entity.types, attributes, entity.scopes, now, now, entity.expires)
    return Outcome(None, after, changes, list(attributes))


def replace(before: Entity, entity: Entity, now: str) -> Outcome:
    """Everything is as `entity` says; createdAt stays, of the entity and of instances that were there before."""
    old = {(name, one.get("datasetId")): one for name, found in before.attributes.items() for one in found}
    attributes, changes = _instances(old, entity, now)
    gone = [Change(name, was, None) for (name, _), was in old.items()]
    changes = gone + changes + _scope_change(before.scopes, entity.scopes, now)
    after = Entity(before.id, entity.types, attributes, entity.scopes, before.created, now, entity.expires)
    return Outcome(before, after, changes, list(attributes))


def delete(before: Entity) -> Outcome:
    """The entity goes, with all its attributes."""
    return Outcome(before, None, [Change(name, one, None) for name, one in each(before)])


def _instances(
    old: dict[tuple[str, str | None], Instance], entity: Entity, now: str
) -> tuple[dict[str, list[Instance]], list[Change]]:
    """The attributes of `entity`, stamped, and the changes that make them of the old ones, which are taken out there."""
    attributes: dict[str, list[Instance]] = {}
    changes: list[Change] = []
    for name, found in entity.attributes.items():
        made = attributes[name] = []
        for one in found:
            was = old.pop((name, one.get("datasetId")), None) if old else None
            new = stamped(one, was, now)
            made.append(new)
            changes.append(Change(name, was, new))
    return attributes, changes


def _scope_change(before: list[str], after: list[str], now: str) -> list[Change]:
    if before == after:
        return []
    made = scope_instance(after)
    return [Change(SCOPE, scope_instance(before), made and stamped({**made, "observedAt": now}, None, now))]
