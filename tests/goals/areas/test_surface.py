# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Surfaces against the formula of the ellipsoid, and what can go wrong around them."""

import numpy as np
import pytest
import shapely

from hanze.goals.areas.surface import EQUATOR, FLATTENING, square_kilometres, square_metres


def cell(west: float, south: float, east: float, north: float) -> float:
    """m² between meridians and parallels, by adding up strips of the ellipsoid from its radii of curvature."""
    squared = FLATTENING * (2 - FLATTENING)
    edges = np.radians(np.linspace(south, north, 20_001))
    middles = (edges[1:] + edges[:-1]) / 2
    under = 1 - squared * np.sin(middles) ** 2
    across, along = EQUATOR / np.sqrt(under), EQUATOR * (1 - squared) / under**1.5
    return float(np.sum(across * np.cos(middles) * along * np.diff(edges)) * np.radians(east - west))


def test_the_whole_earth() -> None:
    """510 065 621.724 km²: the surface of the ellipsoid of WGS 84."""
    assert square_kilometres([shapely.box(-180, -90, 180, 90)])[0] == pytest.approx(510_065_621.724, rel=1e-9)


@pytest.mark.parametrize("box", [(5, 52, 6, 53), (-0.01, -0.01, 0.01, 0.01), (20, 69, 21, 69.5), (170, -45, 171, -44)])
def test_between_meridians_and_parallels(box: tuple[float, float, float, float]) -> None:
    assert square_metres([shapely.box(*box)])[0] == pytest.approx(cell(*box), rel=1e-8)


def test_sides_may_be_long() -> None:
    """They are straight in degrees, however far their ends are apart."""
    slanting = shapely.Polygon([(5, 52), (5.1, 52.1), (5.05, 52.2)])
    fine = shapely.segmentize(slanting, 0.001)
    assert square_metres([slanting])[0] == pytest.approx(square_metres([fine])[0], rel=1e-9)


def test_holes_are_no_surface_and_winding_is_all_one() -> None:
    outer, inner = shapely.box(5, 52, 6, 53), shapely.box(5.2, 52.2, 5.8, 52.8)
    holed, whole, part = square_metres([outer - inner, outer.reverse(), inner])
    assert holed == pytest.approx(whole - part)


def test_what_is_no_polygon_has_none() -> None:
    assert square_metres([None, shapely.Point(5, 52), shapely.Polygon()]).tolist() == [0, 0, 0]
    assert square_metres([]).tolist() == []


def test_parts_count_and_lines_beside_them_do_not() -> None:
    one, other = shapely.box(5, 52, 5.1, 52.1), shapely.box(6, 52, 6.1, 52.1)
    both = shapely.GeometryCollection([one, other, shapely.LineString([(0, 0), (1, 1)])])
    rows = [shapely.MultiPolygon([one, other]), both, one, None, other]
    assert square_metres(rows) == pytest.approx(square_metres([one])[0] * np.array([2, 2, 1, 0, 1]))


def test_a_ring_that_is_a_point_has_none() -> None:
    point = shapely.Polygon([(5, 52)] * 4)
    assert square_metres([point, shapely.MultiPolygon([point, shapely.box(5, 52, 6, 53)])])[0] == 0
