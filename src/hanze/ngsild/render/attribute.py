# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attribute, normalised, concise or simplified. Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.1 to 4.5.24."""

from collections.abc import Sequence
from typing import Any

from hanze.ngsild.checks import is_geometry
from hanze.ngsild.context import Context
from hanze.ngsild.entity import RESERVED, VALUE_MEMBER, Instance
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.language import choose

WRAPPED = {"LanguageProperty": "languageMap", "VocabProperty": "vocab", "JsonProperty": "json"}
"""Kinds whose simplified value stands in an object that tells the kind (clause 4.5.4)."""


def attribute(instances: Sequence[Instance], context: Context, form: Form) -> Any:
    """The value of the attribute's member in the entity; None where the form's datasets leave nothing."""
    if form.datasets is not None:
        instances = [one for one in instances if one.get("datasetId", "@none") in form.datasets]
        if not instances:
            return None
    alone = len(instances) == 1
    if form.representation == "normalized":
        return normalized(instances[0], context, form) if alone else [normalized(i, context, form) for i in instances]
    if form.representation == "concise":
        return concise(instances[0], context, form) if alone else [short(one, context, form) for one in instances]
    if alone:
        return simplified(instances[0], context, form)
    return {"dataset": {one.get("datasetId", "@none"): simplified(one, context, form) for one in instances}}


def normalized(instance: Instance, context: Context, form: Form) -> dict[str, Any]:
    """All members, names compacted; the times that the node keeps only where the form has `sys` (clause 6.3.11)."""
    made = instance.copy()
    if not form.sys:
        made.pop("createdAt", None)
        made.pop("modifiedAt", None)
        made.pop("expiresAt", None)
    kind = made["type"]
    if kind == "LanguageProperty":
        if form.lang:
            made["type"] = "Property"
            made["lang"], made["value"] = choose(made.pop("languageMap"), form.lang)
    elif kind == "VocabProperty":
        made["vocab"] = compacted(made["vocab"], context)
    elif kind == "ListRelationship" and isinstance(made["objectList"], list):
        made["objectList"] = [{"object": one} for one in made["objectList"]]
    if "objectType" in made:
        made["objectType"] = compacted(made["objectType"], context)
    if "valueType" in made:
        made["valueType"] = compacted(made["valueType"], context)
    if not RESERVED.issuperset(instance):
        _parts(made, instance, context, form)
    return made


def _parts(made: dict[str, Any], instance: Instance, context: Context, form: Form) -> None:
    """Sub-attributes; one that is no list of instances is a bare value of the core (clause 4.5.2.2) and stays bare."""
    one = concise if form.representation == "concise" else normalized
    several = short if form.representation == "concise" else normalized
    for name, found in instance.items():
        if name in RESERVED:
            continue
        del made[name]
        if not isinstance(found, list):
            made[context.compact(name)] = found
        elif len(found) == 1:
            made[context.compact(name)] = one(found[0], context, form)
        else:
            made[context.compact(name)] = [several(part, context, form) for part in found]


def short(instance: Instance, context: Context, form: Form) -> dict[str, Any]:
    """Concise: without the type, which the value's member tells; a Property keeps it whose value is a geometry."""
    made = normalized(instance, context, form)
    if made["type"] == "Property" and is_geometry(made["value"]):
        return made
    del made["type"]
    if "objectList" in made:
        made["objectList"] = instance["objectList"]
    return made


def concise(instance: Instance, context: Context, form: Form) -> Any:
    """Concise, and the bare value of a Property or GeoProperty that has nothing else, where it is clear what it is."""
    made = short(instance, context, form)
    if len(made) > 1 or "value" not in made:
        return made
    value = made["value"]
    if isinstance(value, dict) and instance["type"] != "GeoProperty":
        return made
    return made if isinstance(value, list) and any(isinstance(one, dict) for one in value) else value


def simplified(instance: Instance, context: Context, form: Form) -> Any:
    """The value alone (clause 4.5.4)."""
    kind = instance["type"]
    found = instance[VALUE_MEMBER[kind]]
    member = WRAPPED.get(kind)
    if member is None:
        return found
    if kind == "LanguageProperty" and form.lang:
        return choose(found, form.lang)[1]
    return {member: compacted(found, context) if kind == "VocabProperty" else found}


def compacted(names: Any, context: Context) -> Any:
    """One name or several, as the context says them shortest."""
    return [context.compact(one) for one in names] if isinstance(names, list) else context.compact(names)
