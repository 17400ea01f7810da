# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""GeoPackages are read as they are, and a hostile one does nothing but to be refused."""

import sqlite3
from pathlib import Path

import pytest
import shapely

from hanze.errors import ConfigurationError
from hanze.store import geopackage
from tests.store.packages import Features, binary, made, told

SQUARE = shapely.box(5, 52, 5.01, 52.01)


@pytest.mark.parametrize("envelope", [True, False])
def test_features_are_read(tmp_path: Path, envelope: bool) -> None:
    features: Features = [
        (SQUARE, {"use": "homes", "n": 3}),
        (None, {"use": None, "n": 2.5}),
        (shapely.Polygon(), {"use": "", "n": 0}),
    ]
    file = made(tmp_path / "land.gpkg", {"a map's": features}, 28992, envelope)
    layer = geopackage.read(file)
    assert (layer.name, layer.crs) == ("a map's", "EPSG:28992")
    assert [one.properties for one in layer.rows] == [
        {"fid": 1, "use": "homes", "n": 3}, {"fid": 2, "use": None, "n": 2.5}, {"fid": 3, "use": "", "n": 0},
    ]  # fmt: skip
    assert [one.shape for one in layer.rows] == [shapely.to_wkb(SQUARE), b"", b""]
    assert geopackage.is_one(file.read_bytes()) and not geopackage.is_one(b"{}")


def test_coordinates_that_are_left_open_have_no_name(tmp_path: Path) -> None:
    assert geopackage.read(made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})]}, -1)).crs == ""


def test_of_several_layers_one_is_named(tmp_path: Path) -> None:
    file = made(tmp_path / "two.gpkg", {"one": [(SQUARE, {"a": 1})], "two": [(SQUARE, {"a": 2})]})
    with pytest.raises(
        ConfigurationError, match=r"two.gpkg has 2 layers with features \(one, two\); say which to read"
    ):
        geopackage.read(file)
    assert geopackage.read(file, "two").rows[0].properties["a"] == 2
    with pytest.raises(ConfigurationError, match="has no layer 'three'; there are one, two"):
        geopackage.read(file, "three")


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        (b"", "has a geometry that is none of a GeoPackage"),
        (b"GP\0\x0f" + bytes(40), "has a geometry of a kind that only some programs know"),
        (b"GP\0\x21" + bytes(40), "has a geometry of a kind that only some programs know"),
        (shapely.to_wkb(SQUARE), "has a geometry that is none of a GeoPackage"),
    ],
)
def test_what_is_no_geometry_is_told_of_its_row(tmp_path: Path, cell: bytes, wrong: str) -> None:
    layer = geopackage.read(made(tmp_path / "land.gpkg", {"land": [(cell, {}), (SQUARE, {})]}))
    assert [one.wrong for one in layer.rows] == [wrong, ""]


def test_a_view_that_never_ends_is_no_layer(tmp_path: Path) -> None:
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})]})
    with sqlite3.connect(file) as database:
        told(database, "endless")
        database.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, NULL AS geom FROM n"
        )
    database.close()
    assert geopackage.read(file).name == "land"
    with pytest.raises(ConfigurationError, match="has no layer 'endless'; there are land"):
        geopackage.read(file, "endless")


def test_a_list_of_layers_that_is_a_view_is_refused(tmp_path: Path) -> None:
    """A view may ask for anything, so none is opened."""
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})]})
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE gpkg_contents")
        database.execute(
            "CREATE VIEW gpkg_contents AS SELECT table_name, 'features' AS data_type FROM gpkg_geometry_columns"
        )
    database.close()
    with pytest.raises(ConfigurationError, match=r"land\.gpkg is no whole GeoPackage \(.*prohibited"):
        geopackage.read(file)


def test_a_row_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geopackage, "STEP", 1_000)
    monkeypatch.setattr(geopackage, "MOST_STEPS", 5)
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {"n": number}) for number in range(5_000)]})
    with pytest.raises(ConfigurationError, match="takes too long to be read"):
        geopackage.read(file)


def test_too_many_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geopackage, "MOST_ROWS", 2)
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})] * 3})
    with pytest.raises(ConfigurationError, match="has more than 2 features"):
        geopackage.read(file)


@pytest.mark.parametrize("body", [geopackage.MAGIC, geopackage.MAGIC + bytes(4000), b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_database_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "land.gpkg").write_bytes(body)
    with pytest.raises(ConfigurationError, match=r"land\.gpkg is no whole GeoPackage"):
        geopackage.read(tmp_path / "land.gpkg")


def test_a_database_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {"text": "x" * 2_000})] * 50})
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(ConfigurationError, match=r"land\.gpkg is no whole GeoPackage"):
        geopackage.read(file)


def test_a_file_that_another_program_writes_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})]})
    (tmp_path / "land.gpkg-wal").write_bytes(b"x")
    with pytest.raises(ConfigurationError, match="is open in another program; close it there"):
        geopackage.read(file)


def test_nothing_is_written_beside_it(tmp_path: Path) -> None:
    file = made(tmp_path / "land.gpkg", {"land": [(SQUARE, {})]})
    before = file.read_bytes()
    geopackage.read(file)
    assert [one.name for one in tmp_path.iterdir()] == ["land.gpkg"] and file.read_bytes() == before


def test_the_binary_of_a_geometry_is_what_the_standard_says() -> None:
    """Magic, version 0, little endian with a box around it, SRS 4326, then WKB (clause 2.1.3.1.1)."""
    cell = binary(SQUARE, 4326)
    assert cell is not None and cell[:8].hex() == "47500003e6100000"
    assert geopackage.wkb(cell) == shapely.to_wkb(SQUARE)
