# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys by which the provider signs: fetched when needed, anew where a new one is named, and not too often."""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from hanze.web.people.oidc.calls import Calls
from hanze.web.people.oidc.trouble import failed

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

FRESH = 3600.0
"""Seconds after which they are fetched again, so that a key that was taken back counts no longer."""

APART = 60.0
"""Seconds between two fetches, whatever tokens name: a stranger must not make the node call on and on."""

ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
"""Those that are believed, with the type of their key (NL GOV: RS256 or better; never none, never a shared secret)."""

LEAST_BITS = 2048


class Published(msgspec.Struct):
    """A JWK Set (RFC 7517, 5)."""

    keys: list[dict[str, Any]]


class Signers:
    """Those of one provider. `seconds`: a clock that only goes forward."""

    def __init__(self, calls: Calls, seconds: Callable[[], float]) -> None:
        self._calls = calls
        self._seconds = seconds
        self._keys: list[dict[str, Any]] = []
        self._fetched = -FRESH
        self._tried = -APART
        self._turn = asyncio.Lock()

    async def find(self, place: str, algorithm: str, id: str) -> "RSAKey | ECKey":
        """The key of this algorithm and id. `place`: where they are published. Errors: SignInFailed."""
        async with self._turn:
            if self._seconds() - self._fetched >= FRESH:
                await self._fetch(place)
            found = self._match(algorithm, id)
            if len(found) != 1 and self._seconds() - self._tried >= APART:
                await self._fetch(place)
                found = self._match(algorithm, id)
        if len(found) != 1:
            raise failed("wrong", f"The ID token is signed by a key that is not published for {algorithm}.")
        return _key(found[0])

    async def _fetch(self, place: str) -> None:
        """Those from before stay where it fails, until they are too old."""
        now = self._seconds()
        if now - self._tried < APART:
            raise failed("down", "The keys of the provider could not be fetched a moment ago.")
        self._tried = now
        self._keys = (await self._calls.get(place, Published)).keys
        self._fetched = now

    def _match(self, algorithm: str, id: str) -> list[dict[str, Any]]:
        """Without an id all that fit: one that fits alone is meant (OpenID Connect Core, 10.1)."""
        return [one for one in self._keys if _fits(one, algorithm) and (not id or one.get("kid") == id)]


def _fits(key: dict[str, Any], algorithm: str) -> bool:
    return (
        key.get("kty") == ALGORITHMS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (key["kty"] != "EC" or key.get("crv") == "P-256")
    )


def _key(found: dict[str, Any]) -> "RSAKey | ECKey":
    """The public half only, whatever was published."""
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, RSAKey

    kind, names = (RSAKey, ("kty", "n", "e")) if found["kty"] == "RSA" else (ECKey, ("kty", "crv", "x", "y"))
    try:
        if found["kty"] == "RSA" and _bits(found["n"]) < LEAST_BITS:
            raise failed("wrong", f"The key by which the ID token is signed has less than {LEAST_BITS} bits.")
        return kind.import_key({name: found[name] for name in names})
    except (JoseError, ValueError, KeyError, TypeError):
        raise failed("wrong", "The key by which the ID token is signed cannot be read.") from None


def _bits(modulus: str) -> int:
    return int.from_bytes(urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4)), "big").bit_length()
