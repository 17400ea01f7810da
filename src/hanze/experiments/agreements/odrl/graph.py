# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements about things, the same whether they came as JSON-LD or as Turtle."""

from collections.abc import Iterator

import msgspec

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

BLANK = "_:"
"""Begins the name of a thing that has none of its own."""


class Ref(msgspec.Struct, frozen=True):
    """Another thing, by its IRI."""

    iri: str


class Value(msgspec.Struct, frozen=True):
    """`text` as it was written; `type`: the IRI of its datatype."""

    text: str
    type: str = XSD + "string"


Term = Ref | Value

Graph = dict[str, dict[str, list[Term]]]
"""By thing and by IRI of a property."""


def add(graph: Graph, thing: str, property: str, term: Term) -> None:
    """A statement that is there already is not added again."""
    terms = graph.setdefault(thing, {}).setdefault(property, [])
    if term not in terms:
        terms.append(term)


def refs(graph: Graph, thing: str, property: str) -> Iterator[str]:
    """The things that the property leads to."""
    for term in graph.get(thing, {}).get(property, ()):
        if isinstance(term, Ref):
            yield term.iri


def of_type(graph: Graph, type: str) -> list[str]:
    """The things that are said to be of a type, in the order in which they came."""
    return [thing for thing in graph if type in refs(graph, thing, RDF_TYPE)]
