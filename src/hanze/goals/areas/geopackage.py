# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A layer of a GeoPackage as a FeatureCollection, so that it is read like GeoJSON from there on."""

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from hanze.store import geopackage
from hanze.store.geopackage import Row

POLYGONS = frozenset({"Polygon", "MultiPolygon"})


def document(file: Path, layer: str = "") -> dict[str, Any]:
    """Features with properties and a geometry, of which the rings of polygons are arrays; one that cannot be read has the member
    `wrong` instead. `crs` names the coordinates, where the file does. ConfigurationError names file and fix."""
    found = geopackage.read(file, layer)
    made: dict[str, Any] = {"type": "FeatureCollection", "features": [_feature(one) for one in found.rows]}
    if found.crs:
        made["crs"] = {"type": "name", "properties": {"name": found.crs}}
    return made


def _feature(row: Row) -> dict[str, Any]:
    feature: dict[str, Any] = {"type": "Feature", "properties": row.properties}
    if row.wrong:
        return {**feature, "wrong": row.wrong}
    try:
        shape = shapely.from_wkb(row.shape) if row.shape else None
    except shapely.errors.GEOSException:
        return {**feature, "wrong": "has a geometry that cannot be read"}
    return {**feature, "geometry": None if shape is None else _geometry(shape)}


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    """Of what is no polygon the type only: it is no area."""
    kind = shape.geom_type
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_geometry(one) for one in shapely.get_parts(shape)]}
    if kind not in POLYGONS:
        return {"type": kind}
    parts = [_rings(one) for one in shapely.get_parts(shape)]
    return {"type": "MultiPolygon", "coordinates": parts}


def _rings(polygon: BaseGeometry) -> list[Any]:
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon)]
