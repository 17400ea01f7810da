# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Land and areas from a GeoPackage are those of the same map as GeoJSON."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from hanze.errors import ConfigurationError
from hanze.goals.areas import land, reading
from hanze.goals.areas.surface import square_kilometres
from tests.goals.areas.making import SIDE, square
from tests.store.packages import made

HOLE = shapely.Polygon(
    shapely.get_coordinates(square(5, 52)).tolist(),
    [shapely.get_coordinates(square(5 + SIDE / 4, 52 + SIDE / 4, SIDE / 2)).tolist()],
)
TWO = shapely.MultiPolygon([square(6, 52), square(6.1, 52)])


def test_land_is_that_of_the_geojson(tmp_path: Path) -> None:
    shapes = [(HOLE, "homes"), (TWO, "water"), (square(7, 52), "farmland")]
    package = made(tmp_path / "land.gpkg", {"land": [(shape, {"use": use}) for shape, use in shapes]})
    plain = tmp_path / "land.geojson"
    features = [
        {"type": "Feature", "properties": {"use": use}, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape, use in shapes
    ]
    plain.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    ours, theirs = land.read(package), land.read(plain)
    assert [one.use for one in ours] == [one.use for one in theirs] == ["homes", "water", "farmland"]
    assert all(one.shape.equals(other.shape) for one, other in zip(ours, theirs, strict=True))
    assert ours[0].shape.equals(HOLE) and ours[1].shape.equals(TWO)


def test_numbers_stand_for_uses_and_heights_are_left_out(tmp_path: Path) -> None:
    high = shapely.force_3d(square(5, 52), 4.0)
    file = made(tmp_path / "land.gpkg", {"land": [(high, {"class": 20}), (square(6, 52), {"class": 61.0})]})
    found = land.read(file, "class", {"20": "homes", "61": "nature"})
    assert [one.use for one in found] == ["homes", "nature"]
    assert not found[0].shape.has_z and found[0].shape.equals(square(5, 52))


def test_metres_of_the_dutch_grid_become_degrees(tmp_path: Path) -> None:
    square_of_100_m = shapely.box(155_000, 463_000, 155_100, 463_100)
    (one,) = land.read(made(tmp_path / "land.gpkg", {"land": [(square_of_100_m, {"use": "work"})]}, 28992))
    west, south, *_ = one.shape.bounds
    assert np.allclose([west, south], [5.38720621, 52.15517440], atol=1e-7)
    assert float(square_kilometres([one.shape])[0]) == pytest.approx(0.01, rel=1e-3)


def test_areas_are_read(tmp_path: Path) -> None:
    features = [
        (square(5, 52), {"code": "N1", "name": "North", "population": 120}),
        (TWO, {"code": "N2", "name": "Two", "population": 3}),
    ]
    file = made(tmp_path / "areas.gpkg", {"streets": [(shapely.Point(5, 52), {"code": "x"})], "areas": features})
    found = reading.read(file, "neighbourhood", layer="areas").areas
    assert [(one.code, one.name, one.people) for one in found] == [("N1", "North", 120), ("N2", "Two", 3)]
    assert all(
        one.geometry is not None and one.geometry.equals(shape) for one, (shape, _) in zip(found, features, strict=True)
    )
    with pytest.raises(ConfigurationError, match="has no polygon, only Point"):
        reading.read(file, "neighbourhood", layer="streets")


@pytest.mark.parametrize(
    ("cell", "srs", "told"),
    [
        (b"none", 4326, "land.gpkg cannot be read in feature 1: it has a geometry that is none of a GeoPackage"),
        (
            b"GP\0\1" + bytes(4) + b"\1\3\0\0\0\xff\xff\xff\x7f",
            4326,
            "land.gpkg cannot be read in feature 1: it has a geometry that",
        ),
        (square(5, 52), 3857, "land.gpkg has the coordinates EPSG:3857; save it in WGS 84"),
        (shapely.box(1e7, 1e7, 2e7, 2e7), -1, "feature 1 has coordinates that are neither degrees nor RD New"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, cell: bytes | shapely.Polygon, srs: int, told: str) -> None:
    file = made(tmp_path / "land.gpkg", {"land": [(cell, {"use": "water"})]}, srs)
    with pytest.raises(ConfigurationError, match=told):
        land.read(file)
