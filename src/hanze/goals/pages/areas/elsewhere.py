# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room puts elsewhere: how the city stands on the front page, and the way from what is found to its neighbourhood."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from markupsafe import Markup

from hanze.explore.finding import is_postcode
from hanze.goals.model import AREA, SCORE, VALUE
from hanze.goals.pages import told
from hanze.goals.pages.areas import naming, standing
from hanze.goals.pages.told import Place
from hanze.ngsild.described import LOCATION
from hanze.ngsild.selection import EntitySelection, Geo, TypeIs
from hanze.web.room import Slot, Visit

MOST = 8
"""Areas that are offered for what somebody looked for."""


def front(visit: Visit) -> Mapping[Slot, Markup]:
    """Nothing where the city has no scores."""
    city = told.city(visit)
    rows = standing.rows(visit, city) if city else []
    if city is None or not rows:
        return {}
    visit.site.access.note_read(visit.principal, "", (AREA.iri, VALUE.iri, SCORE.iri))
    return {"stands": Markup(visit.html("goals/front/rows.html", rows=rows))}


def near(visit: Visit, asked: str, shapes: Sequence[Mapping[str, Any]]) -> Markup:
    """The areas that are called so; else those in which what was found lies, the smallest of each place."""
    named = [] if not asked.strip() or is_postcode(asked) else naming.named(visit, asked.strip(), MOST + 1)
    found = named or _holding(visit, shapes)
    if not found:
        return Markup("")
    visit.site.access.note_read(visit.principal, "", (AREA.iri, VALUE.iri, SCORE.iri))
    uppers = told.several(visit, dict.fromkeys(one.facts.parent for one in found if one.facts.parent))
    alone = standing.rows(visit, found[0]) if len(found) == 1 else []
    shown = found[:MOST]
    more = visit.address("goals/areas", q=asked) if len(found) > MOST else ""
    return Markup(visit.html("goals/front/near.html", found=shown, uppers=uppers, rows=alone, more=more))


def _holding(visit: Visit, shapes: Sequence[Mapping[str, Any]]) -> list[Place]:
    """The smallest areas that hold one of these places (GeoJSON)."""
    found: dict[str, Place] = {}
    for shape in shapes[:MOST]:
        geo = Geo("contains", _middle(shape), LOCATION)
        page = visit.site.store.query("", EntitySelection(types=TypeIs(AREA.iri), geo=geo), visit.scope, limit=MOST)
        holding = naming.ordered(map(told.place_of, page.entities))
        if holding:
            found[holding[-1].code] = holding[-1]
    return naming.ordered(found.values())


def _middle(shape: Mapping[str, Any]) -> dict[str, Any]:
    """A point that lies in a shape."""
    if shape.get("type") == "Point":
        return dict(shape)
    point = shapely.geometry.shape(shape).representative_point()
    return {"type": "Point", "coordinates": [point.x, point.y]}
