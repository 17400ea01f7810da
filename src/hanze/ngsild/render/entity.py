# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An entity as JSON, and as a GeoJSON Feature.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.5.1 to 4.5.4, 4.5.16, 4.5.17 and 4.21.
"""

from typing import Any

from hanze.ngsild.context import Context
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.attribute import attribute
from hanze.ngsild.render.form import Form
from hanze.ngsild.render.head import head, shows


def entity(e: Entity, context: Context, form: Form) -> dict[str, Any]:
    """The entity without @context; empty where the form picks nothing of what it has."""
    made = head(e, context, form)
    compact = context.compact
    everything = not form.pick and not form.omit
    for name, instances in e.attributes.items():
        if everything or shows(form, name):
            shown = attribute(instances, context, form)
            if shown is not None:
                made[compact(name)] = shown
    return made


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
