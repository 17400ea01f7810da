# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ordering."""

import pytest

from hanze.errors import BadRequestData, HanzeError, TooComplexQuery
from hanze.ngsild.context import CORE
from hanze.ngsild.language import order
from hanze.ngsild.selection import Order, Path
from tests.ngsild.making import iri

A, HERE = Path(iri("a")), {"type": "Point", "coordinates": [4.9, 52.4]}


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("a", (Order(A),)),
        ("a;asc", (Order(A),)),
        ("a;desc", (Order(A, True),)),
        ("a,b;desc", (Order(A), Order(Path(iri("b")), True))),
        ("id;desc,type", (Order(Path("id"), True), Order(Path("type")))),
        ("a.b", (Order(Path(iri("a"), (iri("b"),))),)),
        ("a.observedAt", (Order(Path(iri("a"), ("observedAt",))),)),
        ("a[b.c]", (Order(Path(iri("a"), (), ("b", "c"))),)),
        ("a;dist-asc", (Order(A, False, HERE),)),
        ("a;dist-desc,b", (Order(A, True, HERE), Order(Path(iri("b"))))),
    ],
)
def test_keys(written: str, keys: tuple[Order, ...]) -> None:
    assert order.parse(written, CORE, HERE) == keys


@pytest.mark.parametrize(
    "written", ["", ",", "a,", ";asc", "a;up", "a;ASC", "a;asc;desc", "a;", "a>5", "a[", "a..b", "a b"]
)
def test_what_is_malformed(written: str) -> None:
    if written == "a;":
        assert order.parse(written, CORE) == (Order(A),)
        return
    with pytest.raises(HanzeError) as error:
        order.parse(written, CORE)
    assert error.value.detail.startswith("orderBy ")


def test_a_distance_needs_a_place_to_measure_from() -> None:
    with pytest.raises(BadRequestData, match="add orderFrom"):
        order.parse("a;dist-asc", CORE)


def test_what_is_too_large() -> None:
    with pytest.raises(TooComplexQuery):
        order.parse(",".join("a" for _ in range(201)), CORE)
