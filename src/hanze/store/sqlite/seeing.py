# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The entity of a row as it is now and as a scope shows it."""

from typing import Any

from hanze.ngsild.entity import Entity
from hanze.ngsild.operations import alive
from hanze.store.scope import Scope
from hanze.store.sight import visible
from hanze.store.sqlite.current import decode

BY_ID = "SELECT doc, expires FROM entity WHERE tn = ? AND id = ? AND live = 1"


def current(row: tuple[Any, ...], now: int) -> Entity | None:
    """The entity of a document and the moment when something of it expires, as it is now."""
    doc, expires = row
    entity: Entity | None = decode(doc)
    return alive(entity, now) if expires is not None and expires <= now and entity is not None else entity


def seen(row: tuple[Any, ...], now: int, scope: Scope, tenant: str) -> Entity | None:
    """The same as the scope shows it."""
    entity = current(row, now)
    return None if entity is None else visible(entity, scope, tenant)
