# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contexts of users mean here what they mean to a full JSON-LD processor."""

from typing import Any

import pytest
from hypothesis import given, reject
from pyld.jsonld import JsonLdError

from hanze.errors import BadRequestData
from hanze.ngsild.context import CORE, Context, build
from tests.ngsild.context import oracle
from tests.ngsild.context.making import CORE_TERMS, NAMES, Given, contexts

pytestmark = pytest.mark.skipif(not oracle.DATA.exists(), reason=oracle.REASON)


def built(user: Any, documents: dict[str, Any]) -> Context:
    """Our context; a context that has a circle is refused by both."""
    try:
        oracle.expand(oracle.around(user), documents, ["a"])
    except JsonLdError as error:
        if error.code == "cyclic IRI mapping":
            with pytest.raises(BadRequestData, match="by way of itself"):
                build(user, documents)
        # What is defined by a term that is null is an error in JSON-LD; here it is passed over.
        reject()
    return build(user, documents)


@given(given_context=contexts())
def test_names_expand_alike(given_context: Given) -> None:
    user, documents = given_context
    ours = built(user, documents)
    theirs = oracle.expand(oracle.around(user), documents, NAMES)
    # A term that is null means nothing in JSON-LD; here it then is a name like any other.
    assert {name: ours.expand(name) for name in theirs} == theirs
    assert all(ours.expand(name) == ours.vocabulary + name for name in NAMES if name not in theirs)


@given(given_context=contexts(simple=True))
def test_iris_compact_alike(given_context: Given) -> None:
    user, documents = given_context
    ours = built(user, documents)
    # What the core names has that name always: a user's shorter one does not count.
    iris = sorted({ours.expand(name) for name in NAMES} - {CORE.expand(name) for name in CORE_TERMS})
    theirs = oracle.compact(oracle.around(user), documents, iris)
    assert {iri: ours.compact(iri) for iri in iris} == theirs
