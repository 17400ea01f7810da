# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `[oidc]` in hanze.toml may say of the provider of identities."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from hanze.errors import ConfigurationError
from hanze.web.people.roles import ROLES


class Oidc(Struct, frozen=True, forbid_unknown_fields=True):
    """The organisation by which people sign in (OpenID Connect); nothing of it without an issuer."""

    issuer: Annotated[
        str,
        Meta(
            pattern=r"^(https?://[^\s?#]+)?$",
            description='the address of the provider as it calls itself, such as "https://login.havendam.example"',
        ),
    ] = ""
    client: Annotated[str, Meta(description="the name (client_id) that the provider knows this site by")] = ""
    name: Annotated[str, Meta(max_length=60, description='what people call it, such as "Gemeente Havendam"')] = ""
    """Stands on the page to sign in."""
    scopes: Annotated[tuple[str, ...], Meta(description='a list of scopes, such as ["openid", "email"]')] = (
        "openid", "profile", "email",
    )  # fmt: skip
    mail: Annotated[str, Meta(min_length=1, description='the name of a claim, such as "email"')] = "email"
    """The claim that holds the mail address."""
    proven: Annotated[
        str, Meta(description="the claim that says that the mail address is proven; empty where all of them are")
    ] = "email_verified"
    groups: Annotated[str, Meta(min_length=1, description='the name of a claim, such as "groups"')] = "groups"
    """The claim that holds the groups of a person: a text or a list of texts."""
    roles: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description='a table from a group to a list of roles, such as {"hanze-data" = ["data-officer"]}'),
    ] = {}
    """Roles that stand here come from the provider only; all others an administrator gives."""
    new: Annotated[Literal["refuse", "resident"], Meta(description='"refuse" or "resident"')] = "refuse"
    """What becomes of somebody without an account, an invitation or a group that has a role."""
    require_acr: Annotated[
        tuple[str, ...], Meta(description='a list of levels (acr), any of which is enough, such as ["loa3"]')
    ] = ()

    @property
    def given(self) -> frozenset[str]:
        """Roles that only the provider gives."""
        return frozenset(role for roles in self.roles.values() for role in roles)


def check(file: Path, found: Oidc, address: str) -> None:
    """What the types cannot say. `address`: `site.address`. Errors: ConfigurationError."""
    if not found.issuer:
        if found != Oidc():
            raise ConfigurationError(
                f"{file}: oidc.issuer is missing; give the address of the provider, or take [oidc] out."
            )
        return
    for key, value in (("client", found.client), ("name", found.name)):
        if not value:
            raise ConfigurationError(f"{file}: oidc.{key} is missing; give {_WORDS[key]}.")
    if "openid" not in found.scopes:
        raise ConfigurationError(f'{file}: oidc.scopes has no "openid", which the provider needs; add it.')
    if not address:
        raise ConfigurationError(
            f"{file}: site.address is missing, to which the provider sends people back; give the address of the site."
        )
    for key, value in (("oidc.issuer", found.issuer), ("site.address", address)):
        if not safe(value):
            raise ConfigurationError(
                f'{file}: {key} is "{value}", so others could listen in while people sign in; give an address with https.'
            )
    _check_roles(file, found)


_WORDS = {
    "client": "the name (client_id) that the provider knows this site by",
    "name": 'what people call it, such as "Gemeente Havendam"',
}


def _check_roles(file: Path, found: Oidc) -> None:
    for group, roles in found.roles.items():
        for role in roles:
            if role not in ROLES:
                raise ConfigurationError(
                    f'{file}: oidc.roles gives "{group}" the role "{role}", which is none; give some of {", ".join(ROLES)}.'
                )


def safe(url: str) -> bool:
    """By TLS, or on this machine only."""
    parts = urlsplit(url)
    if parts.scheme != "http":
        return parts.scheme == "https" and bool(parts.hostname)
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
