# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entity as JSON, and as a GeoJSON Feature. Source: ETSI GS CIM 009 V1.8.1, clauses 4.5, 5.2.29 and 6.3.7."""

from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import VALUE_MEMBER, Entity
from hanze.ngsild.render.attribute import attribute
from hanze.ngsild.render.form import Form


def entity(e: Entity, context: Context, form: Form) -> dict[str, Any]:
    """The entity without @context. Where pick leaves no attribute of the attributes it names, id and type remain."""
    compact = context.compact
    everything = not form.pick and not form.omit
    made: dict[str, Any] = {}
    for name, value in (("id", e.id), ("type", _one_or_all([compact(type) for type in e.types]))):
        if everything or shows(form, name):
            made[name] = value
    if e.scopes and (everything or shows(form, "scope")):
        made["scope"] = _one_or_all(e.scopes)
    if form.sys:
        for name, value in (("createdAt", e.created), ("modifiedAt", e.modified), ("expiresAt", e.expires)):
            if value and (everything or shows(form, name)):
                made[name] = value
    for name, instances in e.attributes.items():
        if everything or shows(form, name):
            shown = attribute(instances, context, form)
            if shown is not None:
                made[compact(name)] = shown
    return made


def shows(form: Form, name: str) -> bool:
    """The form lets a member of this name be seen."""
    if form.pick and not any(selector.name == name for selector in form.pick):
        return False
    return not any(selector.name == name and not selector.inner for selector in form.omit)


def _one_or_all(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def feature(e: Entity, context: Context, form: Form, geometry_property: str) -> dict[str, Any]:
    """The entity as a GeoJSON Feature; `geometry_property` is the IRI of the GeoProperty that gives the geometry."""
    shown = entity(e, context, form)
    properties = {key: value for key, value in shown.items() if key != "id"}
    return {
        "id": e.id,
        "type": "Feature",
        "geometry": _geometry(e, form, geometry_property),
        "properties": properties,
    }


def _geometry(e: Entity, form: Form, name: str) -> Any:
    for instance in e.attributes.get(name, ()):
        wanted = form.datasets is None or instance.get("datasetId", "@none") in form.datasets
        if wanted and instance["type"] == "GeoProperty":
            return instance[VALUE_MEMBER["GeoProperty"]]
    return None
