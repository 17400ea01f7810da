# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Type selection."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData, TooComplexQuery
from hanze.ngsild import match
from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import types
from hanze.ngsild.selection import All, Any_, TypeIs
from tests.ngsild.making import iri

A, B, C = (TypeIs(iri(name)) for name in "ABC")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("A", A),
        (iri("A"), A),
        ("A,B", Any_((A, B))),
        ("A|B", Any_((A, B))),
        ("A;B", All((A, B))),
        ("A;B,C", Any_((All((A, B)), C))),
        ("(A,B);C", All((Any_((A, B)), C))),
        ("((A))", A),
        ("http://x.example/Room", TypeIs("http://x.example/Room")),
    ],
)
def test_grammar(written: str, found: Any) -> None:
    assert types.parse(written, CORE) == found


def test_names_are_those_of_the_context() -> None:
    context = build({"Room": "http://x.example/Room", "ex": "http://y.example/"}, {})
    assert types.parse("Room,ex:Hall", context) == Any_(
        (TypeIs("http://x.example/Room"), TypeIs("http://y.example/Hall"))
    )


@pytest.mark.parametrize("written", ["", ",A", "A,", "A;;B", "(A", "A)", "()", "A B", "A<5"])
def test_what_is_malformed(written: str) -> None:
    with pytest.raises(BadRequestData) as error:
        types.parse(written, CORE, "entities[0].type")
    assert error.value.detail.startswith("entities[0].type is ")


def test_what_is_too_large() -> None:
    with pytest.raises(TooComplexQuery):
        types.parse(",".join("A" for _ in range(201)), CORE)


@given(st.sets(st.sampled_from("ABC")), st.lists(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3), min_size=1))
def test_any_of_all(has: set[str], wanted: list[list[str]]) -> None:
    e = Entity("urn:x:1", [iri(name) for name in has])
    written = ",".join(";".join(every) for every in wanted)
    assert match.types(e, types.parse(written, CORE)) is any(has.issuperset(every) for every in wanted)
