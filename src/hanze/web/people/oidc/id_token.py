# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ID token: believed when all of it is right (OpenID Connect Core 1.0, 3.1.3.7; NL GOV profile, ID Tokens)."""

from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from hanze.web.people.oidc.signers import ALGORITHMS
from hanze.web.people.oidc.trouble import failed

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

Claims = dict[str, Any]

LONGEST = 64 << 10
"""Characters of a token."""

OFF = 60
"""Seconds by which two clocks may differ."""

OLD = 600
"""Seconds after which a token is of another attempt, whatever it says of its end."""

LONGEST_SUBJECT = 255
"""Characters (OpenID Connect Core, 2)."""


class Header(msgspec.Struct):
    """What a signed text says of its signature (RFC 7515, 4.1)."""

    alg: str
    kid: str = ""


class Expected(NamedTuple):
    """`now`: seconds of a real clock. `levels`: of acr, any of which is enough; empty: all are."""

    issuer: str
    client: str
    nonce: str
    now: float
    levels: tuple[str, ...] = ()


def header(token: str) -> Header:
    """Errors: SignInFailed where it is no signed text, or signed in a way that is not believed."""
    first = token.partition(".")[0]
    try:
        if len(token) > LONGEST or token.count(".") != 2:
            raise ValueError
        found = msgspec.json.decode(urlsafe_b64decode(first + "=" * (-len(first) % 4)), type=Header)
    except (ValueError, msgspec.DecodeError):
        raise failed("wrong", "The ID token is no signed text (JWS).") from None
    if found.alg not in ALGORITHMS:
        raise failed("wrong", f"The ID token is signed by an algorithm that is none of {', '.join(ALGORITHMS)}.")
    return found


def signed(token: str, algorithm: str, key: "RSAKey | ECKey") -> Claims:
    """What it says, where the signature is good. Errors: SignInFailed."""
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        return dict(jwt.decode(token, key, algorithms=[algorithm]).claims)
    except (JoseError, ValueError, TypeError):
        raise failed("wrong", "The signature of the ID token is not good.") from None


def check(claims: Claims, expected: Expected) -> None:
    """Errors: SignInFailed says which claim is not as it must be."""
    wrong = [name for name, good in _tests(claims, expected).items() if not good]
    if wrong:
        raise failed("wrong", f"In the ID token {', '.join(wrong)} is not as it must be.")
    if expected.levels and claims.get("acr") not in expected.levels:
        raise failed("weak", "The ID token has no acr of oidc.require_acr.")
    if "represents" in claims:
        # The profile lets somebody act for another; here nobody does, so it must not pass as if it were not said.
        raise failed("behalf", "The ID token has represents, which this site does not take.")


def _tests(claims: Claims, expected: Expected) -> dict[str, bool]:
    aud, now, subject = claims.get("aud"), expected.now, claims.get("sub")
    audiences = aud if isinstance(aud, list) else [aud]
    nbf, iat = claims.get("nbf", 0), claims.get("iat")
    return {
        "iss": claims.get("iss") == expected.issuer,
        "sub": isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT,
        "aud": expected.client in audiences,
        "azp": claims.get("azp", expected.client if len(audiences) == 1 else None) == expected.client,
        "exp": _moment(claims.get("exp")) and claims["exp"] > now - OFF,
        "iat": _moment(iat) and now - OLD - OFF <= claims["iat"] <= now + OFF,
        "nbf": _moment(nbf) and nbf <= now + OFF,
        "nonce": claims.get("nonce") == expected.nonce,
    }


def _moment(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
