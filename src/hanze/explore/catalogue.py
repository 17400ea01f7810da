# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which types of things there are, how many of each, and what things of a type tell."""

from collections.abc import Iterable

import msgspec

from hanze.errors import ResourceNotFound
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web import terms

FIRST = ("name", "stationName", "title")
"""What stands before all else of a thing."""


class Kind(msgspec.Struct, frozen=True):
    """A type (an IRI) and how many things have it."""

    type: str
    count: int

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return CORE.compact(self.type)


def kinds(store: Store, scope: Scope) -> list[Kind]:
    """All types that a visitor may see."""
    return [Kind(type, count(store, scope, type)) for type in terms.order(store.types("", scope), terms.SUBJECTS)]


def count(store: Store, scope: Scope, type: str) -> int:
    page = store.query("", EntitySelection(types=TypeIs(type)), scope, limit=0, count=True)
    return page.count or 0


def kind(store: Store, scope: Scope, name: str) -> Kind:
    """The type that an address names; ResourceNotFound where no thing that the visitor may see has it."""
    type = CORE.expand(name) if name else ""
    found = count(store, scope, type) if type else 0
    if not found:
        raise ResourceNotFound(f"There is nothing of type {name!r} here.")
    return Kind(type, found)


def attributes(entities: Iterable[Entity]) -> list[str]:
    """The attributes (IRIs) that they have: what names a thing first, then what people ask for, then the others."""
    there = {name for entity in entities for name in entity.attributes}
    return terms.order(there, (*FIRST, *terms.QUANTITIES))
