# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passwords: kept as hashes of argon2, in threads of their own number, and as slow for who has none.

Source: OWASP Password Storage Cheat Sheet (argon2id with 19 MiB, 2 passes, 1 lane) and NIST SP 800-63B, 5.1.1 (length, no rules).
"""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

AT_ONCE = 2
"""Passwords that are looked at together: each takes 19 MiB and a core for about 30 ms."""

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1

NOBODY = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$" + "A" * 22 + "$" + "A" * 43
"""In the form of a hash, but of no password: takes the same time."""


class Passwords:
    """The passwords of one node."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(PASSES, MEMORY_KIB, LANES)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def matches(self, hash: str | None, password: str) -> bool:
        """Whether the hash is that of the password; None takes as long as any."""
        async with self._turns:
            return await asyncio.to_thread(self._matches, hash or NOBODY, password)

    async def hashed(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    def stale(self, hash: str) -> bool:
        """The hash was made with other parameters than those of now."""
        return self._hasher.check_needs_rehash(hash)

    def _matches(self, hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(hash, password)
        except (VerificationError, InvalidHashError):
            return False
