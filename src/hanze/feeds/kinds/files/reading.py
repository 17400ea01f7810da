# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One file that is being read, for a thread: where it goes on, and that nobody writes to it meanwhile."""

from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from hanze.feeds.documents import Find
from hanze.feeds.kinds.files import folder
from hanze.feeds.kinds.files.folder import Entry
from hanze.feeds.kinds.files.memory import Seen
from hanze.feeds.kinds.files.pieces import Pieces, pieces
from hanze.feeds.source import Feed, Found

BLOCK = 1 << 20


class Changed(Exception):
    """Somebody writes to the file, or exchanged it."""


class Reading:
    """`digest`: of the whole file. `rows`: up to which it was read. `parts`: None where nothing is left.

    It closes the file when nobody holds it any more.
    """

    def __init__(self, entry: Entry, content: BinaryIO) -> None:
        self.entry = entry
        self.digest = ""
        self.rows = 0
        self.content = content
        self.parts: Pieces | None = None

    def step(self) -> Found | None:
        """The next piece, None at the end. Errors: Changed, HanzeError, OSError, Away."""
        piece = next(self.parts, None) if self.parts else None
        if folder.state(self.content, self.entry.name) != self.entry:
            raise Changed
        if piece is None:
            return None
        self.rows, found = piece
        return found

    def close(self) -> None:
        if self.parts:
            self.parts.close()
        self.content.close()

    def __del__(self) -> None:
        self.close()


def begin(path: Path, entry: Entry, seen: Seen | None, feed: Feed, find: Find) -> Reading:
    """Opens the file and passes over what was read of it before: all of it where it was only touched.

    Of a file that grew the last row is read again, since it may have been half a row. Errors: Changed, OSError, SourceFailed.
    """
    made = Reading(entry, folder.opened(path, entry.name))
    content = made.content
    if folder.state(content, entry.name) != entry:
        raise Changed
    made.digest, start = _digests(content, seen.size if seen else 0)
    if seen is not None and start == seen.digest:
        made.rows = seen.rows if seen.size == entry.size else max(0, seen.rows - 1)
    if seen is None or not seen.whole or made.digest != seen.digest:
        content.seek(0)
        made.parts = pieces(content, entry.name, feed, find, made.rows)
    return made


def _digests(content: BinaryIO, size: int) -> tuple[str, str]:
    """Of the whole file, and of so many bytes at its beginning."""
    made, start = blake2b(digest_size=16), ""
    rest = size
    while block := content.read(min(BLOCK, rest) if rest else BLOCK):
        made.update(block)
        if rest:
            rest -= len(block)
            start = "" if rest else made.hexdigest()
    return made.hexdigest(), start
