# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Unpacks what a source gave in gzip, piece by piece, no further than a number of bytes."""

import zlib
from collections.abc import Iterator

from hanze.errors import SourceFailed
from hanze.errors import mark as _

PIECE = 1 << 16
MAGIC = b"\x1f\x8b"

ADVICE = _("Look again later; where it stays so, tell the keeper of the source.")


def unpacked(data: bytes, most_bytes: int) -> Iterator[bytes]:
    """The content in pieces, also where it was not packed. Errors: SourceFailed where it is damaged, cut off or too large."""
    rest = most_bytes
    for piece in _gzip(data) if data.startswith(MAGIC) else _plain(data):
        rest -= len(piece)
        if rest < 0:
            raise SourceFailed(f"What the source gave has more than {most_bytes >> 20} MB when it is unpacked.", ADVICE)
        yield piece


def _plain(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


def _gzip(data: bytes) -> Iterator[bytes]:
    """A file may be several that were packed one by one; zeros after the last one are padding."""
    view = memoryview(data)
    at = 0
    while view[at : at + 2] == MAGIC:
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        waiting = b""
        while not member.eof:
            if not waiting:
                waiting = bytes(view[at : at + PIECE])
                at += len(waiting)
            try:
                piece = member.decompress(waiting, PIECE)
            except zlib.error as error:
                raise SourceFailed(f"What the source gave is damaged gzip: {error}.", ADVICE) from None
            if not piece and not waiting and not member.eof:
                raise SourceFailed("What the source gave is gzip that was cut off.", ADVICE)
            waiting = member.unconsumed_tail
            if piece:
                yield piece
        at -= len(member.unused_data)
    if view[at:].tobytes().strip(b"\0"):
        raise SourceFailed("What the source gave is gzip with something else after it.", ADVICE)
