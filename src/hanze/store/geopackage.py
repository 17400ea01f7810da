# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The features of a GeoPackage, a file of others that is a database of SQLite: tables only, nothing of it is run or changed.

Source: OGC 12-128r19, GeoPackage Encoding Standard 1.4, clauses 1.1.1, 2.1.3 (the binary of a geometry) and 2.1.5.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import apsw
import msgspec

from hanze.errors import ConfigurationError

MAGIC = b"SQLite format 3\0"
"""The first bytes of such a file."""

MOST_ROWS = 2_000_000
MOST_BYTES = 256 << 20
"""Of one cell."""

STEP, MOST_STEPS = 1_000_000, 5_000
"""Instructions of SQLite between two looks at how many there were, and so many looks."""

_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the box around a geometry, by its kind in the flags."""

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"

_LAYERS = """
SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id
FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
WHERE c.data_type = 'features' ORDER BY c.table_name
"""


class Row(msgspec.Struct, frozen=True):
    """One feature. `shape`: WKB in the coordinates of the layer, empty where it has none; `wrong`: why it cannot be read."""

    properties: Mapping[str, str | int | float | None]
    shape: bytes
    wrong: str = ""


class Layer(msgspec.Struct, frozen=True):
    """`crs`: its coordinates, such as EPSG:28992; empty where the file leaves them open."""

    name: str
    crs: str
    rows: list[Row]


class _Told(msgspec.Struct, frozen=True):
    """A layer as the file lists it; `column`: that of the geometry."""

    table: str
    column: str
    crs: str


def is_one(body: bytes) -> bool:
    """Whether a file that begins so may be a GeoPackage."""
    return body.startswith(MAGIC)


def read(file: Path, layer: str = "") -> Layer:
    """The layer of this name, or the only one. ConfigurationError names file and fix."""
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size:
        _wrong(file, "is open in another program; close it there, and try again")
    connection = None
    try:
        connection = _open(file)
        told = _chosen(file, _layers(connection), layer)
        return Layer(told.table, told.crs, list(_rows(file, connection, told)))
    except apsw.InterruptError:
        _wrong(file, "takes too long to be read; leave parts out")
    except apsw.Error as error:
        _wrong(file, f"is no whole GeoPackage ({error}); save it anew")
    finally:
        if connection is not None:
            connection.close()


def _open(file: Path) -> apsw.Connection:
    """To be read only, with no trust in what its schema says."""
    address = f"file:{quote(str(file.resolve()))}?immutable=1"
    connection = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    connection.limit(apsw.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    looks = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(looks, None) is None, STEP)
    return connection


def _layers(connection: apsw.Connection) -> list[_Told]:
    tables = {name for (name,) in connection.execute(_TABLES)}
    return [
        _Told(table, column, f"{organization}:{code}" if organization and str(organization).upper() != "NONE" else "")
        for table, column, organization, code in connection.execute(_LAYERS)
        if table in tables
    ]


def _chosen(file: Path, layers: list[_Told], name: str) -> _Told:
    names = ", ".join(one.table for one in layers) or "none"
    fitting = [one for one in layers if name in ("", one.table)]
    if name and not fitting:
        _wrong(file, f"has no layer {name!r}; there are {names}")
    if len(fitting) != 1:
        _wrong(file, f"has {len(fitting)} layers with features ({names}); say which to read")
    return fitting[0]


def _rows(file: Path, connection: apsw.Connection, told: _Told) -> Iterator[Row]:
    cursor = connection.execute(f"SELECT * FROM {_quoted(told.table)} LIMIT {MOST_ROWS + 1}")
    for number, cells in enumerate(cursor, 1):
        if number > MOST_ROWS:
            _wrong(file, f"has more than {MOST_ROWS} features; leave parts out")
        names = (str(column[0]) for column in cursor.get_description())
        yield _row(dict(zip(names, cells, strict=True)), told.column)


def _row(cells: dict[str, Any], column: str) -> Row:
    geometry = cells.pop(column, None)
    properties = {name: value for name, value in cells.items() if not isinstance(value, bytes)}
    try:
        return Row(properties, b"" if geometry is None else wkb(geometry))
    except ValueError as error:
        return Row(properties, b"", str(error))


def wkb(geometry: Any) -> bytes:
    """The WKB in the binary of a geometry; ValueError says what is wrong with it."""
    if not isinstance(geometry, bytes) or len(geometry) < 8 or geometry[:2] != b"GP":
        raise ValueError("has a geometry that is none of a GeoPackage")
    flags = geometry[3]
    kind = flags >> 1 & 7
    if flags & 0x20 or kind >= len(_ENVELOPES):
        raise ValueError("has a geometry of a kind that only some programs know")
    return b"" if flags & 0x10 else geometry[8 + _ENVELOPES[kind] :]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _wrong(file: Path, what: str) -> NoReturn:
    raise ConfigurationError(f"{file.name} {what}.")
