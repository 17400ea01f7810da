# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that finds what is near: by postcode, neighbourhood, street or place."""

from collections.abc import Sequence
from typing import Any

import msgspec
import shapely
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.explore import finding
from hanze.explore.finding import Found
from hanze.explore.front import told
from hanze.web import terms
from hanze.web.drawing import map
from hanze.web.drawing.map import Area, GeoJSON
from hanze.web.drawing.svg import Size
from hanze.web.room import Visit

MAPS = {"phone": Size(358, 300), "wide": Size(492, 420)}

LONGEST = 80


class Line(msgspec.Struct, frozen=True):
    """A place with what is measured there; `value` and `when` are empty where there is no value."""

    name: str
    address: str
    what: str
    value: str
    when: str


class Subject(msgspec.Struct, frozen=True):
    name: str
    lines: list[Line]


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def _page(visit: Visit) -> str:
    asked = visit.asked("q").strip()[:LONGEST]
    store, scope, known = visit.site.store, visit.scope, visit.site.background.areas
    areas = finding.areas(asked, known)
    # One area that is called so is what was meant; else places are looked through too.
    area = areas[0] if len(areas) == 1 else None
    found = finding.within(store, scope, area) if area else finding.called(store, scope, asked)
    for one in dict.fromkeys(each.measured for each in found):
        visit.site.access.note_read(visit.principal, "", (one.type,), (one.attribute,))
    values: dict[str, Any] = {
        "asked": asked,
        "area": area,
        "areas": [_named(visit, one) for one in areas if one is not area],
        "all_areas": [_named(visit, one) for one in sorted(known, key=lambda one: one.name) if one.name],
        "subjects": _subjects(visit, found),
        "postcode": finding.is_postcode(asked),
        "map": _map(visit, area, found) if area else {},
        "shapes": [area.geometry] if area else _points(found),
    }
    return visit.html("explore/find.html", **values)


def _points(found: Sequence[Found]) -> list[GeoJSON]:
    """Where the places lie, each point once."""
    points = dict.fromkeys(one.place.point for one in found if one.place.point is not None)
    return [{"type": "Point", "coordinates": point} for point in points]


def _named(visit: Visit, area: Area) -> tuple[str, str]:
    return area.name, visit.address("find", q=area.name)


def _subjects(visit: Visit, found: Sequence[Found]) -> list[Subject]:
    lines: dict[str, list[Line]] = {}
    for one in found:
        lines.setdefault(one.measured.type, []).append(_line(visit, one))
    return [Subject(visit.language.say(terms.subject(type)), each) for type, each in lines.items()]


def _line(visit: Visit, one: Found) -> Line:
    type, value = one.measured.names
    place = one.place
    known = place.value is not None
    here = visit.address("now", type=type, value=value, place=place.id) + "#course"
    return Line(
        name=place.name,
        # A device that is out of order tells no value, and then stands on no page of values.
        address=here if known else visit.address("data/thing", id=place.id),
        what=visit.language.say(terms.quantity(one.measured.attribute).name),
        value=told(visit, place.value, one.measured, place.unit) if place.value is not None else "",
        when=visit.language.when(place.moment, visit.now, visit.site.zone) if known and place.moment else "",
    )


def _map(visit: Visit, area: Area, found: Sequence[Found]) -> dict[str, Markup]:
    """The area with its places, and what lies around it."""
    points = [map.Point(*one.place.point, one.place.name) for one in found if one.place.point is not None]
    ground = visit.site.background
    west, south, east, north = shapely.geometry.shape(area.geometry).bounds
    plan = map.Plan(
        title=area.name, areas=[area], water=ground.water, ways=ground.ways, points=points,
        view=(west, south, east, north),
    )  # fmt: skip
    words = visit.language.words
    return {size: Markup(map.draw(plan, room, words, f"area-{size}")) for size, room in MAPS.items()}
