# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A type of entity that Hanze makes itself, described by a Struct: its entities and its JSON Schema both follow from that."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import msgspec

from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

VOCABULARY = "https://w3id.org/hanze/terms#"
"""Where the terms stand that no other vocabulary has."""

LOCATION = CORE.expand("location")

DIALECT = "https://json-schema.org/draft/2020-12/schema"


F = TypeVar("F", bound=msgspec.Struct)


class Described(msgspec.Struct, frozen=True):
    """`facts`: a Struct whose fields are the attributes, each a Property with a text, number, boolean or list, or a JsonProperty
    with a mapping, that may be missing; what each means stands in its Meta. `shared`: fields whose term is of the default
    context, the others are our own; `common`: so is the type. `timed`: fields of a moment (observedAt). `linked`: fields that
    hold the id of another entity (a Relationship). `located`: it has a `location`. `room`: who alone writes such entities."""

    name: str
    room: str
    facts: type[msgspec.Struct]
    shared: frozenset[str] = frozenset()
    timed: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    common: bool = False
    located: bool = False

    @property
    def iri(self) -> str:
        return CORE.expand(self.name) if self.common else VOCABULARY + self.name

    @property
    def about(self) -> str:
        """What such an entity is, in a sentence."""
        return (self.facts.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")

    def attribute(self, field: msgspec.structs.FieldInfo) -> str:
        """The IRI of a field."""
        return CORE.expand(field.encode_name) if field.encode_name in self.shared else VOCABULARY + field.encode_name

    def entity(
        self, id: str, facts: msgspec.Struct, *, at: str | None = None, location: dict[str, Any] | None = None
    ) -> Entity:
        """An entity of the facts that are known; an empty text is not known. `at`: ISO 8601 in UTC, of what is `timed`."""
        attributes = dict(self._properties(facts, at))
        if location is not None:
            attributes[LOCATION] = [{"type": "GeoProperty", "value": location}]
        return Entity(id, [self.iri], attributes)

    def _properties(self, facts: msgspec.Struct, at: str | None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for field in _fields(self.facts):
            value = getattr(facts, field.name)
            if value is not None and value != "":
                told = self._told(field.name, value)
                timed = {"observedAt": at} if at is not None and field.name in self.timed else {}
                yield self.attribute(field), [{**told, **timed}]

    def _told(self, name: str, value: Any) -> dict[str, Any]:
        if name in self.linked:
            return {"type": "Relationship", "object": value}
        return {"type": "JsonProperty", "json": value} if isinstance(value, dict) else {"type": "Property", "value": value}

    def facts_of(self, entity: Entity, kind: type[F]) -> F:
        """The facts that an entity holds; `kind`: their Struct."""
        told = {}
        for field in _fields(self.facts):
            for instance in entity.attributes.get(self.attribute(field), ())[:1]:
                told[field.encode_name] = instance.get("value", instance.get("json", instance.get("object")))
        return msgspec.convert(told, kind)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of such an entity in the simplified representation (ETSI GS CIM 009, 4.5.4), names as the core context gives
        them."""
        made = msgspec.json.schema(self.facts)
        told = made["$defs"][self.facts.__name__]["properties"]
        properties = {
            CORE.compact(self.attribute(field)): _present(told[field.encode_name]) for field in _fields(self.facts)
        }
        own: dict[str, Any] = {"id": {"type": "string", "format": "uri"}, "type": {"const": CORE.compact(self.iri)}}
        if self.located:
            own["location"] = {"type": "object", "description": "Where it lies: a GeoJSON geometry in WGS 84."}
        return {
            "$schema": DIALECT, "title": self.name, "description": self.about, "type": "object",
            "properties": {**own, **properties}, "required": ["id", "type"],
        }  # fmt: skip


@cache
def _fields(facts: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Looked up once: it takes far longer than what is done with them."""
    return msgspec.structs.fields(facts)


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """An attribute without a value is not there, rather than null."""
    choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**choices[0], **rest} if choices else rest
