# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the forms of officers share: in which role somebody acts, and whether everyone may read what is written here."""

from collections.abc import Collection

from hanze.ngsild.described import Described
from hanze.web.room import Visit


def role(visit: Visit, roles: Collection[str]) -> str:
    """The role among these in which the visitor acts, by its code."""
    assert visit.person is not None
    return next(one for one in visit.person.roles if one in roles)


def readable(visit: Visit, type: Described) -> bool:
    """Everyone may read entities of the type: what is public, a city says itself."""
    policy = visit.site.access.policy
    public = any(one.type == type.iri and not one.tenant for one in policy.public)
    return policy.open or (public and type.iri not in policy.restricted)
