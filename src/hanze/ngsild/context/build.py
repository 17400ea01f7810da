# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds a context from what a user gave: URLs, objects and lists of them. Remote documents come in as an argument."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown
from hanze.ngsild.context.context import CORE, Context, is_core
from hanze.ngsild.context.core import DROPPED
from hanze.ngsild.entity import DEFAULT_VOCABULARY

MOST_TERMS = 20_000
MOST_DOCUMENTS = 30
DEEPEST = 10
"""How many documents may stand inside each other."""
LONGEST_CHAIN = 20
"""How many terms may be defined by way of each other."""

_KEYWORDS = frozenset({"@id", "@type", "@value", "@language", "@graph", "@none", "@json", "@list", "@set", "@index"})
_DELIMITERS = frozenset(":/?#[]@")
"""An IRI that ends in one of these makes its term a prefix (JSON-LD 1.1, 4.2.2)."""


class MissingDocument(Exception):
    """A remote document is needed that was not handed in."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def build(user: Any, documents: Mapping[str, Any]) -> Context:
    """The context of a user's @context value. `documents`: URL to parsed body of what was fetched.

    Errors: MissingDocument; BadRequestData where a context is no context, or too large, deep or recursive.
    """
    gathered = _Gathered(documents)
    gathered.add(user, "", ())
    return gathered.context(user)


class _Gathered:
    """Terms, prefixes and vocabulary so far; each object is read in the light of those before it, as JSON-LD does."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents
        self._read = 0
        self._only_core = True
        self._start()

    def _start(self) -> None:
        self._terms: dict[str, str | None] = {}
        self._prefixes: dict[str, str] = {}
        self._vocabulary = DEFAULT_VOCABULARY

    def context(self, user: Any) -> Context:
        if self._only_core:
            return CORE
        terms = {term: iri for term, iri in self._terms.items() if iri is not None and not iri.startswith("@")}
        return Context(user, terms, self._prefixes, self._vocabulary)

    def add(self, part: Any, base: str, above: tuple[str, ...]) -> None:
        if part is None:
            self._start()
        elif isinstance(part, str):
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
            raise BadRequestData(f"@context is {shown(part)}; give a URL, an object, or a list of them.")

    def _add_url(self, url: str, above: tuple[str, ...]) -> None:
        if is_core(url):
            if url.endswith("-v1.0.jsonld"):
                self._only_core = False
                self._terms = {**DROPPED, **self._terms}
            return
        if "://" not in url:
            raise BadRequestData(f"@context is {shown(url)}; give a URL that begins with http:// or https://.")
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
        self._only_core = False
        self.add(document["@context"], url, (*above, url))

    def _add_object(self, part: dict[str, Any]) -> None:
        if len(part) + len(self._terms) > MOST_TERMS:
            raise BadRequestData(f"@context defines more than {MOST_TERMS} terms; use a smaller one.")
        self._only_core = self._only_core and not part
        if "@vocab" in part:
            self._set_vocabulary(part["@vocab"])
        waiting = {term: definition for term, definition in part.items() if not term.startswith("@")}
        for term, definition in waiting.items():
            if not term or not (definition is None or isinstance(definition, str | dict)):
                raise BadRequestData(
                    f"@context defines {shown(term)} as {shown(definition)}; give a name, and for it an IRI, an object or null."
                )
            if isinstance(definition, dict) and "@context" in definition:
                # It could give names of the core another meaning (clause 5.5.7).
                raise BadRequestData(
                    f"@context defines {shown(term)} with a context of its own; take the inner one out."
                )
            self._prefixes.pop(term, None)
        for term in list(waiting):
            self._define(term, waiting, 0)

    def _set_vocabulary(self, value: Any) -> None:
        if value is not None and not isinstance(value, str):
            raise BadRequestData(f"@vocab is {shown(value)}; give an IRI.")
        found = DEFAULT_VOCABULARY if value is None else self._expand(value, {}, 0)
        self._vocabulary = found or DEFAULT_VOCABULARY

    def _define(self, term: str, waiting: dict[str, Any], deep: int) -> None:
        """Works out a term, and first those that it is defined by; a circle ends at the limit."""
        if term not in waiting:
            return
        if deep > LONGEST_CHAIN:
            raise BadRequestData(
                f"@context defines {shown(term)} by way of itself or of more than {LONGEST_CHAIN} terms; give it an IRI."
            )
        definition = waiting[term]
        given = definition.get("@id", term) if isinstance(definition, dict) else definition
        if given is not None and not isinstance(given, str):
            raise BadRequestData(f"@context defines {shown(term)} as {shown(given)}; give an IRI.")
        iri = None if given is None else self._iri(term, given, waiting, deep)
        waiting.pop(term, None)
        self._terms[term] = iri
        if iri is not None and ":" not in term:
            declared = isinstance(definition, dict) and definition.get("@prefix") is True
            if declared or (isinstance(definition, str) and iri[-1:] in _DELIMITERS):
                self._prefixes[term] = iri

    def _iri(self, term: str, given: str, waiting: dict[str, Any], deep: int) -> str | None:
        if given.startswith("@"):
            return given if given in _KEYWORDS else None
        if given == term:
            return self._spelled_out(given, waiting, deep) if ":" in given else self._vocabulary + given
        return self._expand(given, waiting, deep)

    def _expand(self, name: str, waiting: dict[str, Any], deep: int) -> str | None:
        self._define(name, waiting, deep + 1)
        if name in self._terms:
            return self._terms[name]
        if name in CORE.terms:
            return CORE.terms[name]
        return self._spelled_out(name, waiting, deep) if ":" in name else self._vocabulary + name

    def _spelled_out(self, name: str, waiting: dict[str, Any], deep: int) -> str:
        """The IRI of prefix:rest, or of an IRI."""
        prefix, _, rest = name.partition(":")
        if rest.startswith("//"):
            return name
        self._define(prefix, waiting, deep + 1)
        space = self._prefixes.get(prefix)
        if space is None and prefix not in self._terms:
            space = CORE.prefixes.get(prefix)
        return name if space is None else space + rest
