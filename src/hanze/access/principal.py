# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who asks: a principal has one role, and a role is a set of rights.

    role     rights
    reader   read what is not restricted, subscribe to it
    writer   the same, and write entities and their history
    officer  the same, read what is restricted too, and oversee: access log, audit, keys, metrics
    admin    the same, and administer: make and revoke keys, back up, erase

A key that names types has its rights for these types only, and may then read such a type when it is restricted.
Without a key (*anyone*) a principal reads what is declared public and nothing else. A key of an agreement has the role of
reader, and reads what is public and what the agreement shows, as long as it holds (hanze.access.agreed).
"""

import msgspec

READ = "read"
RESTRICTED = "read restricted"
SUBSCRIBE = "subscribe"
WRITE = "write"
OVERSEE = "oversee"
ADMINISTER = "administer"

_READER = frozenset({READ, SUBSCRIBE})
_WRITER = _READER | {WRITE}
_OFFICER = _WRITER | {RESTRICTED, OVERSEE}
_ADMIN = _OFFICER | {ADMINISTER}

ROLES = {"reader": _READER, "writer": _WRITER, "officer": _OFFICER, "admin": _ADMIN}
"""Role to rights: the table above."""


class Principal(msgspec.Struct, frozen=True):
    """One who asks. `id`: of the key, or one of anyone, operator. `types` (IRIs) and `tenants`: None does not limit.
    `agreement`: the id of the one to which the key is bound; empty for all others."""

    id: str
    name: str
    rights: frozenset[str]
    types: frozenset[str] | None = None
    tenants: frozenset[str] | None = None
    agreement: str = ""

    @property
    def label(self) -> str:
        """Name and id, for the access log: several keys may have one name."""
        return self.name if self.id in self.name else f"{self.name} ({self.id})"


ANYONE = Principal("anyone", "anyone", frozenset())
"""Who gives no key."""

ANYONE_WHERE_OPEN = Principal("anyone", "anyone", _OFFICER)
"""Who gives no key to a node that was opened."""

OPERATOR = Principal("operator", "operator", _ADMIN)
"""Who may use the node's folder: the command line and the socket in the folder."""
