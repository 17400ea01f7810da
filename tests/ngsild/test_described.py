# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A type that is described by a Struct: the names, the entities and the schema that follow from it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY, Described


class Tree(msgspec.Struct, frozen=True):
    """A tree of the city.

    More that only makers need to know.
    """

    name: Annotated[str, Meta(description="What it is called.")]
    leaves: Annotated[int | None, Meta(description="So many.")] = None
    old: Annotated[bool, Meta(description="Older than a century.")] = False


DESCRIBED = Described("Tree", "parks", Tree, frozenset({"name"}))


def test_an_entity_has_what_is_known() -> None:
    made = DESCRIBED.entity("urn:ngsi-ld:Tree:1", Tree("", old=True))
    assert made.types == [VOCABULARY + "Tree"]
    assert made.attributes == {VOCABULARY + "old": [{"type": "Property", "value": True}]}
    made = DESCRIBED.entity("urn:ngsi-ld:Tree:1", Tree("Oak", 0))
    assert made.attributes[CORE.expand("name")] == [{"type": "Property", "value": "Oak"}]
    assert made.attributes[VOCABULARY + "leaves"][0]["value"] == 0


class Area(msgspec.Struct, frozen=True):
    """A piece of the city."""

    uses: Annotated[dict[str, float] | None, Meta(description="By use.")] = None
    people: Annotated[int | None, Meta(description="So many.")] = None


AREA = Described("Area", "goals", Area, frozenset({"people"}), timed=frozenset({"people"}), common=True, located=True)


def test_a_type_of_others_has_moments_places_and_objects() -> None:
    place = {"type": "Point", "coordinates": [5, 52]}
    made = AREA.entity("urn:ngsi-ld:Area:1", Area({"homes": 1.5}, 3), at="2026-01-01T00:00:00Z", location=place)
    assert made.types == [CORE.expand("Area")]
    assert made.attributes == {
        VOCABULARY + "uses": [{"type": "JsonProperty", "json": {"homes": 1.5}}],
        CORE.expand("people"): [{"type": "Property", "value": 3, "observedAt": "2026-01-01T00:00:00Z"}],
        CORE.expand("location"): [{"type": "GeoProperty", "value": place}],
    }
    assert {"location", "people"} <= AREA.schema()["properties"].keys()


def test_a_schema_speaks_of_the_same() -> None:
    assert DESCRIBED.schema() == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tree",
        "description": "A tree of the city.",
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uri"},
            "type": {"const": VOCABULARY + "Tree"},
            "name": {"type": "string", "description": "What it is called."},
            VOCABULARY + "leaves": {"type": "integer", "description": "So many."},
            VOCABULARY + "old": {"type": "boolean", "description": "Older than a century."},
        },
        "required": ["id", "type"],
    }
