# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The body of a posted Query: a selection, and the parameters that its other members stand for.

Source: clauses 5.2.23, 5.2.33 and 5.2.43.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from hanze.broker.selecting import selection
from hanze.errors import BadRequestData
from hanze.ngsild import checks, pattern
from hanze.ngsild.context import Context
from hanze.ngsild.language import geo, types
from hanze.ngsild.selection import (
    All,
    Any_,
    Compare,
    EntitySelection,
    Exists,
    Literal,
    Path,
    Query,
    TypeIs,
    TypeSelection,
)

MEMBERS = {"attrs", "pick", "omit", "lang", "orderBy", "join", "joinLevel", "datasetId", "expandValues"}


def posted(payload: Any, context: Context) -> tuple[EntitySelection, dict[str, str]]:
    """The selection of a Query body (clause 5.2.23), and the parameters that it stands for."""
    if not isinstance(payload, dict) or payload.get("type") != "Query":
        raise BadRequestData("The body is no Query; give an object with type Query.")
    params: dict[str, str] = {}
    for name in MEMBERS:
        value = payload.get(name)
        if value is not None:
            params[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    for name in ("q", "scopeQ", "csf"):
        value = payload.get(name)
        if value is not None:
            if not isinstance(value, str):
                raise BadRequestData(f"{name} is {checks.shown(value)}; give a text.")
            params[name] = value
    near = payload.get("geoQ")
    where = None
    if near is not None:
        if not isinstance(near, dict):
            raise BadRequestData(f"geoQ is {checks.shown(near)}; give an object with georel, geometry and coordinates.")
        where = geo.parse(
            near.get("georel"), near.get("geometry"), near.get("coordinates"), near.get("geoproperty"), context
        )
    params |= _ordering(payload.get("ordering"))
    base = selection(params, context)
    about = entity_infos(payload.get("entities"), context)
    wanted = msgspec.structs.replace(
        about,
        attributes=base.attributes,
        q=All((about.q, base.q)) if about.q and base.q else about.q or base.q,
        geo=where,
        scope_q=base.scope_q,
    )
    return wanted, params


def _ordering(given: Any) -> dict[str, str]:
    """The members of `ordering` (clause 5.2.43) as the parameters that they stand for."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadRequestData(f"ordering is {checks.shown(given)}; give an object with orderBy.")
    names = given.get("orderBy")
    if not isinstance(names, list) or not names or not all(isinstance(one, str) for one in names):
        raise BadRequestData(f"ordering.orderBy is {checks.shown(names)}; give a list of names.")
    found = {"orderBy": ",".join(names)}
    if "coordinates" in given:
        if not isinstance(given["coordinates"], list):
            raise BadRequestData(
                f"ordering.coordinates is {checks.shown(given['coordinates'])}; give a list of numbers."
            )
        found["orderFrom"] = msgspec.json.encode(given["coordinates"]).decode()
    for member, name in (("geometry", "orderGeometry"), ("collation", "collation")):
        if member in given:
            if not isinstance(given[member], str):
                raise BadRequestData(f"ordering.{member} is {checks.shown(given[member])}; give a text.")
            found[name] = given[member]
    return found


def entity_infos(infos: Any, context: Context) -> EntitySelection:
    """What the `entities` member selects; its elements are alternatives of each other."""
    if infos is None:
        return EntitySelection()
    if not isinstance(infos, list) or not infos or not all(isinstance(one, dict) for one in infos):
        raise BadRequestData('entities is no list of objects; give a list such as [{"type": "Room"}].')
    found = [_info(one, context) for one in infos]
    if len(found) == 1:
        return found[0]
    return EntitySelection(
        types=None if any(one.types is None for one in found) else Any_(tuple(one.types for one in found)),
        ids=tuple(id for one in found for id in one.ids) if all(one.ids for one in found) else (),
        q=Any_(tuple(map(_whole, found))) if any(one.ids or one.id_pattern for one in found) else None,
    )


def _info(info: Mapping[str, Any], context: Context) -> EntitySelection:
    """One element (clause 5.2.33)."""
    kind, id, wanted = info.get("type"), info.get("id"), info.get("idPattern")
    if not isinstance(kind, str):
        raise BadRequestData("An element of entities has no type; give each one a type.")
    if wanted is not None:
        pattern.compile(str(wanted))
    return EntitySelection(
        types=None if kind == "*" else types.parse(kind, context),
        ids=tuple(checks.uri(one, "entities.id") for one in (id if isinstance(id, list) else [id] if id else ())),
        # The id takes precedence over the pattern.
        id_pattern=None if wanted is None or id else str(wanted),
    )


def _whole(info: EntitySelection) -> Query:
    """An element as one condition, so that it can be an alternative of others."""
    parts: list[Query] = [] if info.types is None else [_typed(info.types)]
    if info.ids:
        parts.append(Compare(Path("id"), "==", tuple(Literal("text", id) for id in info.ids)))
    if info.id_pattern is not None:
        parts.append(Compare(Path("id"), "~=", (Literal("text", info.id_pattern),)))
    return All(tuple(parts)) if parts else Exists(Path("id"))


def _typed(wanted: TypeSelection) -> Query:
    if isinstance(wanted, TypeIs):
        return Compare(Path("type"), "==", (Literal("text", wanted.iri),))
    return type(wanted)(tuple(map(_typed, wanted.of)))
