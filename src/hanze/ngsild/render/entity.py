# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entity as JSON, and as a GeoJSON Feature.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.1 to 4.5.4, 4.5.16, 4.5.17, 4.21 and 6.3.11.
"""

from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.attribute import attribute
from hanze.ngsild.render.form import Form


def entity(e: Entity, context: Context, form: Form) -> dict[str, Any]:
    """The entity without @context; empty where the form picks nothing of what it has."""
    compact = context.compact
    types = e.types
    made: dict[str, Any] = {"id": e.id, "type": compact(types[0]) if len(types) == 1 else [compact(t) for t in types]}
    if e.scopes:
        made["scope"] = e.scopes[0] if len(e.scopes) == 1 else e.scopes
    if form.sys:
        for name, moment in (("createdAt", e.created), ("modifiedAt", e.modified), ("expiresAt", e.expires)):
            if moment:
                made[name] = moment
    attributes = e.attributes
    if form.pick or form.omit:
        made = {name: value for name, value in made.items() if shows(form, name)}
        attributes = {name: found for name, found in attributes.items() if shows(form, name)}
    for name, instances in attributes.items():
        shown = attribute(instances, context, form)
        if shown is not None:
            made[compact(name)] = shown
    return made


def shows(form: Form, name: str) -> bool:
    """The form lets the member or attribute of this name be seen."""
    if form.pick and all(selector.name != name for selector in form.pick):
        return False
    return all(selector.name != name or selector.inner for selector in form.omit)


def feature(e: Entity, context: Context, form: Form, geometry_property: str) -> dict[str, Any]:
    """The entity as a GeoJSON Feature; `geometry_property` is the IRI of the GeoProperty that gives the geometry."""
    properties = entity(e, context, form)
    properties.pop("id", None)
    return {"id": e.id, "type": "Feature", "geometry": _geometry(e, form, geometry_property), "properties": properties}


def _geometry(e: Entity, form: Form, name: str) -> Any:
    """The default instance comes first; None where the attribute is missing or has no geometry (clause 4.5.16.1)."""
    for instance in e.attributes.get(name, ()):
        wanted = form.datasets is None or instance.get("datasetId", "@none") in form.datasets
        if wanted and instance["type"] == "GeoProperty":
            return instance["value"]
    return None
