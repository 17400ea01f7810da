# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which addresses may be called: public ones, and what the configuration allows; checked after the name is resolved.

What is refused follows the IANA special-purpose registries (RFC 6890 and its updates): loopback, private, link-local,
shared, documentation, benchmarking, multicast and reserved addresses, all of IPv6 that is not global unicast, and the
forms of IPv6 that hide an IPv4 address (mapped, NAT64, 6to4, Teredo). Clouds keep their metadata on link-local and
unique-local addresses, and one on a public address, which is refused by name.
"""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from hanze.errors import AddressRefused, CallFailed

Address = IPv4Address | IPv6Address

GLOBAL = IPv6Network("2000::/3")

REFUSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",
    )
)  # fmt: skip
REFUSED_6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class Guard:
    """The guard of one node. `allow`: addresses and networks that may be called although they are not public."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self.allow = tuple(ip_network(text) for text in allow)

    def may(self, address: Address) -> bool:
        """The address may be called."""
        if any(address in network for network in self.allow):
            return True
        if isinstance(address, IPv4Address):
            return not any(address in network for network in REFUSED_4)
        return address in GLOBAL and not any(address in network for network in REFUSED_6)

    def check_literal(self, host: str) -> None:
        """AddressRefused where the host is written as an address that must not be called; names pass."""
        found = _literal(host)
        if found is not None and not self.may(found):
            raise _refused(host, [host])

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be called, in the resolver's order.

        Errors: CallFailed where the name is unknown, AddressRefused where none of its addresses may be called.
        """
        found = _literal(host)
        if found is not None:
            texts = [host]
        else:
            loop = asyncio.get_running_loop()
            try:
                infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError) as error:
                raise CallFailed(f"The name {host} cannot be resolved ({error}).") from None
            texts = list(dict.fromkeys(str(info[4][0]) for info in infos))
        may = [text for text in texts if self.may(ip_address(text))]
        if not may:
            raise _refused(host, texts)
        return may


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _refused(host: str, texts: list[str]) -> AddressRefused:
    where = host if texts == [host] else f"{host} ({', '.join(texts[:4])})"
    return AddressRefused(
        f"{where} is no public address; to call it, add its network to [outgoing] allow in hanze.toml."
    )
