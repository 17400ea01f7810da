# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a principal may read: a value that every read of the store takes, applied in the query itself."""

from functools import cached_property
from typing import Any

import msgspec

FEWEST = 3
"""So many values or more lie in each period of which aggregates are seen by a level, so that none tells a single one."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the node's data; a member that is None does not limit.

    `types`, `attributes`: expanded IRIs. `without`: types that this grant leaves out (restricted types).
    `area`: GeoJSON polygon that the entity's location must touch; of the history only what was while it did. `since`, `until`:
    microseconds, limits history.
    `level`: microseconds; of its attributes only aggregates over whole periods of at least this length are seen, no single value.
    """

    tenants: frozenset[str] | None = None
    types: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    attributes: frozenset[str] | None = None
    area: dict[str, Any] | None = None
    since: int | None = None
    until: int | None = None
    level: int | None = None


class Scope(msgspec.Struct, frozen=True, dict=True):
    """An entity is visible where at least one grant covers it, an attribute where a grant that covers the entity names it."""

    grants: tuple[Grant, ...]

    @cached_property
    def known(self) -> dict[str, Any]:
        """What was worked out of it (hanze.store.sight); no part of the value."""
        return {}


EVERYTHING = Scope((Grant(),))
NOTHING = Scope(())
