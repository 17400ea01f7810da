# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The drawing is valid: districts cover the town without overlaps, and all else lies where it should."""

from itertools import combinations

import pytest
import shapely
from shapely.geometry import shape

from hanze.feeds.havendam import town
from hanze.feeds.havendam.city import KINDS
from hanze.ngsild.checks import geometry

AREAS: tuple[town.Area, ...] = (*town.water(), *town.parks(), *town.farmland())


def test_districts_tile_the_outline() -> None:
    outline = shape(town.outline())
    districts = [shape(one.geometry) for one in town.districts()]
    assert len(districts) == 8
    assert outline.is_valid and all(one.is_valid for one in districts)
    assert shapely.union_all(districts).symmetric_difference(outline).area == 0
    assert all(one.intersection(other).area == 0 for one, other in combinations(districts, 2))


def test_districts_are_of_people() -> None:
    assert 40_000 < sum(one.population for one in town.districts()) < 60_000
    assert all(one.population > 1_000 for one in town.districts())
    assert len({one.name for one in town.districts()}) == 8


def test_neighbourhoods_tile_their_district_and_have_its_people() -> None:
    assert 24 <= len(town.neighbourhoods()) <= 28
    for one in town.districts():
        within = [each for each in town.neighbourhoods() if each.district == one.name]
        shapes = [shape(each.geometry) for each in within]
        assert len(within) >= 3 and all(each.is_valid for each in shapes)
        assert shapely.union_all(shapes).symmetric_difference(shape(one.geometry)).area == 0
        assert all(each.intersection(other).area == 0 for each, other in combinations(shapes, 2))
        assert sum(each.population for each in within) == one.population


def test_one_neighbourhood_is_too_small_to_tell_of_and_one_has_no_sensor() -> None:
    assert len([one.name for one in town.neighbourhoods() if one.population < 50]) == 1
    places = [shapely.Point(sensor.point) for kind in KINDS for sensor in kind.sensors()]
    empty = [
        one.name for one in town.neighbourhoods() if not any(shape(one.geometry).covers(place) for place in places)
    ]
    assert empty == ["Zonnewei"]


def test_one_name_is_one_area() -> None:
    areas: tuple[town.Area, ...] = (*town.parks(), *town.farmland())
    names = [*(one.name for one in town.neighbourhoods()), *(one.name for one in areas)]
    assert len(set(names)) == len(names)
    assert {one.name for one in town.neighbourhoods()}.isdisjoint({one.name for one in town.districts()})


def test_it_lies_at_sea_and_is_as_large_as_a_town() -> None:
    west, south, east, north = shape(town.outline()).bounds
    assert (3.9 < west < east < 4.1) and (52.85 < south < north < 52.95)
    assert 20 < shape(town.outline()).area / town.EAST / town.NORTH / 1e6 < 40


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name)
def test_areas_lie_inside(area: town.Area) -> None:
    assert shape(area.geometry).is_valid
    assert shape(area.geometry).within(shape(town.outline()))


def test_green_is_not_water() -> None:
    water = shapely.union_all([shape(one.geometry) for one in town.water()])
    assert all(not shape(one.geometry).intersects(water) for one in (*town.parks(), *town.farmland()))
    assert not shape(town.old_town()).intersects(water)


def test_all_are_geojson_with_counterclockwise_rings() -> None:
    roads = [one.geometry for one in town.roads()]
    lines = [one.geometry for one in town.bus_lines()]
    polygons = [town.outline(), town.old_town(), *(one.geometry for one in (*town.districts(), *town.neighbourhoods()))]
    polygons += [one.geometry for one in AREAS]
    for one in (*roads, *lines, *polygons):
        assert geometry(one, "geometry") == one
    assert all(shapely.LinearRing(one["coordinates"][0]).is_ccw for one in polygons)


def test_loops_lie_in_their_road() -> None:
    for road in town.roads():
        assert shape(road.geometry).within(shape(town.outline()))
        assert road.loops
        assert all(shape(road.geometry).distance(shapely.Point(at)) < 2e-6 for at in road.loops)


def test_bus_lines_meet_in_shared_stops() -> None:
    places = {(stop.name, stop.point) for line in town.bus_lines() for stop in line.stops}
    assert len(town.bus_lines()) == 4
    assert len({name for name, _ in places}) == len(places), "one name is one place"
    assert sum(len(line.stops) for line in town.bus_lines()) > len(places)
    assert all(town.district_at(place) for _, place in places)


def test_spots_are_dry_and_in_their_district() -> None:
    closed = shapely.union_all([shape(one.geometry) for one in (*town.water(), *town.farmland())])
    for one in town.districts():
        found = town.spots(one.name, "waste", 5)
        assert len(set(found)) == 5
        assert all(town.district_at(at) == one.name and not closed.covers(shapely.Point(at)) for at in found)


def test_what_is_outside_is_in_no_district() -> None:
    with pytest.raises(ValueError, match="is not in Havendam"):
        town.district_at((5.0, 52.0))
