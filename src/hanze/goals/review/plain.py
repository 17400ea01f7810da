# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people write in a review: paragraphs with an empty line between them, and lists of lines that begin with a dash."""

import re
from collections.abc import Iterator

import msgspec

from hanze.web.drawing.svg import clean

ITEM = re.compile(r"\s*[-*\u2022\u2013]\s+(?=\S)")


class Block(msgspec.Struct, frozen=True):
    """A paragraph has one line, a list (`listed`) one for each item."""

    lines: tuple[str, ...]
    listed: bool = False


def blocks(text: str) -> tuple[Block, ...]:
    """The text as it is shown; nothing in it means anything but itself, nor turns what stands beside it around."""
    return tuple(block for part in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")) for block in _blocks(part))


def _blocks(part: str) -> Iterator[Block]:
    """Of lines without an empty one among them. A line that goes on belongs to the item or paragraph above it."""
    listed, lines = False, list[str]()
    for line in filter(None, map(clean, part.split("\n"))):
        item = ITEM.match(line)
        if lines and bool(item) != listed and (item or not listed):
            yield Block(tuple(lines), listed)
            lines = []
        if item or not lines:
            listed = item is not None
            lines.append(line[item.end() :] if item else line)
        else:
            lines[-1] += f" {line}"
    if lines:
        yield Block(tuple(lines), listed)
