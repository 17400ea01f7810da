# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public, restricted and owned, and what follows from it for a principal."""

from collections.abc import Iterable, Mapping

import msgspec

from hanze.access.principal import READ, RESTRICTED, WRITE, Principal
from hanze.errors import NoRightToAccess
from hanze.store.scope import EVERYTHING, NOTHING, Grant, Scope


class Public(msgspec.Struct, frozen=True):
    """Entities of this type (an IRI) in this tenant are public; `attributes` (IRIs): only these, None: all."""

    type: str
    attributes: frozenset[str] | None = None
    tenant: str = ""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What the node declares. `restricted`: type IRIs; `owned`: type IRI to the room whose verbs alone write it."""

    public: tuple[Public, ...] = ()
    restricted: frozenset[str] = frozenset()
    owned: Mapping[str, str] = {}
    open: bool = False


def may(principal: Principal, right: str) -> bool:
    """The principal's role has the right."""
    return right in principal.rights


def demand(principal: Principal, right: str, tenant: str | None = None) -> None:
    """NoRightToAccess where the principal has no such right (in this tenant): 401 without a key, 403 with one."""
    if right in principal.rights:
        if tenant is not None and principal.tenants is not None and tenant not in principal.tenants:
            raise NoRightToAccess(f"Key {principal.name!r} is not for tenant {tenant!r}; use a key that names it.")
        return
    if principal.id == "anyone":
        raise NoRightToAccess(
            f"This needs a key with the right to {right}; send it as 'Authorization: Bearer hz_…' "
            "(a key is made with 'hanze key create').",
            status=401,
        )
    raise NoRightToAccess(f"Key {principal.name!r} has no right to {right}; use a key with another role.")


def scope_of(principal: Principal, policy: Policy) -> Scope:
    """What the principal may read: what is public, and what the key's role and types add."""
    if policy.open and principal.id == "anyone":
        return EVERYTHING
    restricted = policy.restricted
    grants = _public(policy)
    if READ in principal.rights:
        if principal.types is not None:
            # Restricted types that the key does not name stay hidden, also on an entity that has a named type.
            hidden = restricted - principal.types
        else:
            hidden = frozenset() if RESTRICTED in principal.rights else restricted
        if principal.types is None and principal.tenants is None:
            # What is public is part of it.
            return Scope((Grant(without=hidden),)) if hidden else EVERYTHING
        grants.append(Grant(tenants=principal.tenants, types=principal.types, without=hidden))
    return Scope(tuple(grants)) if grants else NOTHING


def agreed_scope(grants: Iterable[Grant], policy: Policy) -> Scope:
    """What is public, and what an agreement shows. Restricted types that it does not name stay hidden, also on an entity that
    has a named type."""
    shown = [
        msgspec.structs.replace(grant, without=grant.without | (policy.restricted - (grant.types or frozenset())))
        for grant in grants
    ]
    return Scope((*_public(policy), *shown))


def _public(policy: Policy) -> list[Grant]:
    """What everyone may read; types that show the same attributes in the same tenant are one grant."""
    types: dict[tuple[str, frozenset[str] | None], set[str]] = {}
    for public in policy.public:
        types.setdefault((public.tenant, public.attributes), set()).add(public.type)
    return [
        Grant(
            tenants=frozenset({tenant}), types=frozenset(found), without=policy.restricted, attributes=attributes
        )
        for (tenant, attributes), found in types.items()
    ]  # fmt: skip


def check_write(principal: Principal, policy: Policy, tenant: str, types: Iterable[str]) -> None:
    """NoRightToAccess where the principal may not write entities of these types (IRIs; those it has and those it gets)."""
    demand(principal, WRITE, tenant)
    if policy.owned:
        check_owned(policy.owned, types)
    allowed = principal.types
    if allowed is not None:
        for type in types:
            if type not in allowed:
                raise NoRightToAccess(
                    f"Key {principal.name!r} may not write entities of type {type}; use a key that names this type."
                )
    elif policy.restricted and RESTRICTED not in principal.rights:
        for type in types:
            if type in policy.restricted:
                raise NoRightToAccess(
                    f"Type {type} is restricted; use a key that names it ('hanze key create --types') or one of an officer."
                )


def check_owned(owned: Mapping[str, str], types: Iterable[str]) -> None:
    """NoRightToAccess where one of the types belongs to a room, whoever asks."""
    for type in types:
        room = owned.get(type)
        if room is not None:
            raise NoRightToAccess(
                f"Type {type} is owned by the room {room!r} and read-only here; use what this room offers to change it."
            )
