# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands at an address in place of data, said in one sentence: a web page, a login, nothing at all."""

import html
import re

from hanze.errors import SourceFailed

LOOKED = 65_536
"""Bytes that are looked at."""

_PAGE = re.compile(rb"^\s*(<!--.*?-->\s*)*(<!doctype\s+html|<html|<head|<body|<script)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(rb"<title[^>]*>(.{0,500}?)</title>", re.IGNORECASE | re.DOTALL)
_LOGIN = re.compile(
    rb"type\s*=\s*[\"']?password|\b(log ?in|sign ?in|inloggen|anmelden|einloggen|single sign)\b", re.IGNORECASE
)


def check(body: bytes) -> None:
    """Errors: SourceFailed where there is nothing, or a web page."""
    if not body.strip():
        raise SourceFailed(
            "The address gave nothing at all.", "See whether the address is right, and whether it needs a query."
        )
    begin = body[:LOOKED]
    if not _PAGE.match(begin):
        return
    title = _TITLE.search(begin)
    text = " ".join(html.unescape(title[1].decode("utf-8", "replace")).split()) if title else ""
    named = f' with the title "{text[:80]}"' if text else ""
    if _LOGIN.search(begin):
        raise SourceFailed(
            f"A web page to log in stands there{named}, not data.",
            "Ask who keeps the source for an address that programs may use, and for a key where one is needed.",
        )
    raise SourceFailed(
        f"A web page stands there{named}, not data.",
        "Look on that page for the address of the data themselves: a link to JSON, GeoJSON, CSV, or the description of an API.",
    )
