# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What kind of values a column has: found from the values themselves, the narrowest that holds all of them."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
import shapely

Kind = Literal["none", "truth", "whole", "number", "moment", "geometry", "text"]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")

GEOMETRIES = frozenset(
    {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}
)


def kind(value: object) -> Kind:
    """Of one value as JSON has it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int):
        return "whole" if -(2**63) <= value < 2**63 else "number"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "text" if moment(value) is None else "moment"
    return "text" if geometry(value) is None else "geometry"


def both(one: Kind, other: Kind) -> Kind:
    """That of a column with values of these two kinds."""
    if one == other or other == "none":
        return one
    if one == "none":
        return other
    return "number" if {one, other} == {"whole", "number"} else "text"


def moment(text: str) -> datetime | None:
    """The moment that a text tells, with its zone (ISO 8601); None where it is something else."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def geometry(value: object) -> Any:
    """The shape of a geometry of GeoJSON; None where it is something else."""
    if not isinstance(value, dict) or value.get("type") not in GEOMETRIES:
        return None
    return shapely.from_geojson(msgspec.json.encode(value), on_invalid="ignore")


def plain(value: object) -> str:
    """Any value as a text: what is no text as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


VALUE: Mapping[Kind, Callable[[Any], Any]] = {
    "none": plain, "truth": bool, "whole": int, "number": float, "moment": moment,
    "geometry": lambda value: shapely.to_wkb(geometry(value)), "text": plain,
}  # fmt: skip
"""From a value to what a column of the kind holds."""
