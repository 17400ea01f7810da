# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made GeoPackages: the tables that the standard asks for, and layers of features."""

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

Features = Sequence[tuple[BaseGeometry | bytes | None, Mapping[str, Any]]]

SYSTEMS = ((-1, "NONE", -1), (0, "NONE", 0), (4326, "EPSG", 4326), (28992, "EPSG", 28992), (3857, "EPSG", 3857))

TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
  organization_coordsys_id INTEGER, definition TEXT, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
"""


def binary(shape: BaseGeometry | bytes | None, srs: int, envelope: bool = True) -> bytes | None:
    """A geometry as it stands in a cell; bytes stay as they are."""
    if shape is None or isinstance(shape, bytes):
        return shape
    west, south, east, north = (0.0, 0.0, 0.0, 0.0) if shape.is_empty else shape.bounds
    flags = 1 | (2 if envelope else 0) | (0x10 if shape.is_empty else 0)
    box = struct.pack("<4d", west, east, south, north) if envelope else b""
    told: bytes = shapely.to_wkb(shape)
    return b"GP" + struct.pack("<BBi", 0, flags, srs) + box + told


def made(file: Path, layers: Mapping[str, Features], srs: int = 4326, envelope: bool = True) -> Path:
    """A file with these layers, each with the columns of its first feature and a geometry `geom`."""
    with sqlite3.connect(file) as database:
        database.executescript(TABLES)
        rows = [("", number, body, code, "", "") for number, body, code in SYSTEMS]
        database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)
        for name, features in layers.items():
            told(database, name, srs)
            columns = list(features[0][1])
            listed = "".join(f', "{column}"' for column in columns)
            database.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom BLOB{listed})')
            marks = ", ?" * len(columns)
            for shape, properties in features:
                values = (binary(shape, srs, envelope), *properties.values())
                database.execute(f'INSERT INTO "{name}" (geom{listed}) VALUES (?{marks})', values)
    database.close()
    return file


def told(database: sqlite3.Connection, name: str, srs: int = 4326) -> None:
    """The file says that it has a layer of this name."""
    database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?)", (name, name, srs))
    database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', ?)", (name, srs))
