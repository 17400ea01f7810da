# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The land has one use at each place: the map covers the town, and what changed in five years is what was farmland."""

from itertools import pairwise
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from hanze.feeds.havendam import town
from hanze.feeds.havendam.land import USES, land, maps
from hanze.ngsild.checks import geometry

SQUARE_METRE = town.EAST * town.NORTH
"""In square degrees."""

ROUNDED = 200
"""Square metres that the corners on the outline, to a decimetre each, may make along it."""

EVERY = [pytest.param(changed, id="new" if changed else "old") for changed in (False, True)]


def uses(changed: bool) -> dict[str, shapely.Geometry]:
    found: dict[str, list[shapely.Geometry]] = {}
    for one in land(2025, changed=changed)["features"]:
        found.setdefault(one["properties"]["use"], []).append(shape(one["geometry"]))
    return {use: shapely.union_all(shapes) for use, shapes in found.items()}


def pieces(changed: bool) -> list[Any]:
    return [shape(one["geometry"]) for one in land(2025, changed=changed)["features"]]


@pytest.mark.parametrize("changed", EVERY)
def test_the_map_covers_the_outline(changed: bool) -> None:
    left = shapely.union_all(pieces(changed)).symmetric_difference(shape(town.outline()))
    assert left.area < ROUNDED * SQUARE_METRE
    assert left.buffer(-2e-6).is_empty, "no hole is wider than the rounding"


@pytest.mark.parametrize("changed", EVERY)
def test_no_pieces_overlap(changed: bool) -> None:
    found = pieces(changed)
    assert all(one.is_valid and one.area > 400 * SQUARE_METRE for one in found)
    assert shapely.coverage_is_valid(found)


@pytest.mark.parametrize("changed", EVERY)
def test_pieces_are_geojson_that_tell_use_and_year(changed: bool) -> None:
    made = land(2021, changed=changed)
    assert made["type"] == "FeatureCollection"
    for one in made["features"]:
        assert one["type"] == "Feature"
        assert one["properties"] == {"use": one["properties"]["use"], "year": 2021}
        assert geometry(one["geometry"], "geometry") == one["geometry"]
        outer, *holes = one["geometry"]["coordinates"]
        assert shapely.LinearRing(outer).is_ccw and not any(shapely.LinearRing(hole).is_ccw for hole in holes)
    assert {one["properties"]["use"] for one in made["features"]} == set(USES)


@pytest.mark.parametrize("changed", EVERY)
def test_what_is_drawn_on_the_map_of_the_town_is_used_so(changed: bool) -> None:
    found = uses(changed)
    for area in town.water():
        assert found["water"].buffer(2e-6).covers(shape(area.geometry)), area.name
    for area in town.parks():
        assert found["nature"].buffer(2e-6).covers(shape(area.geometry)), area.name
    every = shapely.union_all([shape(one.geometry) for one in town.farmland()])
    assert every.intersection(found["farmland"]).area > 0.8 * every.area
    assert shape(town.old_town()).intersection(found["homes"]).area > 0.7 * shape(town.old_town()).area


def test_where_people_live_there_are_homes() -> None:
    for changed in (False, True):
        homes = uses(changed)["homes"]
        for one in town.neighbourhoods():
            metres = shape(one.geometry).intersection(homes).area / SQUARE_METRE
            assert 20 < metres / one.population < 1_000, one.name


def test_between_the_two_maps_farmland_became_homes_and_a_solar_field_and_nothing_else_changed() -> None:
    before, after = uses(False), uses(True)
    for use in ("work", "nature", "water"):
        assert before[use].equals(after[use])
    lost = before["farmland"].difference(after["farmland"])
    homes, energy = (after[use].difference(before[use]) for use in ("homes", "energy"))
    assert not homes.is_empty and not energy.is_empty
    assert lost.symmetric_difference(shapely.union_all([homes, energy])).area < ROUNDED * SQUARE_METRE
    assert after["farmland"].difference(before["farmland"]).area < ROUNDED * SQUARE_METRE
    assert 0.01 < lost.area / before["farmland"].area < 0.06


def test_the_maps_are_of_five_years_ago_and_of_last_year() -> None:
    for present in (2026, 2040):
        told = maps(present)
        years = [{one["properties"]["year"] for one in made["features"]} for made in told]
        assert years == [{present - 5}, {present - 1}]
        assert told == (land(present - 5, changed=False), land(present - 1, changed=True))


def test_each_use_is_of_a_size_that_a_harbour_town_has() -> None:
    found = uses(True)
    whole = shape(town.outline()).area
    shares = {use: found[use].area / whole for use in USES}
    order = [shares[use] for use in ("homes", "farmland", "water", "work", "energy")]
    assert all(one > other for one, other in pairwise(order))
    assert 0.03 < shares["nature"] < 0.1 and 0.01 < shares["energy"] < 0.02
