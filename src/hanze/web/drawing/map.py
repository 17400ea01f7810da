# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A calm map as SVG: areas, water and ways, and places with values told by shade and shape."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from msgspec import Struct

from hanze.ngsild import geometry
from hanze.web.drawing import placing, projection, shades
from hanze.web.drawing.placing import Label
from hanze.web.drawing.projection import Projection, Shape
from hanze.web.drawing.rows import Table, Valued, places, surveyed
from hanze.web.drawing.shades import Legend
from hanze.web.drawing.svg import LARGE, SMALL, Box, Size, cut, escape, picture, plain, tag, text, width
from hanze.web.drawing.words import Words, measure

PHONE, WIDE = Size(358, 420), Size(1216, 640)
"""What a page has room for on screens of 390 and 1280 pixels."""

LONGEST = 160.0
"""Pixels of a name."""

SPOT = 4.0
"""Pixels: the radius of a place where the map tells no values."""

_SPACE = 8.0

GeoJSON = dict[str, Any]


class Area(Struct, frozen=True):
    """A part of the city. `geometry`: a GeoJSON geometry with polygons, degrees in WGS 84. `here`: it stands out by its border."""

    geometry: GeoJSON
    name: str = ""
    value: float | None = None
    here: bool = False


class Point(Struct, frozen=True):
    """A place, degrees in WGS 84."""

    lon: float
    lat: float
    name: str = ""
    value: float | None = None


class Plan(Struct, frozen=True):
    """What a map shows; who stands first is named first, and drawn on top. Values are finite, and all of one kind.

    `title`: heard, not seen. `what`: the heading of the legend, what is measured. `water` and `ways`: GeoJSON geometries.
    `view`: west, south, east, north in degrees, over the date line where west > east; else all areas, points and ways.
    """

    title: str
    areas: Sequence[Area] = ()
    points: Sequence[Point] = ()
    water: Sequence[GeoJSON] = ()
    ways: Sequence[GeoJSON] = ()
    what: str = ""
    unit: str = ""
    view: geometry.Box | None = None


class _Ground(Struct, frozen=True):
    """The shapes of a plan in pixels, and where its points lie."""

    window: Box
    projection: Projection
    areas: list[list[Shape]]
    water: list[Shape]
    ways: list[Shape]
    xs: list[float]
    ys: list[float]


def draw(plan: Plan, size: Size, words: Words, name: str = "map") -> str:
    """The map as an SVG element, lower than `size` where less shows all. `name` becomes its id, and must be the only one in the
    page. Errors: BadRequestData where a geometry cannot be read."""
    legend = _legend(plan, words, name)
    below = legend.height(size, words) + _SPACE if legend else 0.0
    ground = _ground(plan, Size(size.width, size.height - below))
    window = ground.window if ground else Box(0, 0, size.width, size.width / 3)
    body = _body(plan, ground, legend, words) if ground else _nothing(window, words)
    if legend:
        body += legend.draw(window.bottom + _SPACE, size, words)
    told = surveyed(_valued(plan), plan.unit, words)
    whole = Size(size.width, window.bottom + below)
    return picture(whole, body, name=name, kind="drawing-map", title=plan.title, told=told, lang=words.code)


def table(plan: Plan, words: Words) -> Table:
    """What the map shows as a table: a row for each place with a name or a value."""
    return places(_valued(plan), plan.title, plan.unit, words)


def _valued(plan: Plan) -> list[Valued]:
    """Points and areas with their values; only those of one kind where the other has none at all."""
    points = [Valued(point.name, point.value) for point in plan.points]
    areas = [Valued(area.name, area.value) for area in plan.areas]
    telling = [every for every in (points, areas) if any(one.value is not None for one in every)]
    return [one for every in telling or (points, areas) for one in every if one.name or one.value is not None]


def _legend(plan: Plan, words: Words, name: str) -> Legend | None:
    """What the values mean; None where there are none. Values on points only say nothing about areas, and the other way round."""
    points, areas = [point.value for point in plan.points], [area.value for area in plan.areas]
    told = [values for values in (points, areas) if any(value is not None for value in values)]
    every = [value for values in told for value in values]
    known = [value for value in every if value is not None]
    if not known:
        return None
    what = ", ".join(filter(None, (plan.what, plan.unit)))
    return Legend(
        shades.classes(known, words),
        what,
        points in told,
        areas in told,
        len(known) < len(every),
        plain(name) + "-none",
    )


def _nothing(window: Box, words: Words) -> str:
    wide, high = window.right, window.bottom
    frame = tag("rect", x=0.5, y=0.5, width=wide - 1, height=high - 1, rx=4, class_="empty")
    return frame + text(cut(words.no_data, wide, LARGE), wide / 2, high / 2, class_="said", text_anchor="middle")


def _ground(plan: Plan, most: Size) -> _Ground | None:
    """The shapes as they are drawn; None where there is nothing to look at."""
    areas = [geometry.shape(area.geometry) for area in plan.areas]
    ways = [geometry.shape(way) for way in plan.ways]
    water = [geometry.shape(one) for one in plan.water]
    lons, lats = np.array([p.lon for p in plan.points], float), np.array([p.lat for p in plan.points], float)
    view = plan.view or projection.around([*areas, *ways], lons, lats) or projection.around(water, lons, lats)
    if view is None:
        return None
    high = min(most.height, most.width * projection.proportion(view))
    window = Box(0, 0, most.width, max(high, most.width / 3))
    fitted = projection.fit(view, window)
    xs, ys = fitted.at(lons, lats)
    return _Ground(
        window,
        fitted,
        [projection.areas(projection.drawn(shape, fitted, window)) for shape in areas],
        [projection.drawn(shape, fitted, window) for shape in water],
        [projection.drawn(shape, fitted, window) for shape in ways],
        xs.tolist(),
        ys.tolist(),
    )


