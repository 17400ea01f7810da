# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrets that stand in a cookie or a link; the vault keeps their hashes, so who reads it cannot sign in."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable

Chance = Callable[[int], bytes]
"""So many random bytes that nobody can guess."""

BYTES = 24


def made(chance: Chance) -> str:
    return urlsafe_b64encode(chance(BYTES)).decode()


def hashed(token: str) -> str:
    """Of 24 random bytes no slow hash is needed: there are too many to try."""
    return hashlib.sha256(token.encode()).hexdigest()
