# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A built context: expands and compacts names, each name worked out once.

JSON-LD 1.1 is far larger than what NGSI-LD needs of it: names of types, attributes and vocabulary words. A map from term
to IRI does that in a microsecond, where full JSON-LD processing takes milliseconds.
"""

import re
from collections.abc import Mapping
from typing import Any

from hanze.ngsild.context import core
from hanze.ngsild.entity import DEFAULT_VOCABULARY

CORE_URL = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
_CORE = re.compile(
    r"https?://uri\.etsi\.org/ngsi-ld/(v\d+/ngsi-ld-core-context(-v\d+(\.\d+)*)?\.jsonld|core-context/?)"
)

MOST_REMEMBERED = 20_000
"""Names that one context remembers; beyond it starts anew."""

_CORE_NAMES = {iri: term for term, iri in core.TERMS.items()}


def is_core(url: str) -> bool:
    """The URL is that of a version of the core context: all are built in."""
    return _CORE.fullmatch(url) is not None


class Context:
    """Terms, prefixes and vocabulary of one @context, the core on top of them."""

    def __init__(
        self, user: Any, terms: Mapping[str, str], prefixes: Mapping[str, str], vocabulary: str = DEFAULT_VOCABULARY
    ) -> None:
        self.user = user
        """The user's own @context, to serve it again; None where only the core was given."""
        own = {term: iri for term, iri in terms.items() if term not in core.TERMS}
        self.terms = {**own, **core.TERMS}
        self.prefixes = {**{term: iri for term, iri in prefixes.items() if term in own}, **core.PREFIXES}
        self.vocabulary = vocabulary
        shortest_last = sorted(own, key=lambda term: (len(term), term), reverse=True)
        self._names = {**{own[term]: term for term in shortest_last}, **_CORE_NAMES}
        self._expanded: dict[str, str] = {}
        self._compacted: dict[str, str] = {}

    def expand(self, name: str) -> str:
        """The IRI of a term, a prefixed name or an IRI."""
        found = self._expanded.get(name)
        if found is None:
            if len(self._expanded) >= MOST_REMEMBERED:
                self._expanded.clear()
            found = self._expanded[name] = self._expand(name)
        return found

    def _expand(self, name: str) -> str:
        iri = self.terms.get(name)
        if iri is not None:
            return iri
        if name.startswith("@"):
            return name
        prefix, colon, rest = name.partition(":")
        if not colon:
            return self.vocabulary + name
        space = self.prefixes.get(prefix)
        return name if space is None or rest.startswith("//") else space + rest

    def compact(self, iri: str) -> str:
        """The shortest name that expands to the IRI again; the IRI itself where there is none."""
        found = self._compacted.get(iri)
        if found is None:
            if len(self._compacted) >= MOST_REMEMBERED:
                self._compacted.clear()
            found = self._compacted[iri] = self._compact(iri)
        return found

    def _compact(self, iri: str) -> str:
        term = self._names.get(iri)
        if term is not None:
            return term
        rest = iri.removeprefix(self.vocabulary)
        # Names begin with a letter (clause 4.6.2): what came as a whole IRI could not be given back as anything else.
        if rest[:1].isalpha() and ":" not in rest and self._expand(rest) == iri:
            return rest
        spelled = [
            f"{prefix}:{iri[len(space) :]}"
            for prefix, space in self.prefixes.items()
            if iri.startswith(space) and len(iri) > len(space)
        ]
        found = sorted((name for name in spelled if self._expand(name) == iri), key=lambda name: (len(name), name))
        if found:
            return found[0]
        # An IRI whose scheme is a prefix of the user would be read as another one.
        return rest if self._expand(iri) != iri and self._expand(rest) == iri else iri


CORE = Context(None, {}, {})


def served(context: Context) -> Any:
    """What a response names as its @context: the user's own, else the core."""
    return CORE_URL if context.user is None else context.user
