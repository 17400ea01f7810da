# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities and fragments of them. Source: ETSI GS CIM 009 V1.8.1, clauses 5.2.4, 5.2.20 and 5.4."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild import times
from hanze.ngsild.checks import name, scopes, shown, uri
from hanze.ngsild.context import Context
from hanze.ngsild.entity import NULL, Entity
from hanze.ngsild.parse.attribute import instances

MOST_ATTRIBUTES = 5000

_SYSTEM = frozenset({"@context", "createdAt", "modifiedAt", "deletedAt"})


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
        elif key == "type" or key == "@type":
            found.types = types(value, context)
        elif key == "scope":
            found.scopes = [NULL] if nulls and value == NULL else scopes(value)
        elif key == "expiresAt":
            if not (nulls and value == NULL):
                times.parse(value, "expiresAt")
            found.expires = value
        elif key not in _SYSTEM:
            found.attributes[expand(name(key, "attribute name"))] = instances(
                value, context, nulls=nulls, field=key, several=several
            )
    return found


def types(value: Any, context: Context) -> list[str]:
    """One or several types, expanded, each once."""
    given = value if isinstance(value, list) else [value]
    if not given:
        raise BadRequestData("type is an empty list; give at least one type.")
    return list(dict.fromkeys(context.expand(name(one, "type")) for one in given))
