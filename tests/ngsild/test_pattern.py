# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Patterns of outsiders: what they find, and that none takes long."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import pattern
from hanze.ngsild.pattern import LONGEST


@pytest.mark.parametrize(
    ("text", "subject", "found"),
    [
        ("b", "abc", True), ("^b", "abc", False), ("^a.c$", "abc", True), ("", "abc", True), ("A", "abc", False),
        ("(?i)A", "abc", True), ("x{2,3}", "xx", True), ("é", "café", True), ("^.$", "é", True), ("[[:digit:]]", "a1", True),
        (r"\d", "a", False), ("a|c$", "xc", True), ("^urn:ngsi-ld:Room:[0-9]+$", "urn:ngsi-ld:Room:12", True),
    ],
)  # fmt: skip
def test_what_is_found(text: str, subject: str, found: bool) -> None:
    assert bool(pattern.compile(text).search(subject)) is found


@pytest.mark.parametrize(
    "text", ["(", ")", "[a", "a{2,1}", "*a", "(?=a)", "(?!a)", "(?<=a)b", r"(a)\1", "a{1001}", "((a{99}){99}){99}"]
)
def test_what_cannot_be_used(text: str) -> None:
    with pytest.raises(BadRequestData) as error:
        pattern.compile(text)
    assert error.value.detail.startswith(f"The pattern {text!r} cannot be used: ")


def test_what_is_too_long() -> None:
    assert pattern.compile("a" * LONGEST).search("a" * LONGEST)
    with pytest.raises(BadRequestData, match=f"at most {LONGEST}"):
        pattern.compile("a" * (LONGEST + 1))


@pytest.mark.parametrize("bomb", ["(a+)+$", "(a|aa)+$", "(.*a){25}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"])
def test_a_bomb_is_answered_at_once(bomb: str) -> None:
    """A backtracking engine would take longer than the age of the universe."""
    begin = time.monotonic()
    assert pattern.compile(bomb).search("a" * 50_000 + "!") is None
    assert time.monotonic() - begin < 5


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_another_error(text: str, subject: str) -> None:
    with suppress(BadRequestData):
        pattern.compile(text).search(subject)
