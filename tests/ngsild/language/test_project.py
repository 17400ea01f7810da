# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""pick and omit."""

import pytest

from hanze.errors import BadRequestData, TooComplexQuery
from hanze.ngsild.context import CORE, build
from hanze.ngsild.language import limits, project
from hanze.ngsild.render.form import Selector
from tests.ngsild.making import iri

A, B = Selector(iri("a")), Selector(iri("b"))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a", (A,)),
        ("a,b", (A, B)),
        ("a|b", (A, B)),
        ("id,type,scope", (Selector("id"), Selector("type"), Selector("scope"))),
        ("createdAt,modifiedAt,expiresAt", tuple(map(Selector, ("createdAt", "modifiedAt", "expiresAt")))),
        ("a{b}", (Selector(iri("a"), (B,)),)),
        ("a{id,b},b", (Selector(iri("a"), (Selector("id"), B)), B)),
        ("a{b{id}}", (Selector(iri("a"), (Selector(iri("b"), (Selector("id"),)),)),)),
        ("http://x.example/a", (Selector("http://x.example/a"),)),
    ],
)
def test_selectors(written: str, found: tuple[Selector, ...]) -> None:
    assert project.parse(written, CORE) == found


def test_names_are_those_of_the_context() -> None:
    assert project.parse("a,id", build({"a": "http://x.example/a"}, {})) == (
        Selector("http://x.example/a"),
        Selector("id"),
    )


@pytest.mark.parametrize(
    "written", ["", ",", "a,", ",a", "a,,b", "a{", "a{b", "a{}", "{a}", "a}", "a{b}c", "a b", "a=1", "(a)"]
)
@pytest.mark.parametrize("field", ["pick", "omit"])
def test_what_is_malformed(written: str, field: str) -> None:
    with pytest.raises(BadRequestData) as error:
        project.parse(written, CORE, field)
    assert error.value.detail.startswith(f"{field} is ")


@pytest.mark.parametrize(
    "written",
    ["a{" * (limits.DEEPEST + 1) + "a" + "}" * (limits.DEEPEST + 1), ",".join("a" for _ in range(201)), "a" * 9000],
)
def test_what_is_too_large(written: str) -> None:
    with pytest.raises(TooComplexQuery):
        project.parse(written, CORE)
