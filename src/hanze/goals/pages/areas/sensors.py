# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The things in an area that told its numbers, with the way to their pages."""

from collections.abc import Iterable

import msgspec

from hanze.explore import places
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages.told import Place
from hanze.ngsild.context import CORE
from hanze.ngsild.described import LOCATION
from hanze.ngsild.selection import EntitySelection, Geo, TypeIs
from hanze.web import terms
from hanze.web.room import Visit

MOST = 6
"""Things of a kind that are named one by one."""


class Kind(msgspec.Struct, frozen=True):
    """`links`: the first by name, with their addresses; `total`: how many lie there; `all`: the address of all of the city."""

    name: str
    links: list[tuple[str, str]]
    total: int
    all: str


def kinds(visit: Visit, area: Place, told: Iterable[Definition]) -> list[Kind]:
    """Of the indicators that have a number there; only what measures or is counted, and lies in the area."""
    types = {part.type: None for one in told for part in one.part if part.what in ("history", "things") and part.type}
    found = [_kind(visit, area, type) for type in types]
    return sorted((one for one in found if one.total), key=lambda one: one.name.casefold())


def _kind(visit: Visit, area: Place, type: str) -> Kind:
    selection = EntitySelection(types=TypeIs(CORE.expand(type)), geo=lying(area))
    page = visit.site.store.query("", selection, visit.scope, limit=MOST, count=True)
    named = sorted((places.name(one), one.id) for one in page.entities)
    return Kind(
        visit.language.say(terms.subject(CORE.expand(type))),
        [(name, visit.address("data/thing", id=id)) for name, id in named],
        page.count or 0,
        visit.address("data/type", type=type),
    )


def lying(area: Place) -> Geo | None:
    """What lies in the area; all there is for the one that lies in no other."""
    if not area.facts.parent or area.geometry is None:
        return None
    return Geo("intersects", area.geometry, LOCATION)
