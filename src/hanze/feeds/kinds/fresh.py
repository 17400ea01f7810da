# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks a source for a file only where it changed since the last time, by its ETag or Last-Modified."""

import hashlib

import msgspec

from hanze.feeds.source import Feed, Get


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a source said of the file that it gave last. `of`: stands for the URL and the options that it was asked with."""

    of: str = ""
    etag: str = ""
    modified: str = ""


async def fresh(feed: Feed, mark: Mark, get: Get, most_bytes: int) -> tuple[bytes | None, Mark]:
    """The file, or None where it is the same as before; and what is to be remembered of it.

    A mark counts for the same URL and options only: with others the same file may mean something else.
    """
    of = _of(feed)
    known = mark if mark.of == of else Mark(of)
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    asked = {name: value for name, value in headers.items() if value}
    response = await get(feed.url, asked, most_bytes=most_bytes)
    if response.status == 304 and asked:
        return None, known
    return response.body, Mark(of, response.headers.get("etag", ""), response.headers.get("last-modified", ""))


def _of(feed: Feed) -> str:
    # A hash, since a URL and options may hold a key and a state must hold none.
    return hashlib.sha256(msgspec.json.encode([feed.url, feed.options])).hexdigest()[:16]
