# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is measured in the city: a type of entity and a numeric attribute with the time of its observation."""

from collections.abc import Iterable
from typing import TypeGuard

import msgspec

from hanze.errors import ResourceNotFound
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web import terms

SAMPLE = 30
"""Entities of a type that are looked at; what none of these measures is not offered."""


CALCULATED = frozenset({CORE.expand("kpiValue")})
"""What is worked out for a period, and measured nowhere."""


class Measured(msgspec.Struct, frozen=True):
    """`type` and `attribute` are IRIs."""

    type: str
    attribute: str

    @property
    def names(self) -> tuple[str, str]:
        """Type and attribute as they stand in an address."""
        return CORE.compact(self.type), CORE.compact(self.attribute)


def offered(store: Store, scope: Scope) -> list[Measured]:
    """All that a visitor may see of what is measured, what people ask for most first."""
    found: list[Measured] = []
    for type in terms.order(store.types("", scope), terms.SUBJECTS):
        sample = store.query("", EntitySelection(types=TypeIs(type)), scope, limit=SAMPLE).entities
        found += [Measured(type, name) for name in terms.order(_measuring(sample), terms.QUANTITIES)]
    return found


def chosen(offers: list[Measured], type: str, attribute: str) -> Measured | None:
    """The one that an address names, or the first; None where nothing is measured at all.

    ResourceNotFound where the address names what is not there, or not for this visitor.
    """
    if not type:
        return offers[0] if offers else None
    wanted = CORE.expand(type)
    for one in offers:
        if one.type == wanted and (not attribute or one.attribute == CORE.expand(attribute)):
            return one
    raise ResourceNotFound(f"Nothing with type {type} and attribute {attribute} is measured here.")


def _measuring(entities: Iterable[Entity]) -> set[str]:
    """The attributes that are a number with observedAt somewhere."""
    return {
        name
        for entity in entities
        for name, (first, *_) in entity.attributes.items()
        if "observedAt" in first and is_number(first.get("value")) and not _worked_out(name)
    }


def _worked_out(name: str) -> bool:
    """Our own terms are of what rooms make, such as scores, promises and versions of plans."""
    return name in CALCULATED or name.startswith(VOCABULARY)


def is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
