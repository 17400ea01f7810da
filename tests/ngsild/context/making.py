# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Strategies for the contexts that users write."""

import hashlib
import json
from typing import Any

from hypothesis import strategies as st

SPACES = (
    "http://one.example/",
    "http://two.example/ns#",
    "urn:three:",
    "http://one.example/deep/",
    "http://no.example/x",
)
TERMS = ("a", "b", "c", "long", "m", "n", "ex")
CORE_TERMS = ("location", "value", "observedAt", "Point", "id", "type", "ngsi-ld")
RESTS = ("", "a", "b", "name", "x/y")
NAMES = (
    *TERMS, *CORE_TERMS[:4], "unheard", "http://elsewhere.example/a",
    *(f"{prefix}:{rest}" for prefix in ("m", "n", "ngsi-ld", "location", "far") for rest in ("a", "name")),
    *(space + rest for space in SPACES[:4] for rest in ("a", "name")),
)  # fmt: skip
"""Names that the contexts below know or do not know."""

Given = tuple[Any, dict[str, Any]]
"""An @context value and documents by URL."""

_iris = st.builds(str.__add__, st.sampled_from(SPACES), st.sampled_from(RESTS))
_prefixed = st.builds(
    "{}:{}".format, st.sampled_from(("m", "n", "ex", "ngsi-ld")), st.sampled_from(("a", "name", "deep/"))
)
_spelled = _iris | st.sampled_from(SPACES) | _prefixed | st.sampled_from((*TERMS, "location", "unheard"))
_coercions = st.sampled_from(("@id", "@vocab", "@json", "DateTime", "http://www.w3.org/2001/XMLSchema#double"))


def _definitions(simple: bool) -> st.SearchStrategy[Any]:
    plain = _spelled | st.builds(lambda iri: {"@id": iri}, _spelled)
    declared = st.builds(lambda iri: {"@id": iri, "@prefix": True}, st.sampled_from(SPACES))
    if simple:
        return plain | declared
    coerced = st.builds(lambda iri, type: {"@id": iri, "@type": type}, _spelled, _coercions)
    return plain | declared | coerced | st.builds(lambda type: {"@type": type}, _coercions) | st.none()


@st.composite
def objects(draw: st.DrawFn, simple: bool = False) -> dict[str, Any]:
    """One object of terms; `simple`: without types of values, which compaction would look at, and without nulls."""
    made = draw(st.dictionaries(st.sampled_from(TERMS + CORE_TERMS), _definitions(simple), max_size=5))
    if draw(st.booleans()):
        made["@vocab"] = draw(st.sampled_from((*SPACES[:3], "m:", "sub/")))
    return made


@st.composite
def contexts(draw: st.DrawFn, simple: bool = False) -> Given:
    """An @context value and the documents that it names, some inside others."""
    documents: dict[str, Any] = {}

    def part(deep: int) -> Any:
        if deep > 2 or draw(st.integers(0, 2)):
            return draw(objects(simple))
        several = draw(st.integers(1, 3))
        inner = [part(deep + 1) for _ in range(several)]
        body = {"@context": inner if several > 1 else inner[0]}
        # The same URL always has the same body: JSON-LD processors remember documents by URL.
        url = f"https://documents.example/{hashlib.sha256(json.dumps(body).encode()).hexdigest()}"
        documents[url] = body
        return url

    several = draw(st.integers(0, 3))
    return ([part(0) for _ in range(several)] if several else part(0)), documents
