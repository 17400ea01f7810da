# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the visitor of a data page may do beside reading."""

from hanze.access import policy, protected
from hanze.access.principal import ADMINISTER, OVERSEE, WRITE
from hanze.errors import NoRightToAccess
from hanze.ngsild.entity import Entity
from hanze.store.base import Store
from hanze.web.room import Visit

ILLUSTRATORS = ("editor", "data-officer", "administrator")
"""Roles that add pictures to things."""


def writes(visit: Visit, entity: Entity) -> bool:
    """The visitor may change this thing."""
    try:
        visit.site.access.check_write(visit.principal, "", entity.types)
    except NoRightToAccess:
        return False
    return True


def removes(visit: Visit, owner: str) -> bool:
    """The visitor may remove a picture that this principal added."""
    return visit.person is not None and (owner == visit.principal.id or ADMINISTER in visit.principal.rights)


def loads(visit: Visit) -> bool:
    """The visitor may bring things."""
    return policy.may(visit.principal, WRITE)


def oversees(visit: Visit) -> bool:
    """The visitor may see who reads what, and what is wrong with sources."""
    return policy.may(visit.principal, OVERSEE)


def store(visit: Visit) -> Store:
    """The store for writes of people: types that a room owns cannot be written, whatever was checked before."""
    return protected(visit.site.store, visit.site.access.policy.owned)
