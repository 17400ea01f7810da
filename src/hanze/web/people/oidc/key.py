# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of the node towards the provider: made once, 0600; the provider knows its public half (private_key_jwt)."""

import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from hanze.errors import ConfigurationError
from hanze.web.people.tokens import Chance

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

FILE = "oidc-key.pem"
BITS = 3072

LASTS = 60
"""Seconds that an assertion counts."""

BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""The type of the assertion (RFC 7523, 2.2)."""


class Key:
    """RSA, which is good for PS256 and for RS256, the one that every provider knows."""

    def __init__(self, key: "RSAKey") -> None:
        self._key = key
        self.id = str(key.thumbprint())
        """Of RFC 7638: another one for each key, so that a provider knows a new one."""

    def published(self) -> bytes:
        """The public half as a JWK Set."""
        public = self._key.as_dict(private=False)
        one = {name: public[name] for name in ("kty", "n", "e")} | {"use": "sig", "kid": self.id}
        return msgspec.json.encode({"keys": [one]})

    def assertion(self, algorithm: str, client: str, audience: str, now: int, chance: Chance) -> str:
        """That it is this site that asks (RFC 7523, 3). `now`: seconds."""
        from joserfc import jwt

        claims = {
            "iss": client, "sub": client, "aud": audience, "iat": now, "exp": now + LASTS,
            "jti": urlsafe_b64encode(chance(18)).decode(),
        }  # fmt: skip
        return jwt.encode({"alg": algorithm, "kid": self.id, "typ": "JWT"}, claims, self._key, algorithms=[algorithm])


def kept(folder: Path) -> Key:
    """The key of this folder, made where there is none. Errors: ConfigurationError."""
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    file = folder / FILE
    try:
        if not file.exists():
            _write(file, RSAKey.generate_key(BITS).as_pem(private=True))
        if file.stat().st_mode & 0o077:
            raise ConfigurationError(f"{file} can be read by others; take that right away: chmod 600 {file}")
        key = RSAKey.import_key(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read or made ({error.strerror}); check its rights.") from None
    except (JoseError, ValueError):
        raise ConfigurationError(
            f"{file} holds no RSA key; move it away, and a new one is made that the provider must be told of."
        ) from None
    if not key.is_private:
        raise ConfigurationError(f"{file} holds a public key only; move it away, and a new one is made.")
    return Key(key)


def _write(file: Path, text: bytes) -> None:
    """Never there half, and never readable by others."""
    beside = file.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
