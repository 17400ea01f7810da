# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the provider tells of a person, as far as it is used here: who, the mail address, the name, the groups."""

import re

import msgspec

from hanze.web.people.oidc.id_token import Claims
from hanze.web.people.oidc.settings import Oidc
from hanze.web.people.roles import ROLES

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_MAIL, LONGEST_NAME = 200, 100


class Told(msgspec.Struct, frozen=True):
    """`mail`: in small letters, empty where it is not proven. `roles`: those that the groups give, in the order of ROLES."""

    issuer: str
    subject: str
    mail: str
    name: str
    roles: tuple[str, ...]


def told(settings: Oidc, claims: Claims) -> Told:
    """`claims`: of an ID token that was checked, and of userinfo."""
    mail = _mail(settings, claims)
    name = claims.get("name")
    shown = _line(name) if isinstance(name, str) else ""
    return Told(
        settings.issuer, claims["sub"], mail, shown or mail.partition("@")[0], _roles(settings, claims)
    )  # fmt: skip


def lacks(settings: Oidc, claims: Claims) -> bool:
    """Something is looked for that stands in userinfo perhaps."""
    return settings.mail not in claims or bool(settings.roles and settings.groups not in claims)


def _mail(settings: Oidc, claims: Claims) -> str:
    found = claims.get(settings.mail)
    if not isinstance(found, str) or len(found) > LONGEST_MAIL or not _MAIL.fullmatch(found) or not found.isprintable():
        return ""
    # True, and not what looks like it: "false" is a text that is not empty.
    return found.casefold() if not settings.proven or claims.get(settings.proven) is True else ""


def _roles(settings: Oidc, claims: Claims) -> tuple[str, ...]:
    found = claims.get(settings.groups)
    groups = [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]
    given = {role for group in groups for role in settings.roles.get(group, ())}
    return tuple(role for role in ROLES if role in given)


def _line(text: str) -> str:
    """One line of signs that people see."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_NAME]
