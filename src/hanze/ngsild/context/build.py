# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds a context from what a user gave: URLs, objects and lists of them. Remote documents come in as an argument."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from hanze.errors import BadRequestData
from hanze.ngsild.context.context import CORE, Context, is_core
from hanze.ngsild.context.core import DROPPED
from hanze.ngsild.entity import DEFAULT_VOCABULARY

MOST_TERMS = 20_000
MOST_DOCUMENTS = 30
DEEPEST = 10
"""How many documents may stand inside each other."""

_KEYWORDS = frozenset({"@id", "@type", "@value", "@language", "@graph", "@none", "@json", "@list", "@set", "@index"})


class MissingDocument(Exception):
    """A remote document is needed that was not handed in."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def build(user: Any, documents: Mapping[str, Any]) -> Context:
    """The context of a user's @context value. `documents`: URL to parsed body of what was fetched.

    Errors: MissingDocument; BadRequestData where a context is no context, or too large, deep or recursive.
    """
    if user is None or user == [] or user == {} or (isinstance(user, str) and is_core(user)):
        return CORE
    gathered = _Gathered(documents)
    gathered.add(user, "", ())
    if gathered.only_core:
        return CORE
    return Context(user, gathered.terms(), gathered.prefixes(), gathered.vocabulary)


class _Gathered:
    """Definitions, the later over the earlier."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents
        self._definitions: dict[str, Any] = {}
        self._read = 0
        self.vocabulary = DEFAULT_VOCABULARY
        self.only_core = True

    def add(self, part: Any, base: str, above: tuple[str, ...]) -> None:
        if part is None:
            return
        if isinstance(part, str):
            self._add_url(urljoin(base, part) if base else part, above)
        elif isinstance(part, list):
            if len(part) > MOST_DOCUMENTS:
                raise BadRequestData(f"@context is a list of {len(part)}; at most {MOST_DOCUMENTS} are read.")
            for inner in part:
                if isinstance(inner, list):
                    raise BadRequestData("@context holds a list inside a list; give one flat list.")
                self.add(inner, base, above)
        elif isinstance(part, dict):
            self._add_object(part)
        else:
            raise BadRequestData(f"@context is {part!r}; give a URL, an object, or a list of them.")

    def _add_url(self, url: str, above: tuple[str, ...]) -> None:
        if is_core(url):
            if url.endswith("-v1.0.jsonld"):
                self._definitions = {**DROPPED, **self._definitions}
            return
        if "://" not in url:
            raise BadRequestData(f"@context is {url!r}; give a URL that begins with http:// or https://.")
        if url in above:
            raise BadRequestData(f"@context {url} includes itself; take the circle out.")
        self._read += 1
        if len(above) >= DEEPEST or self._read > MOST_DOCUMENTS:
            raise BadRequestData(
                f"@context {url} is one document too many; at most {MOST_DOCUMENTS} in all, {DEEPEST} inside each other."
            )
        if url not in self._documents:
            raise MissingDocument(url)
        document = self._documents[url]
        if not isinstance(document, dict) or "@context" not in document:
            raise BadRequestData(f"@context {url} is no JSON object with a member @context.")
        self.only_core = False
        self.add(document["@context"], url, (*above, url))

    def _add_object(self, part: dict[str, Any]) -> None:
        if len(part) + len(self._definitions) > MOST_TERMS:
            raise BadRequestData(f"@context defines more than {MOST_TERMS} terms; use a smaller one.")
        self.only_core = self.only_core and not part
        for term, definition in part.items():
            if term == "@vocab":
                self._vocabulary(definition)
            elif term.startswith("@"):
                continue
            elif definition is None or isinstance(definition, str | dict):
                self._definitions[term] = definition
            else:
                raise BadRequestData(f"@context defines {term!r} as {definition!r}; give an IRI, an object or null.")

    def _vocabulary(self, value: Any) -> None:
        if value is not None and not isinstance(value, str):
            raise BadRequestData(f"@vocab is {value!r}; give an IRI.")
        self.vocabulary = value or DEFAULT_VOCABULARY

    def terms(self) -> dict[str, str]:
        found = {term: self._resolve(term, ()) for term in self._definitions}
        return {term: iri for term, iri in found.items() if iri is not None and not iri.startswith("@")}

    def prefixes(self) -> dict[str, str]:
        """Terms that may stand before a colon: simple ones whose IRI ends as a namespace does, and declared ones."""
        found = {}
        for term, iri in self.terms().items():
            definition = self._definitions[term]
            declared = isinstance(definition, dict) and definition.get("@prefix") is True
            if declared or (isinstance(definition, str) and iri[-1:] in "/#:?&=[]@"):
                found[term] = iri
        return found

    def _resolve(self, term: str, above: tuple[str, ...]) -> str | None:
        if term in above or len(above) > 20:
            raise BadRequestData(f"@context defines {term!r} by way of itself; give it an IRI.")
        definition = self._definitions[term]
        given = definition.get("@id", term) if isinstance(definition, dict) else definition
        if given is None:
            return None
        if not isinstance(given, str):
            raise BadRequestData(f"@context defines {term!r} as {given!r}; give an IRI.")
        if given.startswith("@"):
            return given if given in _KEYWORDS else None
        if given == term and ":" not in term:
            return self.vocabulary + term
        if given != term and given in self._definitions:
            return self._resolve(given, (*above, term))
        prefix, colon, rest = given.partition(":")
        if colon and not rest.startswith("//") and prefix in self._definitions and prefix != term:
            space = self._resolve(prefix, (*above, term))
            return given if space is None else space + rest
        if colon:
            core_space = CORE.prefixes.get(prefix)
            return given if core_space is None or rest.startswith("//") else core_space + rest
        return CORE.terms.get(given, self.vocabulary + given)
