# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of sites of DATEX II: where each site is, and what its numbered values are of.

Source: DATEX II v2 (MeasurementSiteTablePublication, measurementSiteRecord) and v3 (measurementSite); datex2.eu.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.gzip import unpacked
from hanze.feeds.kinds.box import Box
from hanze.feeds.xml import ADVICE, records, text
from hanze.ngsild import checks

MOST_BYTES = 128 << 20
MOST_UNPACKED = 2 << 30
MOST_SITES = 200_000
MOST_POSITIONS = 10_000

SITES = frozenset({"measurementSiteRecord", "measurementSite"})
BEST_PLACES = ("locationForDisplay", "coordinatesForDisplay", "pointCoordinates")


class Site(msgspec.Struct, frozen=True):
    """`place`: a GeoJSON geometry. `lanes`: index of a value of all vehicles together, to the lane that it is of."""

    name: str
    place: dict[str, Any] | None
    lanes: dict[str, str]


Table = dict[str, Site]


def decode(data: bytes, sites: frozenset[str] = frozenset(), box: Box | None = None) -> Table:
    """The wanted sites by their id; all where none are named. Errors: SourceFailed."""
    table: Table = {}
    seen = 0

    def unwanted(name: str, attributes: Mapping[str, str]) -> bool:
        nonlocal seen
        seen += name in SITES
        return name in SITES and bool(sites) and attributes.get("id") not in sites

    for record in records(unpacked(data, MOST_UNPACKED), SITES, unwanted):
        id = record.get("id", "")
        if not id:
            continue
        site = Site(_name(record), _place(record), _lanes(record))
        if box is None or (site.place is not None and _within(site.place, box)):
            table[id] = site
            if len(table) > MOST_SITES:
                raise SourceFailed(f"The table has more than {MOST_SITES} sites.", "Take fewer with the option box.")
    if not seen:
        raise SourceFailed(
            "The XML has no measurementSiteRecord and no measurementSite; it is no table of sites.", ADVICE
        )
    return table


def _name(record: Element) -> str:
    found = next(record.iter("measurementSiteName"), None)
    value = None if found is None else next(found.iter("value"), None)
    return "" if value is None else text(value)


def _place(record: Element) -> dict[str, Any] | None:
    """A line where the site is a stretch of road, else a point; None where there is none that can be used."""
    location = next(record.iter("measurementSiteLocation"), None)
    if location is None:
        return None
    for geometry in (_line(location), _point(location)):
        if geometry is not None:
            try:
                return checks.geometry(geometry, "location")
            except BadRequestData:
                continue
    return None


def _line(location: Element) -> dict[str, Any] | None:
    positions: list[list[float]] = []
    for listed in location.iter("posList"):
        numbers = _numbers(text(listed).split())
        # Latitude comes first, as in WGS 84 by its EPSG code.
        positions += ([lon, lat] for lat, lon in zip(numbers[::2], numbers[1::2], strict=False))
    if not 2 <= len(positions) <= MOST_POSITIONS:
        return None
    return {"type": "LineString", "coordinates": positions}


def _point(location: Element) -> dict[str, Any] | None:
    for name in BEST_PLACES:
        for element in location.iter(name):
            found = _coordinates(element)
            if found is not None:
                return found
    return _coordinates(location)


def _coordinates(element: Element) -> dict[str, Any] | None:
    told = [next(element.iter(name), None) for name in ("longitude", "latitude")]
    numbers = _numbers(text(one) for one in told if one is not None)
    return {"type": "Point", "coordinates": numbers} if len(numbers) == 2 else None


def _numbers(texts: Iterable[str]) -> list[float]:
    try:
        return [float(one) for one in texts]
    except ValueError:
        return []


def _lanes(record: Element) -> dict[str, str]:
    """Which values are of all vehicles together: those that name no other vehicle type, and no length of vehicles."""
    lanes = {}
    for outer in record.iter("measurementSpecificCharacteristics"):
        index = outer.get("index")
        kinds = {text(one) for one in outer.iter("vehicleType")}
        classed = next(outer.iter("lengthCharacteristic"), None) is not None
        if index is not None and kinds <= {"anyVehicle"} and not classed:
            lane = next(outer.iter("specificLane"), None)
            lanes[index] = "" if lane is None else text(lane)
    return lanes


def _within(place: dict[str, Any], box: Box) -> bool:
    first = place["coordinates"] if place["type"] == "Point" else place["coordinates"][0]
    return box.holds(*first)
