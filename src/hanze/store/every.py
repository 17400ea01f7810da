# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All entities of a selection, read page by page."""

from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection
from hanze.store.base import Reads
from hanze.store.scope import Scope

PAGE = 1_000


def every(reads: Reads, selection: EntitySelection, scope: Scope) -> list[Entity]:
    """In order of creation, of the default tenant."""
    found: list[Entity] = []
    while True:
        page = reads.query("", selection, scope, limit=PAGE, offset=len(found)).entities
        found += page
        if len(page) < PAGE:
            return found
