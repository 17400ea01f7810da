# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person reads of a page: its text without what is hidden, and its links."""

from html.parser import HTMLParser

SILENT = ("script", "style", "head")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: dict[str, str] = {}
        self._silent = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if self._silent or not data.strip():
            return
        self.said.append(data.strip())
        if self._href:
            self.links[data.strip()] = self._href
            self._href = ""


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def text(html: str) -> str:
    return "\n".join(_read(html).said)


def links(html: str) -> dict[str, str]:
    """From what links say to where they lead."""
    return _read(html).links
