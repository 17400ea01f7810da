# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the provider publishes of itself (OpenID Connect Discovery 1.0, 3), looked at before it is believed."""

from msgspec import Struct

from hanze.web.people.oidc.settings import safe
from hanze.web.people.oidc.trouble import failed

PLACE = "/.well-known/openid-configuration"

ASSERTED = ("PS256", "RS256")
"""By which the node shows who it is, best first."""


class Document(Struct, frozen=True):
    """Names as in the standard; what is not published counts as what the standard says of it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    code_challenge_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_signing_alg_values_supported: tuple[str, ...] | None = None
    authorization_response_iss_parameter_supported: bool | None = None

    @property
    def algorithm(self) -> str:
        """By which the node shows who it is; RS256 where nothing is published, for every provider knows it."""
        known = self.token_endpoint_auth_signing_alg_values_supported or ("RS256",)
        return next((one for one in ASSERTED if one in known), "RS256")


def checked(found: Document, issuer: str) -> Document:
    """Errors: SignInFailed where it is of another issuer (Discovery, 4.3), cannot do what is needed, or can be listened to."""
    if found.issuer != issuer:
        raise failed(
            "wrong", f"{issuer}{PLACE} is of another issuer; oidc.issuer must be as the provider calls itself."
        )
    ends = (
        found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint,
        found.end_session_endpoint,
    )  # fmt: skip
    for url in ends:
        if url and not safe(url):
            raise failed("wrong", f"{issuer}{PLACE} names an address without https.")
    _able(found.code_challenge_methods_supported, "S256", "PKCE")
    _able(found.token_endpoint_auth_methods_supported, "private_key_jwt", "client authentication")
    return found


def _able(published: tuple[str, ...] | None, needed: str, what: str) -> None:
    """Where nothing is published it may be so; the provider itself refuses where it is not."""
    if published and needed not in published:
        raise failed("wrong", f"The provider does not offer {needed} for {what}; turn it on there.")
