# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on attributes of an entity by their names: patch, replace, delete.

Source: ETSI GS CIM 009 V1.8.1, clauses 5.5.8, 5.6.4, 5.6.5, 5.6.19 and 5.6.21.
"""

from collections.abc import Container, Iterable

from hanze.errors import BadRequestData, ResourceNotFound
from hanze.ngsild.entity import NULL, SCOPE, Entity, Instance, Outcome
from hanze.ngsild.operations.complete import complete
from hanze.ngsild.operations.editing import Editing, each
from hanze.ngsild.operations.nulls import dataset_of, is_null, removes, stored


def patch_attribute(before: Entity, attribute: str, instances: Iterable[Instance], now: str) -> Outcome:
    """Members that are given replace those of the instance with the same datasetId, others stay; a null deletes.

    Errors: ResourceNotFound where there is no such instance, BadRequestData for another kind, and for the scope.
    """
    _no_scope(attribute)
    editing = Editing(before, now)
    for one in instances:
        old = _there(editing, before, attribute, dataset_of(one, attribute))
        if is_null(one):
            editing.remove(attribute, old)
            continue
        kind = old["type"]
        if one.get("type", kind) != kind:
            raise BadRequestData(f"{attribute} is a {kind}, not a {one['type']}; a patch keeps the type.")
        given = stored(one, attribute)
        made = {**old, **given}
        if given is not one:
            for key, value in one.items():
                if removes(value):
                    made.pop(key, None)
        editing.put(attribute, made, old)
    return editing.outcome()


def replace_attribute(before: Entity, attribute: str, instances: Iterable[Instance], now: str) -> Outcome:
    """Each instance takes the place of the one with the same datasetId, also as another kind; createdAt stays.

    Errors: ResourceNotFound where there is no such instance, BadRequestData for the scope.
    """
    _no_scope(attribute)
    editing = Editing(before, now)
    for one in instances:
        old = _there(editing, before, attribute, dataset_of(one, attribute))
        editing.put(attribute, complete(stored(one, attribute), attribute), old)
    return editing.outcome()


def delete_attribute(
    before: Entity, attribute: str, now: str, *, dataset: str | None = None, every: bool = False
) -> Outcome:
    """The default instance goes, the one of the dataset, or every one; ResourceNotFound where there is none."""
    editing = Editing(before, now)
    if attribute == SCOPE:
        if not before.scopes:
            raise ResourceNotFound(f"{before.id} has no scope.")
        editing.set_scopes([NULL])
        return editing.outcome()
    found = list(before.attributes.get(attribute, ())) if every else []
    for one in found or [_there(editing, before, attribute, dataset)]:
        editing.remove(attribute, one)
    return editing.outcome()


def delete_attributes(before: Entity, attributes: Container[str], now: str) -> Outcome:
    """Every instance of these attributes goes, of those that the entity has."""
    editing = Editing(before, now)
    for name, one in each(before):
        if name in attributes:
            editing.remove(name, one)
    return editing.outcome()


def _there(editing: Editing, before: Entity, attribute: str, dataset: str | None) -> Instance:
    found = editing.find(attribute, dataset)
    if found is None:
        which = f" with datasetId {dataset}" if dataset else " without datasetId"
        raise ResourceNotFound(f"{before.id} has no attribute {attribute}{which}.")
    return found


def _no_scope(attribute: str) -> None:
    if attribute == SCOPE:
        raise BadRequestData("The scope is no attribute to patch or replace; give scope in a PATCH of the entity.")
