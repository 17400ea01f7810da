# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What practice data are made of and what their keys read: of an agreement what its terms show, of a challenge what its indicator
is made of."""

from collections.abc import Container, Mapping
from datetime import tzinfo
from typing import Any

import msgspec

from hanze.experiments.agreements import compiling
from hanze.experiments.agreements.terms import Terms, is_personal
from hanze.experiments.practice.statics import SIMULATED
from hanze.goals.indicators.definition import Definition
from hanze.ngsild.context import CORE
from hanze.store.scope import Grant

WITH = ("name", "location")
"""What goes with the numbers of an indicator."""

RATE = 600
"""Requests a minute by the keys of a challenge."""


class Shown(msgspec.Struct, frozen=True):
    """`grants`: by which the real data will be read; `rate`: requests a minute; `place`: a polygon in which things lie, or None."""

    grants: tuple[Grant, ...]
    rate: int
    place: Mapping[str, Any] | None = None

    @property
    def types(self) -> list[str]:
        """IRIs."""
        return sorted({type for one in self.grants for type in one.types or ()})

    @property
    def levels(self) -> dict[str, int]:
        """By attribute (IRI), the shortest period over which it is seen in microseconds, where it is seen by no other grant."""
        plain = {name for one in self.grants if one.level is None for name in one.attributes or ()}
        coarse = {name: one.level for one in self.grants if one.level for name in one.attributes or ()}
        return {name: level for name, level in coarse.items() if name not in plain}

    def to_make(self) -> tuple[Grant, ...]:
        """The same data hour by hour, of any day."""
        return tuple(msgspec.structs.replace(one, level=None, since=None, until=None) for one in self.grants)

    def to_read(self, tenant: str) -> tuple[Grant, ...]:
        """The same calls in the tenant, and the mark that it was made up. Made-up things lie inside the area anyhow, which is not
        seen where the agreement does not show places."""
        where = frozenset({tenant})
        read = [msgspec.structs.replace(one, tenants=where, area=None, since=None, until=None) for one in self.grants]
        return (*read, Grant(tenants=where, types=frozenset(self.types), attributes=frozenset({SIMULATED})))


def of_terms(id: str, terms: Terms, zone: tzinfo, area: Mapping[str, Any] | None) -> Shown:
    """`area`: the shape of the area that the terms name, None where they name none."""
    found = compiling.agreed(id, terms, zone, area)
    return Shown(found.grants, terms.rate, terms.shape if area is None else area)


def of_indicator(one: Definition, restricted: Container[str]) -> Shown:
    """What it is made of, but for `restricted` types and those about persons: these take an agreement."""
    names: dict[str, set[str]] = {}
    for part in one.part:
        type = CORE.expand(part.type) if part.type else ""
        if type and type not in restricted and not is_personal(type):
            names.setdefault(type, set(map(CORE.expand, WITH))).update(
                [CORE.expand(part.attribute)] if part.attribute else ()
            )
    main = compiling.MAIN
    grants = [Grant(tenants=main, types=frozenset({type}), attributes=frozenset(told)) for type, told in names.items()]
    return Shown(tuple(grants), RATE)
