# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From Turtle to statements, by rdflib (in the extra `experiments`)."""

from hanze.errors import BadRequestData, OperationNotSupported
from hanze.experiments.agreements.odrl.graph import BLANK, XSD, Graph, Ref, Term, Value, add

MISSING = "Turtle cannot be read here; install hanze[experiments], or give JSON-LD."


def read(text: str) -> Graph:
    """Errors: BadRequestData where it is no Turtle, OperationNotSupported where rdflib is not installed."""
    try:
        import rdflib
    except ImportError:
        raise OperationNotSupported(MISSING) from None

    def term(node: object) -> Term:
        if isinstance(node, rdflib.Literal):
            return Value(str(node), str(node.datatype or XSD + "string"))
        return Ref(name(node))

    def name(node: object) -> str:
        return f"{BLANK}{node}" if isinstance(node, rdflib.BNode) else str(node)

    parsed = rdflib.Graph()
    try:
        parsed.parse(data=text, format="turtle")
    except Exception as error:
        raise BadRequestData(f"This is no Turtle: {error}; correct it.") from None
    found: Graph = {}
    # rdflib has no order, and the same text is to give the same.
    for subject, property, value in sorted(parsed):
        add(found, name(subject), str(property), term(value))
    return found
