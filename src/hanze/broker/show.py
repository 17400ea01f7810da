# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How entities are shown in a reply: what attrs, pick, omit, options, lang, datasetId and the media type ask for."""

from typing import Any

import msgspec

from hanze.broker.exchange import Exchange, form_of
from hanze.errors import BadRequestData, TooComplexQuery
from hanze.http.negotiate import GEO_JSON
from hanze.ngsild import checks, render
from hanze.ngsild.context import Context, served
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import project
from hanze.ngsild.render import join
from hanze.ngsild.render.form import PLAIN, Form
from hanze.store.mask import LOCATION

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
    if "pick" in params and "omit" in params and set(params["pick"].split(",")) & set(params["omit"].split(",")):
        raise BadRequestData("pick and omit name the same member; leave it out of one of them.")
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


class Showing:
    """What the parameters ask for, checked before anything is read."""

    def __init__(self, ex: Exchange, context: Context, accept: str) -> None:
        params = ex.request.params
        self._context = context
        self._geo = accept == GEO_JSON
        self._attributes = names(params["attrs"], context) if "attrs" in params else None
        self._form = form(ex, context)
        if "geometryProperty" in params and not self._geo:
            raise BadRequestData(f"geometryProperty goes with {GEO_JSON} only; ask for that, or leave it out.")
        self._place = context.expand(params.get("geometryProperty", "location"))
        self._join = params.get("join", "@none")
        self._level = ex.request.number("joinLevel", 1, 1)
        if self._join not in ("@none", "inline", "flat"):
            raise BadRequestData(f"join is {self._join!r}; give inline, flat or @none.")
        for name, selectors in (("pick", self._form.pick), ("omit", self._form.omit)):
            self.follows(project.depth(selectors), name)
        if self._level > join.DEEPEST:
            raise TooComplexQuery(
                f"joinLevel is {self._level}; at most {join.DEEPEST} is followed.", limit=join.DEEPEST
            )
        self._lookup = lambda id: ex.services.store.get(ex.tenant, id, ex.scope)
        self.flat = self._join == "flat" and not self._geo

    def follows(self, deep: int, field: str) -> None:
        """BadRequestData where a parameter follows relationships further than the join does (clause 5.7.2.4)."""
        level = 0 if self._join == "@none" else self._level
        if deep > level:
            raise BadRequestData(
                f"{field} follows {deep} relationships and the join {level}; give join=inline and joinLevel={deep}."
            )

    def many(self, entities: list[Entity]) -> list[dict[str, Any]]:
        """Entities without @context; those with nothing to show are left out."""
        kept = [entity for entity in map(self._reduced, entities) if entity is not None]
        context, how = self._context, self._form
        if self._geo:
            return [render.feature(entity, context, how, self._place) for entity in kept]
        if self.flat:
            return join.flat(kept, context, how, self._lookup, self._level)
        if self._join == "inline":
            return [join.inline(entity, context, how, self._lookup, self._level) for entity in kept]
        return [shown for shown in (render.entity(entity, context, how) for entity in kept) if shown]

    def _reduced(self, entity: Entity) -> Entity | None:
        if self._attributes is None:
            return entity
        kept = {name: entity.attributes[name] for name in self._attributes if name in entity.attributes}
        return msgspec.structs.replace(entity, attributes=kept) if kept else None


def collection(features: list[dict[str, Any]], context: Context, *, embedded: bool) -> dict[str, Any]:
    """A GeoJSON FeatureCollection; the @context stands in it once."""
    made: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return {**made, "@context": served(context)} if embedded else made
