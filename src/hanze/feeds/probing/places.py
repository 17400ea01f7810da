# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of the values tells where a thing is: a geometry, a longitude and a latitude, or two numbers in one list."""

import re
from collections.abc import Iterable
from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.probing.leaves import Leaf, is_pair, is_place
from hanze.feeds.shapes.reading import shaped_geometry
from hanze.feeds.shapes.shape import Place
from hanze.ngsild.checks import geometry

LON = re.compile(r"^(lon|lng|long|longitude|lengtegraad|laengengrad|x|x_?coord\w*|geo_?x) ")
LAT = re.compile(r"^(lat|latitude|breedtegraad|breitengrad|y|y_?coord\w*|geo_?y) ")
PAIR = re.compile(r"geo|loc|coord|place|position|punt|point|plaats|lat_?l|lon_?l")

EUROPE_LAT, EUROPE_LON = (34.0, 72.0), (-32.0, 33.9)
"""Degrees that do not overlap, so that the order of two numbers can be told."""

DEGREES = frozenset({"4326", "CRS84", "4979", "CRS84H"})


def place(found: list[Leaf]) -> Place | None:
    """How a mapping finds the place of each thing; None where none is told in degrees."""
    for leaf in found:
        if all(map(is_place, leaf.told)) and _all(_geometry, ((one,) for one in leaf.told)):
            return Place(geometry=leaf.path)
    for lon in (leaf for leaf in found if LON.search(leaf.key)):
        for lat in (leaf for leaf in found if LAT.search(leaf.key) and leaf.steps[:-1] == lon.steps[:-1]):
            if _all(making.point, zip(lon.values, lat.values, strict=True)):
                return Place(lon.path, lat.path)
    pairs = [leaf for leaf in found if all(map(is_pair, leaf.told)) and PAIR.search(leaf.key)]
    return next((one for leaf in pairs if (one := _pair(leaf)) is not None), None)


def elsewhere(found: list[Leaf], document: Any) -> str:
    """Says where there are places that are not in degrees, in one sentence; empty where there are none."""
    leaf = next((one for one in found if all(map(is_place, one.told))), None)
    named = system(document)
    if leaf is None:
        return ""
    system_told = f" ({named})" if named else ""
    return (
        f"The places at {leaf.path} are in another system of coordinates{system_told}; a mapping takes degrees of WGS 84, "
        "so that there is no location. See whether the source gives them too, such as with srsName= or outSR=4326."
    )


def system(document: Any) -> str:
    """The system of coordinates that an answer names; empty where it names none, or degrees of WGS 84."""
    if not isinstance(document, dict):
        return ""
    crs, esri = document.get("crs"), document.get("spatialReference")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    if named is None and isinstance(esri, dict):
        named = esri.get("latestWkid") or esri.get("wkid")
    last = re.split(r"[:/]", str(named or ""))[-1]
    return "" if not last or last in DEGREES else f"EPSG {last}" if last.isdigit() else last


def used(chosen: Place | None, leaf: Leaf) -> bool:
    """The value tells a place, so that it is no attribute."""
    if all(map(is_place, leaf.told)) or (all(map(is_pair, leaf.told)) and bool(PAIR.search(leaf.key))):
        return True
    return chosen is not None and bool(
        LON.search(leaf.key) or LAT.search(leaf.key) or leaf.path in chosen_paths(chosen)
    )


def chosen_paths(chosen: Place) -> tuple[str, ...]:
    return chosen.lon, chosen.lat, chosen.geometry


def _pair(leaf: Leaf) -> Place | None:
    """Two numbers in a list, in the order that fits; that of Europe where both would."""
    first, second = ([one[place] for one in leaf.told] for place in (0, 1))
    lon, lat = f"{leaf.path}[0]", f"{leaf.path}[1]"
    latitude_first = all(map(_in_latitudes, first)) and all(map(_in_longitudes, second))
    if latitude_first or not _all(making.point, zip(first, second, strict=True)):
        lon, lat, first, second = lat, lon, second, first
    return Place(lon, lat) if _all(making.point, zip(first, second, strict=True)) else None


def _in_latitudes(value: float) -> bool:
    return EUROPE_LAT[0] <= value <= EUROPE_LAT[1]


def _in_longitudes(value: float) -> bool:
    return EUROPE_LON[0] <= value <= EUROPE_LON[1]


def _geometry(given: Any) -> Any:
    return geometry(shaped_geometry(given), "geometry")


def _all(read: Any, given: Iterable[tuple[Any, ...]]) -> bool:
    """All that is there can be read, and something is there."""
    try:
        return any([read(*one) is not None for one in given])
    except BadRequestData:
        return False
