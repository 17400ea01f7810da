# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The built-in table says what the official core contexts say, version by version; no user changes it."""

from typing import Any

import pytest

from hanze.ngsild.context import CORE, CORE_URL, build, is_core, served
from hanze.ngsild.context.core import DROPPED, TERMS
from tests.ngsild.context import oracle

needs_data = pytest.mark.skipif(not oracle.DATA.exists(), reason=oracle.REASON)

MOVED = {
    "1.0": {"coordinates", "description", "geometry", "properties", "title"},
    **{version: {"attributeCount", "attributeDetails"} for version in ("1.3", "1.4", "1.6", "1.8")},
}
"""Version to the terms that a later version gave another IRI; the table has the later one."""


def url(version: str) -> str:
    return f"https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v{version}.jsonld"


def meaning(version: str) -> dict[str, str]:
    """Term to IRI as a JSON-LD processor reads the official document."""
    official = oracle.official(version)
    names = [term for term in official if term[0] != "@" and official[term] not in ("@id", "@type")]
    return oracle.expand(official, {}, names)


@needs_data
@pytest.mark.parametrize("version", oracle.VERSIONS)
def test_every_term_of_a_version_has_its_iri(version: str) -> None:
    official = meaning(version)
    ours = build(url(version), {})
    assert len(official) > 70
    assert {term for term, iri in official.items() if ours.expand(term) != iri} == MOVED.get(version, set())


@needs_data
@pytest.mark.parametrize("version", oracle.VERSIONS)
def test_what_moved_has_the_iri_of_the_newest_version(version: str) -> None:
    newest = meaning("1.8") | meaning("1.9")
    assert {term: CORE.expand(term) for term in MOVED.get(version, set())} == {
        term: newest[term] for term in MOVED.get(version, set())
    }


@needs_data
def test_the_table_has_no_terms_that_no_version_has() -> None:
    known = {term for version in oracle.VERSIONS for term in oracle.official(version)}
    assert set(TERMS) | set(DROPPED) == {term for term in known if term[0] != "@"}


@needs_data
def test_names_that_the_core_does_not_have_go_to_the_default_context_in_every_version() -> None:
    for version in oracle.VERSIONS:
        assert (
            build(url(version), {}).expand("speed") == oracle.expand(oracle.official(version), {}, ["speed"])["speed"]
        )


def test_a_user_never_redefines_a_term_of_the_core() -> None:
    own: Any = {**{term: f"http://own.example/{term}" for term in TERMS}, "@vocab": "http://own.example/"}
    documents = {"http://doc.example/": {"@context": own}}
    for context in (build(own, {}), build([CORE_URL, own], {}), build("http://doc.example/", documents)):
        assert {term: context.expand(term) for term in TERMS} == TERMS
        assert {context.compact(iri): iri for iri in TERMS.values()} == TERMS
        # A name of the core would come back as something else.
        assert {context.compact(f"http://own.example/{term}") for term in TERMS}.isdisjoint(TERMS)


def test_the_terms_that_only_version_1_0_has_count_where_it_is_named_and_yield_to_the_user() -> None:
    name = "https://uri.etsi.org/ngsi-ld/name"
    assert CORE.expand("name") == "https://uri.etsi.org/ngsi-ld/default-context/name"
    for user in (url("1.0"), [url("1.0")], [{"speed": "http://own.example/speed"}, url("1.0")]):
        assert build(user, {}).expand("name") == name
        assert build(user, {}).compact(name) == "name"
    for user in ([{"name": "http://own.example/n"}, url("1.0")], [url("1.0"), {"name": "http://own.example/n"}]):
        assert build(user, {}).expand("name") == "http://own.example/n"


@pytest.mark.parametrize(
    "name",
    [
        *(url(version) for version in oracle.VERSIONS),
        "http://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.10.1.jsonld",
        "https://uri.etsi.org/ngsi-ld/core-context/",
    ],
)
def test_urls_of_the_core(name: str) -> None:
    assert is_core(name)


@pytest.mark.parametrize(
    "name",
    [
        "https://uri.etsi.org.example/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
        "https://example.org/?https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld?x",
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld\n",
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-contextXjsonld",
    ],
)
def test_urls_that_only_look_like_the_core(name: str) -> None:
    assert not is_core(name)


@pytest.mark.parametrize("user", [None, [], {}, [None], [{}], CORE_URL, [CORE_URL], [url("1.3"), url("1.8"), {}]])
def test_nothing_of_the_users_own_is_the_core(user: Any) -> None:
    assert build(user, {}) is CORE
    assert served(build(user, {})) == CORE_URL


@pytest.mark.parametrize(
    "user", [{"a": "http://own.example/a"}, [CORE_URL, {"a": "http://own.example/a"}], "http://doc.example/"]
)
def test_a_users_context_is_served_as_it_was_given(user: Any) -> None:
    assert served(build(user, {"http://doc.example/": {"@context": {"a": "http://own.example/a"}}})) == user
