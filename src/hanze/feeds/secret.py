# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must not be read by others: passwords and keys in the options and the address of a source."""

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from hanze.feeds.source import Feed

SECRET = re.compile(r"(?i)(key|token|secret|password|passphrase|authorization|credential|signature)")
HIDDEN = "…"


def hidden(feed: Feed, text: str) -> str:
    """The text without the secrets of the source."""
    for secret in sorted(_secrets(feed), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def address(url: str) -> str:
    """The address without user, password and the parts of its query that are secret."""
    parts = urlsplit(url)
    query = "&".join(
        f"{name}={HIDDEN if SECRET.search(name) else value}" for name, value in parse_qsl(parts.query, True)
    )
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


def _secrets(feed: Feed) -> set[str]:
    parts = urlsplit(feed.url)
    found = {parts.password or ""}
    found |= {value for name, value in parse_qsl(parts.query) if SECRET.search(name)}
    for name, value in feed.options.items():
        if SECRET.search(name):
            found |= set(value) if isinstance(value, list) else {str(value)}
    return found - {""}
