# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attribute in one of the representations. Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.1 to 4.5.24."""

from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import RESERVED, VALUE_MEMBER, Instance
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.language import choose

TIMES = frozenset({"createdAt", "modifiedAt", "deletedAt"})
_SIMPLE_KEYS = {
    "LanguageProperty": "languageMap", "VocabProperty": "vocab", "JsonProperty": "json",
    "ListProperty": "valueList", "ListRelationship": "objectList",
}  # fmt: skip


def attribute(instances: list[Instance], context: Context, form: Form) -> Any:
    """The value of the attribute's member in the entity; None where the form's datasets leave nothing."""
    if form.datasets is not None:
        instances = [one for one in instances if one.get("datasetId", "@none") in form.datasets]
        if not instances:
            return None
    if form.representation == "simplified":
        if len(instances) == 1:
            return simplified(instances[0], context, form)
        return {"dataset": {one.get("datasetId", "@none"): simplified(one, context, form) for one in instances}}
    if len(instances) == 1:
        return normalized(instances[0], context, form)
    return [normalized(one, context, form) for one in instances]


def value(instance: Instance, context: Context) -> Any:
    """The bare value, names compacted."""
    kind = instance["type"]
    found = instance[VALUE_MEMBER[kind]]
    if kind == "VocabProperty":
        return [context.compact(word) for word in found] if isinstance(found, list) else context.compact(found)
    if kind == "ListRelationship":
        return [{"object": one} for one in found] if isinstance(found, list) else found
    return found


def simplified(instance: Instance, context: Context, form: Form) -> Any:
    """Clause 4.5.4: the value alone, kinds that are no plain value in an object that says so."""
    kind = instance["type"]
    if kind == "LanguageProperty" and form.lang:
        return choose(instance["languageMap"], form.lang)[1]
    found = value(instance, context)
    if kind == "ListRelationship":
        return {"objectList": instance["objectList"]}
    member = _SIMPLE_KEYS.get(kind)
    return found if member is None else {member: found}


def normalized(instance: Instance, context: Context, form: Form) -> dict[str, Any]:
    """Normalised, or concise: without the type where the members tell it."""
    kind = instance["type"]
    made: dict[str, Any] = {} if form.representation == "concise" else {"type": kind}
    member = VALUE_MEMBER[kind]
    sys = form.sys
    for key, found in instance.items():
        if key == member:
            if kind == "LanguageProperty" and form.lang:
                if form.representation != "concise":
                    made["type"] = "Property"
                language, made["value"] = choose(found, form.lang)
                made["lang"] = language
            elif kind == "VocabProperty" or kind == "ListRelationship":
                made[key] = value(instance, context)
            else:
                made[key] = found
        elif key == "type" or (key in TIMES and not sys):
            continue
        elif key == "objectType":
            made[key] = [context.compact(t) for t in found] if isinstance(found, list) else context.compact(found)
        elif key in RESERVED:
            made[key] = found
        else:
            parts = [normalized(one, context, form) for one in found]
            made[context.compact(key)] = parts[0] if len(parts) == 1 else parts
    if form.representation == "concise" and len(made) == 1 and kind in ("Property", "GeoProperty"):
        only = made.get("value")
        return made if isinstance(only, dict) and kind == "Property" else only  # type: ignore[return-value]
    return made
