# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the number of an indicator comes from, with the way to it: down to the hour of a sensor."""

from collections.abc import Mapping

import msgspec

from hanze.explore import places
from hanze.goals.indicators.definition import Part
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.ngsild.context import CORE
from hanze.ngsild.described import LOCATION
from hanze.ngsild.language import q
from hanze.ngsild.selection import EntitySelection, Geo, TypeIs
from hanze.web import terms
from hanze.web.language import mark as _
from hanze.web.room import Visit

MOST = 12
"""Things that are named one by one."""

KINDS: Mapping[str, str] = {
    "history": _("Measured: %(what)s"),
    "things": _("Counted: %(what)s"),
    "reach": _("How far it is to: %(what)s"),
    "land": _("Taken from the map of what the land is used for"),
    "spread": _("Worked out from the numbers of the neighbourhoods: %(what)s"),
    "open": _("Worked out from what everyone may see"),
    "entered": _("Entered by people of the city"),
}
"""What a kind of part does, in a sentence."""

Link = tuple[str, str]
"""A text and its address."""


class Root(msgspec.Struct, frozen=True):
    """One part of a number. `links`: things with the history of what they measured; `all`: the address of all such things, empty
    where there is no such page. `total`: how many things there are."""

    what: str
    links: list[Link]
    all: str
    total: int


def roots(visit: Visit, code: str, area: Place | None) -> list[Root]:
    """Of an indicator in an area, each kind of thing once; None: of the city as a whole."""
    found: dict[tuple[str, str, str], Part] = {}
    for part in told.known(visit)[code].part:
        found.setdefault((part.what, part.type or part.indicator, part.attribute), part)
    return [_root(visit, part, area) for part in found.values()]


def _root(visit: Visit, part: Part, area: Place | None) -> Root:
    say = visit.language.say
    if part.what == "spread":
        inner = told.known(visit)[part.indicator]
        what = say(KINDS["spread"]) % {"what": inner.name[visit.language.code]}
        return Root(what, [], visit.address("goals/indicator", code=inner.code, area=area.code if area else ""), 0)
    if not part.type:
        page = visit.address("goals/land", area=area.code if area else "") if part.what == "land" else ""
        return Root(say(KINDS[part.what]), [], page, 0)
    type = CORE.expand(part.type)
    what = say(terms.subject(type))
    if part.attribute:
        what = f"{what}, {say(terms.quantity(CORE.expand(part.attribute)).name)}"
    links, total = _things(visit, part, area) if part.what == "history" else ([], 0)
    return Root(say(KINDS[part.what]) % {"what": what}, links, visit.address("data/type", type=part.type), total)


def _things(visit: Visit, part: Part, area: Place | None) -> tuple[list[Link], int]:
    """Those that lie in the area, the first by name, each with how it went hour by hour."""
    geo = None
    if area is not None and area.facts.parent and area.geometry is not None:
        geo = Geo("within", area.geometry, LOCATION)
    where = q.parse(part.where, CORE) if part.where else None
    selection = EntitySelection(types=TypeIs(CORE.expand(part.type)), q=where, geo=geo)
    page = visit.site.store.query("", selection, visit.scope, limit=MOST, count=True)
    named = sorted((places.name(one), one.id) for one in page.entities)
    links = [(name, visit.address("data/thing", id=id, history=part.attribute) + "#history") for name, id in named]
    return links, page.count or 0
