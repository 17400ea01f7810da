# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A type of entity that Hanze makes itself, described by a Struct: its entities and its JSON Schema both follow from that."""

from collections.abc import Iterator
from typing import Any

import msgspec

from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

VOCABULARY = "https://w3id.org/hanze/terms#"
"""Where the terms stand that no other vocabulary has."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Described(msgspec.Struct, frozen=True):
    """`facts`: a Struct whose fields are the attributes, each a Property with a text, number or boolean that may be missing; what
    each means stands in its Meta. `shared`: fields whose term is of the default context, the others are our own. `room`: who alone
    writes such entities."""

    name: str
    room: str
    facts: type[msgspec.Struct]
    shared: frozenset[str] = frozenset()

    @property
    def iri(self) -> str:
        return VOCABULARY + self.name

    @property
    def about(self) -> str:
        """What such an entity is, in a sentence."""
        return (self.facts.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")

    def attribute(self, field: msgspec.structs.FieldInfo) -> str:
        """The IRI of a field."""
        return CORE.expand(field.encode_name) if field.encode_name in self.shared else VOCABULARY + field.encode_name

    def entity(self, id: str, facts: msgspec.Struct) -> Entity:
        """An entity of the facts that are known; an empty text is not known."""
        return Entity(id, [self.iri], dict(self._properties(facts)))

    def _properties(self, facts: msgspec.Struct) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for field in msgspec.structs.fields(self.facts):
            value = getattr(facts, field.name)
            if value is not None and value != "":
                yield self.attribute(field), [{"type": "Property", "value": value}]

    def schema(self) -> dict[str, Any]:
        """JSON Schema of such an entity in the simplified representation (ETSI GS CIM 009, 4.5.4), names as the core context gives
        them."""
        made = msgspec.json.schema(self.facts)
        told = made["$defs"][self.facts.__name__]["properties"]
        properties = {
            CORE.compact(self.attribute(field)): _present(told[field.encode_name])
            for field in msgspec.structs.fields(self.facts)
        }
        own = {"id": {"type": "string", "format": "uri"}, "type": {"const": CORE.compact(self.iri)}}
        return {
            "$schema": DIALECT, "title": self.name, "description": self.about, "type": "object",
            "properties": {**own, **properties}, "required": ["id", "type"],
        }  # fmt: skip


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """An attribute without a value is not there, rather than null."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**choices[0], **rest} if choices else rest
