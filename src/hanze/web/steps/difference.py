# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is different between two texts, as lines that stay, go and come. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

AROUND = 2
"""Lines that are shown before and after a change."""


class Line(NamedTuple):
    """`kind`: same, gone or new; a gap stands for lines that stay and are not shown."""

    kind: Literal["same", "gone", "new", "gap"]
    text: str


def lines(before: str, after: str) -> list[Line]:
    """The changed lines with some around them; empty where nothing is different."""
    return list(_lines(before.splitlines(), after.splitlines()))


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if number or group[0][1]:
            yield Line("gap", "…")
        for tag, begin, end, first, last in group:
            if tag == "equal":
                yield from (Line("same", text) for text in old[begin:end])
                continue
            yield from (Line("gone", text) for text in old[begin:end])
            yield from (Line("new", text) for text in new[first:last])
