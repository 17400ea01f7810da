# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of an entity: arrays of instances, or of values with their times.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.6 to 4.5.9.
"""

from collections.abc import Sequence
from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import NULL, SCOPE, VALUE_MEMBER, Entity, Instance
from hanze.ngsild.render.attribute import WRAPPED, normalized, short, simplified
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.head import head, shows

PLURAL = {
    "Property": "values",
    "GeoProperty": "values",
    "Relationship": "objects",
    "LanguageProperty": "languageMaps",
    "VocabProperty": "vocabs",
    "JsonProperty": "jsons",
    "ListProperty": "valueLists",
    "ListRelationship": "objectLists",
}
"""Kind to the member of the simplified temporal representation."""


def temporal(
    e: Entity, context: Context, form: Form, *,
    temporal_values: bool = False, time_property: str = "observedAt", deleted: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The history without @context. `e.attributes` holds all instances in the order to show them, also several with one
    datasetId; each may have an instanceId, the mark of a deletion has deletedAt and need not have a value.

    `temporal_values`: values with their times only (clause 4.5.9); the time is that of `time_property`, else
    observedAt, else modifiedAt. `deleted`: when the entity was deleted.
    """
    made = head(e, context, form, deleted)
    for name, instances in e.attributes.items():
        if not shows(form, "scope" if name == SCOPE else name):
            continue
        if form.datasets is not None and name != SCOPE:
            instances = [one for one in instances if one.get("datasetId", "@none") in form.datasets]
        if not instances:
            continue
        if temporal_values:
            made[context.compact(name)] = _simplified(name, instances, context, form, time_property)
        else:
            made[context.compact(name)] = [_instance(name, one, context, form) for one in instances]
    return made


def _instance(name: str, instance: Instance, context: Context, form: Form) -> dict[str, Any]:
    if "deletedAt" in instance:
        return _mark(name, instance, form)
    return short(instance, context, form) if form.representation == "concise" else normalized(instance, context, form)


def _mark(name: str, instance: Instance, form: Form) -> dict[str, Any]:
    """The mark of a deletion: null in the place of the value, and when it was."""
    kind = instance["type"]
    made: dict[str, Any] = {"type": kind, VALUE_MEMBER[kind]: null(name, kind)}
    for member in ("datasetId", "instanceId", "deletedAt", *(("createdAt", "modifiedAt") if form.sys else ())):
        if member in instance:
            made[member] = instance[member]
    return made


def null(name: str, kind: str) -> Any:
    """NGSI-LD Null as the value of an attribute of this kind; a scope is null as an empty list."""
    if name == SCOPE:
        return []
    return {"@none": NULL} if kind == "LanguageProperty" else NULL


def _simplified(name: str, instances: Sequence[Instance], context: Context, form: Form, time_property: str) -> Any:
    """One object per kind and datasetId, its values with their times in a list."""
    groups: dict[tuple[str, str | None], list[Instance]] = {}
    for one in instances:
        groups.setdefault((one["type"], one.get("datasetId")), []).append(one)
    made = []
    for (kind, dataset), group in groups.items():
        shown = "Property" if kind == "LanguageProperty" and form.lang else kind
        start = {"type": shown} if dataset is None else {"type": shown, "datasetId": dataset}
        made.append({**start, PLURAL[shown]: [_pair(name, one, context, form, time_property) for one in group]})
    return made[0] if len(made) == 1 else made


def _pair(name: str, one: Instance, context: Context, form: Form, time_property: str) -> list[Any]:
    if "deletedAt" not in one:
        moment = one.get(time_property) or one.get("observedAt") or one.get("modifiedAt")
        return [simplified(one, context, form), moment]
    kind = one["type"]
    if kind == "LanguageProperty" and form.lang:
        return [NULL, one["deletedAt"]]
    found = null(name, kind)
    return [{VALUE_MEMBER[kind]: found} if kind in WRAPPED else found, one["deletedAt"]]
