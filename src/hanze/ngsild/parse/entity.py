# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities and fragments of them. Source: ETSI GS CIM 009 V1.8.1, clauses 5.2.4, 5.2.20 and 5.4."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.checks import geometry, is_geometry, name, scopes, shown, uri
from hanze.ngsild.context import Context
from hanze.ngsild.entity import CORE, NULL, Entity, Instance
from hanze.ngsild.operations.nulls import is_null
from hanze.ngsild.parse.attribute import instances

MOST_ATTRIBUTES = 5000

_SYSTEM = frozenset({"@context", "createdAt", "modifiedAt", "deletedAt"})

_NO_ATTRIBUTES = _SYSTEM | {"datasetId", "instanceId", "observedAt"}
"""Members of entities and attributes, whose names no attribute may have (clause 4.5.1)."""

PLACES = frozenset(CORE + name for name in ("location", "observationSpace", "operationSpace"))
"""What is a GeoProperty and nothing else (clause 4.7.1)."""


def entity(payload: Any, context: Context) -> Entity:
    """A whole entity: id and type are required, NGSI-LD Null is refused. Errors: BadRequestData."""
    found = fragment(payload, context)
    if not found.id:
        raise BadRequestData("id is missing; give the entity an absolute URI such as urn:ngsi-ld:Room:1.")
    if not found.types:
        raise BadRequestData("type is missing; give the entity a type such as Room.")
    return found


def fragment(payload: Any, context: Context, *, nulls: bool = False) -> Entity:
    """Part of an entity: id may be empty and types none. `nulls`: NGSI-LD Null stays as given."""
    return _read(payload, context, nulls, False)


def temporal(payload: Any, context: Context) -> Entity:
    """The history of an entity: each attribute a list of instances, several with the same datasetId."""
    return _read(payload, context, False, True)


def _read(payload: Any, context: Context, nulls: bool, several: bool) -> Entity:
    if not isinstance(payload, dict):
        raise BadRequestData(f"An entity is a JSON object; this is {shown(payload)}.")
    if len(payload) > MOST_ATTRIBUTES:
        raise BadRequestData(f"The entity has {len(payload)} members; at most {MOST_ATTRIBUTES} are allowed.")
    found = Entity("", [], {}, [])
    expand = context.expand
    for key, value in payload.items():
        if key == "id" or key == "@id":
            found.id = uri(value, "id")
            if value == NULL:
                raise BadRequestData(f"id is {NULL!r}; give the entity a URI of its own.")
        elif key == "type" or key == "@type":
            found.types = types(value, context)
        elif key == "scope":
            found.scopes = [NULL] if nulls and value == NULL else scopes(value)
        elif key == "expiresAt":
            found.expires = value if nulls and value == NULL else times.utc(value, "expiresAt")
        elif key in _NO_ATTRIBUTES:
            if key not in _SYSTEM:
                raise BadRequestData(f"{key} is no name of an attribute; it is a member of attributes only.")
        else:
            iri = expand(name(key, "attribute name"))
            found.attributes[iri] = instances(value, context, nulls=nulls, field=key, several=several)
            if iri in PLACES:
                place(found.attributes[iri], key)
    return found


def place(found: list[Instance], field: str) -> None:
    """A Property with a geometry becomes the GeoProperty that it is meant to be; BadRequestData for any other kind."""
    for one in found:
        kind = one.get("type", "GeoProperty")
        if kind == "Property" and is_geometry(one.get("value")):
            one["type"], one["value"] = "GeoProperty", geometry(one["value"], field)
        elif kind != "GeoProperty" and not is_null(one):
            raise BadRequestData(f"{field} is a {kind}; it is always a GeoProperty, with a GeoJSON geometry.")


def types(value: Any, context: Context) -> list[str]:
    """One or several types, expanded, each once."""
    if not isinstance(value, list):
        return [context.expand(name(value, "type"))]
    if not value:
        raise BadRequestData("type is an empty list; give at least one type.")
    return list(dict.fromkeys(context.expand(name(one, "type")) for one in value))
