# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people write becomes paragraphs and lists, and loses none of its words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.review.plain import Block, blocks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("One\nline.\n\nTwo.", (Block(("One line.",)), Block(("Two.",)))),
        ("We do:\n- this\n  and more\n- that", (Block(("We do:",)), Block(("this and more", "that"), True))),
        ("* a\r\n* b\r\n\r\nc", (Block(("a", "b"), True), Block(("c",)))),
        ("-5 degrees", (Block(("-5 degrees",)),)),
    ],
)
def test_blocks(text: str, found: tuple[Block, ...]) -> None:
    assert blocks(text) == found


@given(st.text(alphabet="ab<#-* \n", max_size=60))
def test_all_words_are_kept_in_order(text: str) -> None:
    found = " ".join(line for block in blocks(text) for line in block.lines)
    words = [re.sub(r"^\s*[-*]\s+(?=\S)", "", line).split() for line in text.split("\n")]
    assert found.split() == [word for line in words for word in line]
    assert all(block.lines and all(block.lines) for block in blocks(text))
