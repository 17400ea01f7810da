# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same questions to a full JSON-LD processor: what names expand to, and what IRIs compact to."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld

from tests.ngsild.context.making import CORE_TERMS

DATA = Path(__file__).parents[4] / "shared/data/ngsi-ld/core-contexts"
REASON = f"the core contexts are not at {DATA}"
_MORE = ("geojson", "DateTime", "@version", "@vocab")
VERSIONS = ("1.0", "1.3", "1.4", "1.6", "1.7", "1.8", "1.9")


def official(version: str) -> dict[str, Any]:
    """The core context of a version: its terms and what IRIs they have, without what it says about their values."""
    found: dict[str, Any] = json.loads((DATA / f"ngsi-ld-core-context-v{version}.jsonld").read_text())["@context"]
    return {
        term: definition["@id"] if isinstance(definition, dict) else definition
        for term, definition in found.items()
        if term != "@protected"
    }


@cache
def _small_core() -> dict[str, Any]:
    """What the contexts of `making` can reach of the newest version; the whole takes seconds."""
    return {term: iri for term, iri in official("1.9").items() if term in CORE_TERMS or term in _MORE}


def around(user: Any) -> list[Any]:
    """The user's @context in the core: its terms are known to the user's, and then stand above them; the vocabulary stays."""
    core = _small_core()
    inner = user if isinstance(user, list) else [user]
    return [core, *inner, {term: definition for term, definition in core.items() if term != "@vocab"}]


def expand(context: Any, documents: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """Name to IRI; names that mean nothing are left out."""
    body = {"@context": context, **{name: number for number, name in enumerate(names)}}
    found = jsonld.expand(body, {"documentLoader": _loader(documents)})
    return {names[one["@value"]]: iri for iri, values in (found[0].items() if found else ()) for one in values}


def compact(context: Any, documents: Mapping[str, Any], iris: Sequence[str]) -> dict[str, str]:
    """IRI to name."""
    body = [{iri: [{"@value": number}] for number, iri in enumerate(iris)}]
    found = jsonld.compact(body, context, {"documentLoader": _loader(documents)})
    return {iris[number]: name for name, number in found.items() if name != "@context"}


def _loader(documents: Mapping[str, Any]) -> Any:
    def load(url: str, options: Any) -> dict[str, Any]:
        return {
            "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": documents[url],
        }  # fmt: skip

    return load
