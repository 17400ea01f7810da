# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The boundary of a city: from a file of a person, or the box around what is there, to the background of maps. Pure."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild import geometry
from hanze.web.language import mark as _

AROUND = 0.05
"""Of the width and height of a box that it gets wider, so that nothing stands on its edge."""

SHAPES = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")

LEAST = 0.002
"""Degrees: a box is at least so wide."""


def collection(body: bytes, name: str) -> bytes:
    """What a person dropped, as a FeatureCollection; a shape alone gets the name of the city. Errors: BadRequestData."""
    try:
        document = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadRequestData(_("The file is no GeoJSON.")) from None
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
    elif kind == "Feature":
        features = [document]
    else:
        features = [{"type": "Feature", "properties": {}, "geometry": document}]
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features) or not features:
        raise BadRequestData(_("The file has no shapes; give a boundary as GeoJSON."))
    return _written([_feature(one, name if len(features) == 1 else "") for one in features])


def box(points: Iterable[tuple[float, float]], name: str) -> bytes | None:
    """A box around points (longitude, latitude); None where there is none."""
    found = list(points)
    if not found:
        return None
    (west, east), (south, north) = (_wider(min(side), max(side)) for side in zip(*found, strict=True))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return _written([_feature({"geometry": {"type": "Polygon", "coordinates": [ring]}}, name)])


def _wider(low: float, high: float) -> tuple[float, float]:
    more = max((high - low) * AROUND, (LEAST - (high - low)) / 2)
    return round(low - more, 5), round(high + more, 5)


def _feature(feature: dict[str, Any], name: str) -> dict[str, Any]:
    shape = feature.get("geometry")
    if not isinstance(shape, dict) or shape.get("type") not in SHAPES:
        raise BadRequestData(_("The file has a shape that is no area and no line; give a boundary as GeoJSON."))
    west, south, east, north = geometry.bounds(shape)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadRequestData(
            _("The places in the file are no degrees, such as 4.89 and 52.37; save it as GeoJSON in WGS 84.")
        )
    told = feature.get("properties") or {}
    kept = {key: told[key] for key in ("kind", "name") if isinstance(told, dict) and isinstance(told.get(key), str)}
    return {"type": "Feature", "properties": {**({"name": name} if name else {}), **kept}, "geometry": shape}


def _written(features: list[dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})
