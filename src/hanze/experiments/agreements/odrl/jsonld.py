# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""ODRL in JSON-LD: to statements, whether names are short, prefixed or whole, and from a policy to the short form.

Only the context of ODRL is known, and what the document says itself: nothing is fetched. A word that would mean nothing is an
error, where a processor of JSON-LD would drop it.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from hanze.errors import BadRequestData
from hanze.experiments.agreements.odrl.graph import BLANK, RDF_TYPE, XSD, Graph, Ref, Term, Value, add
from hanze.experiments.agreements.odrl.vocabulary import CONTEXT, NAMESPACE, PREFIXES, WORDS
from hanze.ngsild.checks import shown

_VOCAB = frozenset(NAMESPACE + one for one in ("action", "leftOperand", "operator", "conflict", "unit"))
"""Properties of which a text is a word of ODRL, or an IRI."""

_LINKS = frozenset(
    NAMESPACE + one
    for one in (
        "permission", "prohibition", "obligation", "duty", "remedy", "consequence", "target", "assignee", "assigner", "profile",
        "constraint", "refinement", "partOf", "source", "inheritFrom", "and", "or", "xone", "andSequence", "dataType",
        "rightOperandReference", "relation", "hasPolicy", "output",
    )
)  # fmt: skip
"""Properties of which a text is an IRI."""

DEEPEST = 100


def read(document: Any) -> Graph:
    """All statements of a document. Errors: BadRequestData."""
    return _Reader(document).graph


class _Reader:
    def __init__(self, document: Any) -> None:
        self.graph: Graph = {}
        self._prefixes = dict(PREFIXES)
        self._terms: dict[str, tuple[str, str]] = {}
        self._blank = count()
        documents = document if isinstance(document, list) else [document]
        for one in documents:
            if not isinstance(one, dict):
                raise BadRequestData(f"The policy is {shown(one)}; give a JSON object.")
            self._context(one.get("@context", CONTEXT))
            for node in one.get("@graph", [{key: value for key, value in one.items() if key != "@context"}]):
                self._node(node, 0)

    def _context(self, given: Any) -> None:
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, dict):
                self._own(one)
            elif str(one).replace("https://", "http://").rstrip("/") != CONTEXT:
                raise BadRequestData(
                    f"@context has {shown(one)}, which is not known here; give {CONTEXT}, and other names whole."
                )

    def _own(self, given: Mapping[str, Any]) -> None:
        """Prefixes and terms that the document declares itself."""
        for name, told in given.items():
            iri, kind = (told.get("@id"), told.get("@type", "")) if isinstance(told, dict) else (told, "")
            if name == "@vocab" and iri == NAMESPACE:
                continue
            if name.startswith("@") or not isinstance(iri, str):
                raise BadRequestData(f"@context has {shown(name)}, which is not understood; write names whole.")
            whole = self._whole(iri)
            self._terms[name] = (whole, str(kind))
            self._prefixes[name] = whole

    def _whole(self, name: str) -> str:
        """A prefixed name as an IRI."""
        prefix, colon, rest = name.partition(":")
        return (
            self._prefixes[prefix] + rest if colon and prefix in self._prefixes and not rest.startswith("//") else name
        )

    def _word(self, name: str, where: str) -> str:
        """A short, prefixed or whole name as an IRI."""
        if name in self._terms:
            return self._terms[name][0]
        if ":" in name:
            return self._whole(name)
        if name not in WORDS:
            raise BadRequestData(f"{where} is {shown(name)}, which is no word of ODRL 2.2; give one, or a whole IRI.")
        return NAMESPACE + name

    def _node(self, node: Any, depth: int) -> str:
        """Its statements; the name of the thing."""
        if depth > DEEPEST:
            raise BadRequestData(f"The policy has more than {DEEPEST} things within things; give fewer.")
        if not isinstance(node, dict):
            raise BadRequestData(f"{shown(node)} is no thing with properties; give a JSON object.")
        id = node.get("@id", node.get("uid"))
        if id is not None and not isinstance(id, str):
            raise BadRequestData(f"uid is {shown(id)}; give an IRI.")
        name = f"{BLANK}{next(self._blank)}" if id is None else self._whole(id)
        self.graph.setdefault(name, {})
        for key, value in node.items():
            if key in ("@type", "type"):
                for one in _several(value):
                    add(self.graph, name, RDF_TYPE, Ref(self._word(str(one), "type")))
            elif key not in ("@id", "uid"):
                self._property(name, key, value, depth)
        return name

    def _property(self, thing: str, key: str, value: Any, depth: int) -> None:
        if key.startswith("@"):
            raise BadRequestData(f"{key} is not understood here; write the policy without it.")
        property = self._word(key, "a property")
        kind = self._terms.get(key, ("", ""))[1]
        for one in _several(value):
            add(self.graph, thing, property, self._term(property, kind, one, depth))

    def _term(self, property: str, kind: str, value: Any, depth: int) -> Term:
        if isinstance(value, dict):
            if "@value" in value:
                return _value(value["@value"], self._whole(str(value.get("@type", ""))))
            return Ref(self._node(value, depth + 1))
        if isinstance(value, str) and (property in _VOCAB or kind == "@vocab"):
            return Ref(self._word(value, property.removeprefix(NAMESPACE)))
        if isinstance(value, str) and (property in _LINKS or kind == "@id"):
            return Ref(self._whole(value))
        return _value(value, kind if kind.startswith("http") else self._whole(kind) if ":" in kind else "")


def _several(value: Any) -> Iterable[Any]:
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    return value if isinstance(value, list) else [value]


def _value(value: Any, type: str) -> Value:
    if isinstance(value, bool):
        return Value(str(value).lower(), type or XSD + "boolean")
    if isinstance(value, int | float):
        return Value(repr(value), type or XSD + ("integer" if isinstance(value, int) else "double"))
    if not isinstance(value, str):
        raise BadRequestData(f"{shown(value)} is no value; give a text, a number, true or false.")
    return Value(value, type or XSD + "string")
