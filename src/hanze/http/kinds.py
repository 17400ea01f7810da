# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The types of entities that Hanze makes itself, and the JSON Schema of each, as resources of /v1."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from msgspec import Meta

from hanze.errors import ResourceNotFound
from hanze.http.operation import Caller, Nothing, Operation
from hanze.ngsild.checks import shown
from hanze.ngsild.described import Described

TAG = "types"


class Type(msgspec.Struct, frozen=True, rename="camel"):
    """A type of entity that Hanze makes."""

    name: str
    iri: Annotated[str, Meta(description="As which NGSI-LD knows it.", extra_json_schema={"format": "uri"})]
    description: str
    room: Annotated[str, Meta(description="The part of Hanze that alone writes it.")]
    schema: Annotated[str, Meta(description="Where its JSON Schema is.", extra_json_schema={"format": "uri-reference"})]


class Types(msgspec.Struct, frozen=True, rename="camel"):
    """All types that Hanze makes."""

    items: list[Type]


class Named(msgspec.Struct, frozen=True, rename="camel"):
    """One of the types."""

    name: Annotated[str, Meta(description="the name of a type that Hanze makes, such as Source")]


def operations(types: Sequence[Described]) -> tuple[Operation, ...]:
    """What /v1 offers of these types."""
    by_name = {one.name: one for one in types}

    def several(caller: Caller, asked: Nothing) -> Types:
        """The types that the city's other data have are at /ngsi-ld/v1/types."""
        return Types([_told(one, caller.root) for one in types])

    def schema(caller: Caller, asked: Named) -> dict[str, Any]:
        """Of an entity in the simplified representation of NGSI-LD, with names as its core context gives them."""
        if asked.name not in by_name:
            raise ResourceNotFound(f"There is no type {shown(asked.name)}; the types are {', '.join(by_name)}.")
        return by_name[asked.name].schema()

    return (
        Operation(
            path="/types", name="listTypes", summary="The types of entities that Hanze makes", tag=TAG,
            handler=several, answer=Types,
        ),
        Operation(
            path="/types/{name}/schema", name="getTypeSchema", summary="The JSON Schema of a type", tag=TAG,
            handler=schema, answer=dict[str, Any], asked=Named, kind="application/schema+json",
        ),
    )  # fmt: skip


def _told(one: Described, root: str) -> Type:
    return Type(one.name, one.iri, one.about, one.room, f"{root}/types/{quote(one.name)}/schema")