def _body(plan: Plan, ground: _Ground, legend: Legend | None, words: Words) -> str:
    seen = [
        (point, x, y)
        for point, x, y in zip(plan.points, ground.xs, ground.ys, strict=True)
        if ground.window.left <= x <= ground.window.right and ground.window.top <= y <= ground.window.bottom
    ]
    bar, bar_box = _bar(ground)
    marked = [bar_box, *(Box(x, y, x, y).wider(_radius(legend)) for point, x, y in seen)]
    wanted = [*(_beside(point, x, y, legend, words) for point, x, y in seen), *_upon(plan, ground, legend, words)]
    labels = placing.place((one for one in wanted if one), marked, ground.window)
    inside = [
        legend.pattern() if legend else "",
        *(_filled(area, parts, legend, plan.unit, words) for area, parts in zip(plan.areas, ground.areas, strict=True)),
        tag("path", d=projection.path(part for one in ground.water for part in projection.areas(one)), class_="water"),
        tag("path", d=projection.path(part for one in ground.water for part in projection.lines(one)), class_="river"),
        tag("path", d=projection.path(part for one in ground.ways for part in projection.lines(one)), class_="way"),
        *(
            tag("path", d=projection.path(parts), class_="here")
            for area, parts in zip(plan.areas, ground.areas, strict=True)
            if area.here
        ),
        *(_spot(point, x, y, legend, plan.unit, words) for point, x, y in reversed(seen)),
        bar,
        *map(placing.written, labels),
    ]
    window = ground.window
    # An svg inside an svg cuts off what lies outside of it.
    return tag("svg", *inside, x=0, y=0, width=window.right, height=window.bottom)


def _said(name: str, value: float | None, unit: str, words: Words) -> str:
    told = words.no_data if value is None else measure(words.number(value), unit)
    return escape(f"{name}: {told}" if name else told)


def _filled(area: Area, parts: list[Shape], legend: Legend | None, unit: str, words: Words) -> str:
    if not parts:
        return ""
    if legend is None or not legend.areas:
        shade, title = {"class_": "area"}, escape(area.name)
    else:
        shade = legend.ground(0 if area.value is None else legend.classes.shade(area.value))
        title = _said(area.name, area.value, unit, words)
    return tag("path", *((tag("title", title),) if title else ()), d=projection.path(parts), **shade)


def _radius(legend: Legend | None) -> float:
    return shades.LARGEST if legend and legend.points else SPOT


def _spot(point: Point, x: float, y: float, legend: Legend | None, unit: str, words: Words) -> str:
    if legend is None or not legend.points:
        inside = (tag("title", escape(point.name)),) if point.name else ()
        return tag("circle", *inside, cx=x, cy=y, r=SPOT, class_="spot")
    shade = 0 if point.value is None else legend.classes.shade(point.value)
    return shades.mark(shade, x, y, _said(point.name, point.value, unit, words))


def _beside(point: Point, x: float, y: float, legend: Legend | None, words: Words) -> list[Label]:
    name, value = cut(point.name, LONGEST), "" if point.value is None else words.number(point.value)
    told = [f"{name}: {value}", value] if name and value else [name or value]
    return [one for words in told if words for one in placing.beside((words,), x, y, _radius(legend), "label-place")]


def _upon(plan: Plan, ground: _Ground, legend: Legend | None, words: Words) -> list[list[Label]]:
    """Names with values upon areas in which they find room, or one of them alone."""
    wanted: list[list[Label]] = []
    for area, parts in zip(plan.areas, ground.areas, strict=True):
        value = words.number(area.value) if area.value is not None else words.no_data if legend and legend.areas else ""
        name = cut(area.name, LONGEST)
        if not parts or not (name or value):
            continue
        largest = max(parts, key=lambda part: float(part.area))
        middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=1.0))[0].tolist()
        choices = [(name, value), (value,) if area.value is not None else (name,)]
        labels = [
            placing.upon(lines, middle[0], middle[1], "label-area")
            for one in choices
            if (lines := tuple(filter(None, one)))
        ]
        wanted.append([label for label in labels if _roomy(label.box, largest)])
    return wanted


def _roomy(box: Box, shape: Shape) -> bool:
    """Most of the box lies upon the shape."""
    lying = shapely.box(box.left, box.top, box.right, box.bottom)
    return bool(shapely.intersection(lying, shape).area >= 0.8 * lying.area)


def _bar(ground: _Ground) -> tuple[str, Box]:
    """A bar of a round length, which tells how large things are."""
    most = min(110.0, ground.window.right / 3) * ground.projection.metres
    power = 10.0 ** math.floor(math.log10(most))
    metres = power * next(factor for factor in (5, 2, 1) if factor * power <= most)
    told = f"{metres / 1000:.0f}\u00a0km" if metres >= 1000 else f"{metres:.0f}\u00a0m"
    wide, left, bottom = metres / ground.projection.metres, 8.0, ground.window.bottom - 8
    drawn = tag("path", d=f"M{left:.1f} {bottom - 5:.1f}v5h{wide:.1f}v-5", class_="bar")
    drawn += text(told, left + 4, bottom - 7, class_="label-place label-bar")
    return drawn, Box(left, bottom - 7 - SMALL, left + max(wide, width(told) + 4), bottom)
