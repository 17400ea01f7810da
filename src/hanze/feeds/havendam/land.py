# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the land of the town is used for, as maps of two years: each place has one use in each of them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from hanze.feeds.havendam import town
from hanze.feeds.havendam.drawing import CORNERS, EDGE, NEIGHBOURHOODS, Spot
from hanze.feeds.havendam.landscape import CHANGED, ELSE, LAND, PLANNED

USES = ("homes", "work", "farmland", "nature", "water", "energy")

BEFORE, AFTER = 5, 1
"""Years before the present of the two maps."""


def maps(present: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Those of five years before the year `present` and of the last year; between them some farmland was built on."""
    return land(present - BEFORE, changed=False), land(present - AFTER, changed=True)


def land(year: int, *, changed: bool) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of polygons with `use` (one of USES) and `year`, which cover the outline and do not overlap.

    `changed`: with what came in the latest years.
    """
    features = [
        {"type": "Feature", "properties": {"use": use, "year": year}, "geometry": town.polygon(one)}
        for use, one in _pieces(changed)
    ]
    return {"type": "FeatureCollection", "features": features}


@cache
def _pieces(changed: bool) -> tuple[tuple[str, shapely.Polygon], ...]:
    """Connected pieces of one use, in metres of the drawing; pieces that touch have the same corners there."""
    drawn = [(use, shapely.Polygon(corners)) for use, corners in ((*CHANGED, *LAND) if changed else LAND)]
    drawn += _left()
    faces: dict[str, list[BaseGeometry]] = {use: [] for use in USES}
    for face in _faces([shape for _, shape in drawn]):
        inside = face.representative_point()
        faces[next(use for use, shape in drawn if shape.contains(inside))].append(face)
    return tuple((use, one) for use in USES for one in _joined(faces[use]))


def _left() -> Iterator[tuple[str, shapely.Polygon]]:
    """What is not drawn, by neighbourhood."""
    for within in NEIGHBOURHOODS.values():
        for name, (_, corners) in within.items():
            yield ELSE.get(name, "homes"), shapely.Polygon([CORNERS[corner] for corner in corners])


def _faces(shapes: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """All that the lines of the drawing cut the town into."""
    edge: list[Spot] = [CORNERS[name] for name in EDGE]
    outline = shapely.Polygon(edge)
    lines = shapely.union_all([outline.exterior, *(shape.exterior.intersection(outline) for shape in shapes)])
    return list(shapely.get_parts(shapely.polygonize([lines])))


def _joined(faces: list[BaseGeometry]) -> list[shapely.Polygon]:
    return [orient(one) for one in shapely.get_parts(shapely.coverage_union_all(faces))]


def plan() -> dict[str, Any]:
    """A made-up plan as a GeoJSON Feature: homes on a part of the farmland that is left by the mill."""
    properties = {"use": "homes", "least": 450, "most": 700}
    return {"type": "Feature", "properties": properties, "geometry": town.polygon(orient(shapely.Polygon(PLANNED)))}
