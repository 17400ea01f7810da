# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""For which site a passkey counts: it never works elsewhere, so a page that looks like ours gets nothing."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

LOCAL = "localhost"


class Party(msgspec.Struct, frozen=True):
    """`id`: the host, the relying party's id; `origin`: as browsers say where a page is from."""

    id: str
    origin: str


def of(address: str) -> Party | None:
    """From where people reach the site, as the node knows it and never as a request says it. None where browsers know no
    passkeys: by a number for a host, or without TLS (Web Authentication level 3, 5.1.2). A machine itself is its "localhost"."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return None
    host = LOCAL if _own(host) else host
    if not host or _number(host) or (parts.scheme != "https" and host != LOCAL and not host.endswith("." + LOCAL)):
        return None
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return Party(host, f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else ""))


def _own(host: str) -> bool:
    """A number by which a machine calls itself, or all that it has."""
    return _number(host) and (ip_address(host).is_loopback or ip_address(host).is_unspecified)


def _number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
