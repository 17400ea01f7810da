# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names, URIs, scopes and geometries: what is taken and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import checks


@pytest.mark.parametrize(
    "value",
    [
        "urn:ngsi-ld:Room:1",
        "https://example.org/a?b=c#d",
        "a:b",
        "urn:x:Parijs-é",
        "urn:x:城市",
        "urn:x:😀",
        "x+y-.z:~!",
    ],
)
def test_uris(value: str) -> None:
    assert checks.uri(value, "id") == value


@pytest.mark.parametrize(
    "value", ["Room", "1:a", "urn:x:a b", "urn:x:<b>", 'urn:x:"', "urn:", ":a", "", None, 5, "a:" + "b" * 1024]
)
def test_what_is_no_uri(value: Any) -> None:
    with pytest.raises(BadRequestData, match="id is"):
        checks.uri(value, "id")


UNSEEN = (
    "\u00ad\u061c\u200b\u200e\u202e\u2060\u2800\u3164"
    "\ufe0f\ufeff\uffa0\ufdd0\ufffe\u115f\ue000\U000e0100\U0001ffff\x7f\u00a0\u2028"
)


@pytest.mark.parametrize("character", UNSEEN, ids=lambda c: f"{ord(c):x}")
def test_characters_that_nobody_sees_are_in_no_uri(character: str) -> None:
    with pytest.raises(BadRequestData):
        checks.uri(f"urn:x:a{character}b", "id")


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20))
def test_letters_and_digits_of_any_script_are_in_uris(text: str) -> None:
    seen = "".join(c for c in text if c not in "\u115f\u1160\u3164\uffa0")
    assert checks.uri("urn:x:a" + seen, "id")


@pytest.mark.parametrize(
    "value", ["speed", "Škola", "výška_1", "no2-max", "dcterms:title", "https://example.org/speed", "a.b"]
)
def test_names(value: str) -> None:
    assert checks.name(value, "name") == value


@pytest.mark.parametrize(
    "value", ["9Vehicle", "_a", "my attr", "a{b}", "a(b", "a|b", "a=b", "@id", "id", "type", "", 4, None]
)
def test_what_is_no_name(value: Any) -> None:
    with pytest.raises(BadRequestData, match="begins with a letter"):
        checks.name(value, "name")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("/Madrid", ["/Madrid"]), ("Madrid", ["/Madrid"]), (["/A/B_1/Ć", "C"], ["/A/B_1/Ć", "/C"])],
)
def test_scopes(given: Any, kept: list[str]) -> None:
    assert checks.scopes(given) == kept


@pytest.mark.parametrize(
    "value", ["9bad", "/a//b", "a-b", "/", "", "/a/", "urn:ngsi-ld:null", ["/ok", "9bad"], 5, [None]]
)
def test_what_is_no_scope(value: Any) -> None:
    with pytest.raises(BadRequestData, match="scope is"):
        checks.scopes(value)


def test_a_collection_is_no_geometry() -> None:
    point = {"type": "Point", "coordinates": [4.9, 52.4]}
    collection = {"type": "GeometryCollection", "geometries": [point]}
    assert checks.is_geometry(point) and not checks.is_geometry(collection)
    with pytest.raises(BadRequestData, match="has type 'GeometryCollection'"):
        checks.geometry(collection, "place")
