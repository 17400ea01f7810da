# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An area among those that lie beside it, in shades of one indicator, and the same as rows."""

from collections.abc import Sequence

import msgspec
import shapely
from markupsafe import Markup

from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import maps, numbers, told, wording
from hanze.goals.pages.numbers import Row
from hanze.goals.pages.told import Place
from hanze.ngsild import geometry
from hanze.web.drawing import map
from hanze.web.drawing.svg import Size
from hanze.web.room import Visit

MAPS = {"phone": Size(358, 320), "wide": Size(492, 420)}

TRIED = 3
"""Indicators of which is looked how many areas have a number, where none is chosen."""

ROOM = 0.03
"""Of the width and height of what is drawn: so much is left free around it."""


class Shown(msgspec.Struct, frozen=True):
    """What the map tells; `definition`: None where nothing is known. `rows`: of the area and those beside it."""

    definition: Definition | None
    rows: list[Row]


def shown(visit: Visit, beside: Sequence[Place], there: Sequence[Definition]) -> Shown:
    """The indicator that the address names (`show`); else of those that stand worst in the area one that is known of many beside
    it. `there`: indicators with a number in the area, the worst first. Errors: ResourceNotFound."""
    asked = visit.asked("show")
    if asked:
        one = told.known(visit)[asked]
        return Shown(one, numbers.rows(visit, one, beside))
    tried = there[:TRIED]
    found = told.found(visit, [one.code for one in tried], [one.code for one in beside])
    known = [sum(found[key].value is not None for key in found if key[0] == one.code) for one in tried]
    enough = next((one for one, count in zip(tried, known, strict=True) if 2 * count > len(beside)), None)
    best = enough or max(zip(tried, known, strict=True), key=lambda each: each[1], default=(None, 0))[0]
    return Shown(best, [] if best is None else numbers.rows(visit, best, beside))


def draw(visit: Visit, beside: Sequence[Place], shown: Shown, here: str, name: str) -> dict[str, Markup]:
    """`here`: the code of the area that stands out; `name`: of the picture. Empty where no area has a shape."""
    values = {row.area.code: row.value for row in shown.rows}
    drawn = [
        map.Area(one.geometry, one.name, values.get(one.code), one.code == here)
        for one in beside
        if one.geometry is not None
    ]
    if not drawn:
        return {}
    ground, words, one = visit.site.background, visit.language.words, shown.definition
    plan = map.Plan(
        title=one.name[words.code] if one else visit.site.city, areas=drawn, water=ground.water, ways=ground.ways,
        what=one.name[words.code] if one else "", unit=wording.unit(visit.language, one) if one else "",
        view=_view([one.geometry for one in drawn]),
    )  # fmt: skip
    return maps.pictures(plan, MAPS, words, name)


def _view(shapes: Sequence[map.GeoJSON]) -> geometry.Box:
    west, south, east, north = shapely.total_bounds([shapely.geometry.shape(one) for one in shapes]).tolist()
    aside, over = ROOM * (east - west), ROOM * (north - south)
    return west - aside, south - over, east + aside, north + over
