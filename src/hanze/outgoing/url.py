# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the URLs that users name for us to call, and refuses whatever two readers could read in two ways."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from hanze.errors import CallFailed

LONGEST = 2048
PORTS = {"http": 80, "https": 443, "mqtt": 1883, "mqtts": 8883}
WEB = ("http", "https")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")
_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?|[0-9A-Fa-f:.]+")


class Target(NamedTuple):
    """Where a call goes. `host`: ASCII name, or address without brackets. `path`: with the query, as it is sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


@lru_cache(maxsize=4096)
def parse(text: str, schemes: tuple[str, ...] = WEB) -> Target:
    """The target of an absolute URL of one of these schemes; CallFailed says what is wrong with it."""
    if len(text) > LONGEST:
        raise CallFailed(f"The URL has {len(text)} characters; at most {LONGEST} are allowed.")
    if _UNSAFE.search(text):
        raise CallFailed(f"The URL {text!r} has a blank or another character that no URL has; encode it with %.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise CallFailed(f"The URL {text!r} cannot be read ({error}).") from None
    if parts.scheme not in schemes:
        raise CallFailed(f"The URL {text!r} is not of {' or '.join(schemes)}; only these are called.")
    if "@" in parts.netloc:
        raise CallFailed("The URL has a user name in it; send secrets as a header instead.")
    host = _host(parts.hostname or "", text)
    return Target(parts.scheme, host, port or PORTS[parts.scheme], _path(parts.path, parts.query))


def _host(name: str, text: str) -> str:
    try:
        ascii = name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        ascii = ""
    if len(ascii) > 253 or _HOST.fullmatch(ascii) is None:
        raise CallFailed(f"The URL {text!r} has no host that can be called.")
    return ascii.rstrip(".")


def _path(path: str, query: str) -> str:
    whole = (path or "/") + (f"?{query}" if query else "")
    return whole if whole.isascii() else quote(whole, safe="/?%:@!$&'()*+,;=~-._[]")


def join(base: Target, location: str) -> str:
    """The absolute URL that a redirect from `base` leads to."""
    return urljoin(f"{base.scheme}://{base.authority}{base.path}", location)
