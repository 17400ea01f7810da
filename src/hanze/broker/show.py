# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How entities are shown in a reply: what attrs, pick, omit, options, lang, datasetId and the media type ask for."""

from typing import Any

import msgspec

from hanze.broker.exchange import Exchange, form_of
from hanze.errors import BadRequestData
from hanze.http.negotiate import GEO_JSON
from hanze.ngsild import checks, render
from hanze.ngsild.context import Context, served
from hanze.ngsild.entity import CORE, Entity
from hanze.ngsild.language import project
from hanze.ngsild.render.form import PLAIN, Form

LOCATION = CORE + "location"

SHOWING = frozenset({"attrs", "pick", "omit", "options", "format", "lang", "datasetId", "geometryProperty", "local", "jsonKeys",
                     "expandValues", "sysAttrs"})  # fmt: skip
READ_ONE = SHOWING | {"type", "entityMap", "via", "join", "joinLevel", "containedBy"}


def names(text: str, context: Context, field: str = "attrs") -> tuple[str, ...]:
    """A list of attribute names, expanded."""
    found = text.split(",")
    return tuple(context.expand(checks.name(one, field)) for one in found)


def form(ex: Exchange, context: Context) -> Form:
    """The form that the parameters ask for."""
    params = ex.request.params
    for one, other in (("attrs", "pick"), ("attrs", "omit")):
        if one in params and other in params:
            raise BadRequestData(f"{one} and {other} cannot be given together; leave {one} out.")
    datasets = params.get("datasetId")
    return form_of(
        ex.options(),
        pick=project.parse(params["pick"], context, "pick") if "pick" in params else (),
        omit=project.parse(params["omit"], context, "omit") if "omit" in params else (),
        lang=params.get("lang"),
        datasets=tuple(datasets.split(",")) if datasets else None,
    )


def plain(entity: Entity, context: Context, accept: str) -> dict[str, Any]:
    """An entity of which nothing special was asked."""
    if accept == GEO_JSON:
        return render.feature(entity, context, PLAIN, LOCATION)
    return render.entity(entity, context, PLAIN)


def one(ex: Exchange, entity: Entity, context: Context, accept: str) -> dict[str, Any] | None:
    """One entity; None where the attributes that are asked for are not there."""
    shown = many(ex, [entity], context, accept)
    return shown[0] if shown else None


def many(ex: Exchange, entities: list[Entity], context: Context, accept: str) -> list[dict[str, Any]]:
    """Entities without @context; those with nothing to show are left out."""
    params = ex.request.params
    asked = names(params["attrs"], context) if "attrs" in params else None
    how = form(ex, context)
    place = context.expand(params.get("geometryProperty", "location"))
    made = []
    for entity in entities:
        if asked is not None:
            kept = {name: entity.attributes[name] for name in asked if name in entity.attributes}
            if not kept:
                continue
            entity = msgspec.structs.replace(entity, attributes=kept)
        shown = render.feature(entity, context, how, place) if accept == GEO_JSON else render.entity(entity, context, how)
        if shown:
            made.append(shown)
    return made


def collection(features: list[dict[str, Any]], context: Context, *, embedded: bool) -> dict[str, Any]:
    """A GeoJSON FeatureCollection; the @context stands in it once."""
    made: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return {**made, "@context": served(context)} if embedded else made
