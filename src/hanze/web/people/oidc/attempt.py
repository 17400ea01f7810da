# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attempt to sign in by the organisation: its browser keeps a secret, from which all that must not be guessed is made."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from hanze.web.people import tokens
from hanze.web.people.tokens import Chance

LASTS = 600 * 1_000_000
"""Microseconds."""

LONGEST_WAY = 1000
"""Characters of where a person wanted to go."""


class Attempt(msgspec.Struct, frozen=True):
    """`begun`: microseconds of a real clock. `onward`: where the person wanted to go."""

    secret: str
    begun: int
    language: str
    onward: str = ""

    @property
    def state(self) -> str:
        """By which the browser is known that comes back (RFC 6749, 10.12)."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """By which an ID token is known to be of this attempt (OpenID Connect Core, 15.5.2)."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """Without it a stolen code is of no use (PKCE, RFC 7636, 4.1)."""
        return self._made("verifier")

    @property
    def challenge(self) -> str:
        return s256(self.verifier)

    def late(self, now: int) -> bool:
        return not self.begun <= now <= self.begun + LASTS

    def _made(self, label: str) -> str:
        """256 bits. Of the moment too, so that who changes it in the cookie has another state."""
        return _text(hmac.new(self.secret.encode(), f"{label} {self.begun}".encode(), hashlib.sha256).digest())


def s256(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, 4.2)."""
    return _text(hashlib.sha256(verifier.encode()).digest())


def begun(chance: Chance, now: int, language: str, onward: str) -> Attempt:
    return Attempt(tokens.made(chance), now, language, onward if len(onward) <= LONGEST_WAY else "")


def packed(attempt: Attempt) -> str:
    """As a cookie holds it."""
    return _text(msgspec.json.encode(attempt))


def read(cookie: str) -> Attempt | None:
    """None where it is none."""
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), type=Attempt)
    except (ValueError, msgspec.DecodeError):
        return None
    return found if found.secret else None


def _text(found: bytes) -> str:
    return urlsafe_b64encode(found).decode().rstrip("=")
