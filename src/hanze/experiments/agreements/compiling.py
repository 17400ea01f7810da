# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From terms to what access applies in each query: grants, and from when until when they hold."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from hanze.access.agreed import Agreed
from hanze.errors import BadRequestData
from hanze.experiments.agreements.policies import city_of
from hanze.experiments.agreements.terms import Terms, micro
from hanze.experiments.trials import days
from hanze.feeds.making import urn
from hanze.goals.model import AREA
from hanze.ngsild.checks import shown
from hanze.ngsild.context import CORE
from hanze.ngsild.described import LOCATION
from hanze.store.base import UnitOfWork
from hanze.store.scope import Grant

MAIN = frozenset({""})
"""The tenant in which the city keeps its data."""


def agreed(id: str, terms: Terms, zone: tzinfo, area: Mapping[str, Any] | None) -> Agreed:
    """`area`: the shape of the area that the terms name, None where they name none."""
    seen: dict[tuple[frozenset[str], int | None], set[str]] = {}
    for part in terms.data:
        levels: dict[int | None, set[str]] = {}
        for one in part.attributes:
            levels.setdefault(micro(one.level), set()).add(CORE.expand(one.name))
        for level, names in levels.items():
            seen.setdefault((frozenset(names), level), set()).add(CORE.expand(part.type))
    place = terms.shape if area is None else dict(area)
    since = days.since(terms.since, zone) if terms.since else None
    until = days.until(terms.until, zone) if terms.until else None
    grants = tuple(
        Grant(
            tenants=MAIN, types=frozenset(types), attributes=names, area=place, since=since, until=until, level=level
        )
        for (names, level), types in seen.items()
    )  # fmt: skip
    return Agreed(
        id=id, grants=grants, starts=days.since(terms.starts, zone), ends=days.until(terms.ends, zone), rate=terms.rate
    )


def area_of(uow: UnitOfWork, id: str, terms: Terms) -> Mapping[str, Any] | None:
    """The shape of the area that the terms name. Errors: BadRequestData where the city has no such area, or not its shape."""
    if not terms.area:
        return None
    entity = uow.entity("", urn(AREA.name, city_of(id), terms.area))
    for instance in [] if entity is None else entity.attributes.get(LOCATION, ())[:1]:
        found: Mapping[str, Any] = instance["value"]
        return found
    raise BadRequestData(
        f"area is {shown(terms.area)}, of which the city knows no shape; give the code of an area that has one."
    )
