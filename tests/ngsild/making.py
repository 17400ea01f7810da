# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities, instances and fragments for tests: short ways to write them, and strategies that make them."""

from typing import Any

from hypothesis import strategies as st

from hanze.ngsild.entity import DEFAULT_VOCABULARY, VALUE_MEMBER, Entity, Instance

EARLIER = "2026-01-01T00:00:00Z"
NOW = "2026-02-01T00:00:00Z"
LATER = "2026-03-01T00:00:00Z"

ONE, TWO = "urn:ngsi-ld:Dataset:one", "urn:ngsi-ld:Dataset:two"


def iri(term: str) -> str:
    """The name as the core context expands it."""
    return DEFAULT_VOCABULARY + term


def prop(value: Any, **more: Any) -> Instance:
    return {"type": "Property", "value": value, **more}


def rel(target: Any, **more: Any) -> Instance:
    return {"type": "Relationship", "object": target, **more}


def geo(lon: float, lat: float, **more: Any) -> Instance:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}, **more}


def lang(**languages: Any) -> Instance:
    return {"type": "LanguageProperty", "languageMap": languages}


def vocab(words: Any, **more: Any) -> Instance:
    return {"type": "VocabProperty", "vocab": words, **more}


def old(instance: Instance, since: str = EARLIER) -> Instance:
    """The instance as it was stored."""
    return {**instance, "createdAt": since, "modifiedAt": since}


def entity(_scopes: list[str] | None = None, _expires: str | None = None, **attributes: Any) -> Entity:
    """A stored entity of type T: each attribute an instance or a list of them."""
    made = {iri(name): [old(one) for one in _listed(found)] for name, found in attributes.items()}
    return Entity("urn:ngsi-ld:T:1", [iri("T")], made, _scopes or [], EARLIER, EARLIER, _expires)


def fragment(
    _types: list[str] | None = None, _scopes: list[str] | None = None, _expires: str | None = None, **attributes: Any
) -> Entity:
    """Part of an entity, as parsed."""
    made = {iri(name): _listed(found) for name, found in attributes.items()}
    return Entity("", [iri(t) for t in _types or []], made, _scopes or [], expires=_expires)


def _listed(found: Any) -> list[Instance]:
    return found if isinstance(found, list) else [found]


def bare(instance: Instance) -> Instance:
    """Without the times that the node keeps."""
    return {key: value for key, value in instance.items() if key not in ("createdAt", "modifiedAt")}


def contents(e: Entity | None) -> Any:
    """What an entity says, without the times that the node keeps."""
    assert e is not None
    attributes = {
        name: {one.get("datasetId", "@none"): bare(one) for one in found} for name, found in e.attributes.items()
    }
    return e.id, e.types, e.scopes, e.expires, attributes


# strategies

NAMES = ("speed", "name", "street", "locatedAt", "category", "notes", "levels", "route")
URIS = st.sampled_from(["urn:ngsi-ld:City:Paris", "urn:ngsi-ld:City:Nantes", "https://example.org/road"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
SCALARS = TEXTS | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["a", "b", "id", "type"]), VALUES, max_size=3)
MOMENTS = st.sampled_from(["2020-08-01T12:03:00Z", "2020-08-01T12:05:00Z"])
POINTS = st.builds(
    lambda lon, lat: {"type": "Point", "coordinates": [lon, lat]},
    st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False),
)  # fmt: skip
TAGS = st.sampled_from(["nl", "en", "en-GB", "@none"])
LANGUAGES = st.dictionaries(TAGS, TEXTS | st.lists(TEXTS, min_size=1, max_size=2), min_size=1, max_size=3)
WORDS = st.sampled_from(["monument", "museum"]).map(iri)

OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "Property": VALUES | POINTS,
    "GeoProperty": POINTS,
    "Relationship": URIS | st.lists(URIS, min_size=1, max_size=2),
    "LanguageProperty": LANGUAGES,
    "VocabProperty": WORDS | st.lists(WORDS, min_size=1, max_size=2),
    "JsonProperty": DOCUMENTS,
    "ListProperty": st.lists(VALUES, max_size=3),
    "ListRelationship": st.lists(URIS, min_size=1, max_size=3),
}


@st.composite
def instances(draw: st.DrawFn, *, depth: int = 1, dataset: str | None = None, kind: str | None = None) -> Instance:
    """One instance of any kind, with sub-attributes `depth` deep."""
    kind = kind or draw(st.sampled_from(list(VALUE_MEMBER)))
    made: Instance = {"type": kind, VALUE_MEMBER[kind]: draw(OF_KIND[kind])}
    if dataset is not None:
        made["datasetId"] = dataset
    if draw(st.booleans()):
        made["observedAt"] = draw(MOMENTS)
    if kind == "Property" and draw(st.booleans()):
        made["unitCode"] = "CEL"
    if kind in ("Relationship", "ListRelationship") and draw(st.booleans()):
        made["objectType"] = iri("City")
    if depth:
        for name in draw(st.lists(st.sampled_from(["source", "quality"]), unique=True, max_size=2)):
            made[iri(name)] = draw(several(depth=depth - 1))
    return made


def several(*, depth: int = 1) -> st.SearchStrategy[list[Instance]]:
    """The instances of one attribute, the default one first."""
    sets: list[list[str | None]] = [[None], [None, ONE], [ONE], [ONE, TWO]]
    return st.sampled_from(sets).flatmap(
        lambda chosen: st.tuples(*[instances(depth=depth, dataset=one) for one in chosen]).map(list)
    )


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    """Stored entities."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    attributes = {iri(name): [old(one) for one in draw(several())] for name in names}
    types = draw(st.sampled_from([[iri("T")], [iri("T"), iri("U")]]))
    scopes = draw(st.sampled_from([[], ["/NL"], ["/NL", "/Delft"]]))
    return Entity("urn:ngsi-ld:T:1", types, attributes, scopes, EARLIER, EARLIER)


@st.composite
def fragments(draw: st.DrawFn) -> Entity:
    """Fragments without nulls."""
    e = draw(entities())
    attributes = {name: [bare(one) for one in found] for name, found in e.attributes.items()}
    return Entity("", e.types, attributes, e.scopes)
