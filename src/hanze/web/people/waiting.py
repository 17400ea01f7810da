# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who tries too often waits: per account, which survives a restart, and per address, in memory only.

An account that is tried by somebody else stays open to its owner: links that were sent before work on.
"""

import hashlib
from ipaddress import ip_address, ip_network
from typing import Literal

from hanze.store.base import UnitOfWork
from hanze.web.language import mark as _
from hanze.web.people.vaults import ATTEMPTS

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE

What = Literal["password", "code", "link", "passkey"]
"""What is tried: a password, a code of the second factor, to be sent a link, a passkey."""

FREE = 5
"""Attempts of one account before the first wait."""

WAITS = {
    1: _("There were too many attempts. Wait one minute, or use a link that the city sent you."),
    5: _("There were too many attempts. Wait 5 minutes, or use a link that the city sent you."),
    15: _("There were too many attempts. Wait 15 minutes, or use a link that the city sent you."),
    30: _("There were too many attempts. Wait half an hour, or use a link that the city sent you."),
}
"""Minutes of the first wait, the second and so on; the last one comes back."""

CALLS, SPAN = 100, 10 * MINUTE
"""Attempts from one address, which may be that of a whole office, and microseconds in which they count."""

MOST_ADDRESSES = 20_000


def told(wait: int) -> str:
    """What a person is told who waits so many microseconds."""
    return next((text for minutes, text in WAITS.items() if wait <= minutes * MINUTE), WAITS[max(WAITS)])


def take(uow: UnitOfWork, what: What, name: str) -> int:
    """Counts one attempt on an account, whether there is one of that name or not. Microseconds to wait, 0 where it may be
    done; who waits is not counted, so that waiting ends."""
    vault, key = uow.vault(ATTEMPTS), _key(what, name)
    rows = vault.select({"key": key, "expires": (">", uow.real)})
    tried, until = (rows[0]["tried"], rows[0]["until"]) if rows else (0, 0)
    if until > uow.real:
        return int(until - uow.real)
    # The attempt that is taken now is the last one before the next wait.
    step = tried + 1 - FREE
    wait = list(WAITS)[min(step, len(WAITS) - 1)] * MINUTE if step >= 0 else 0
    vault.put({"key": key, "tried": tried + 1, "until": uow.real + wait, "expires": uow.real + DAY})
    return 0


def forget(uow: UnitOfWork, name: str) -> None:
    """The owner came in: earlier attempts do not count."""
    for what in ("password", "code", "link", "passkey"):
        uow.vault(ATTEMPTS).delete({"key": _key(what, name)})


class Callers:
    """Attempts per address, never written down."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int]] = {}
        """From an address to how many, and since when."""

    def take(self, address: str, now: int, what: str = "") -> int:
        """Counts one attempt; microseconds to wait, 0 where it may be done. Each `what` that is tried is counted by itself."""
        key = f"{what} {_network(address)}"
        many, since = self._seen.get(key, (0, now))
        if now - since >= SPAN:
            many, since = 0, now
        if many >= CALLS:
            return since + SPAN - now
        if key not in self._seen and len(self._seen) >= MOST_ADDRESSES:
            recent = {one: found for one, found in self._seen.items() if now - found[1] < SPAN}
            self._seen = recent if len(recent) < MOST_ADDRESSES else {}
        self._seen[key] = (many + 1, since)
        return 0


def _network(address: str) -> str:
    """One household has 2^64 addresses of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ip_network((found, 64), strict=False))


def _key(what: What, name: str) -> str:
    return hashlib.sha256(f"{what} {name.casefold()}".encode()).hexdigest()
