# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands still in the town: stops of the bus lines, as a timetable gives them, and parks. It is told once, not each turn."""

import hashlib
from collections.abc import Iterator
from functools import cache

import msgspec
import shapely

from hanze.feeds import making
from hanze.feeds.havendam import marks, sensors, town
from hanze.feeds.havendam.drawing import HIGH_KERBS
from hanze.ngsild.entity import Entity

STOP, PARK = "GtfsStop", "Garden"

ACCESSIBLE, NOT_ACCESSIBLE = "1", "2"
"""wheelchair_boarding of the GTFS Schedule reference, stops.txt."""


def entities() -> list[Entity]:
    return [*_stops(), *_parks()]


@cache
def digest() -> str:
    """Another one where anything of them is another."""
    return hashlib.blake2b(msgspec.json.encode(entities()), digest_size=8).hexdigest()


def _stops() -> Iterator[Entity]:
    """A stop of several lines once."""
    named = {stop.name: stop.point for line in town.bus_lines() for stop in line.stops}
    for number, (name, point) in enumerate(named.items(), 1):
        facts = {
            "code": making.plain(f"{number:02d}"),
            "wheelChairAccessible": making.plain(ACCESSIBLE if name in HIGH_KERBS else NOT_ACCESSIBLE),
        }
        yield making.entity(sensors.id(STOP, number), STOP, {**marks.of(name), **marks.at(point), **facts})


def _parks() -> Iterator[Entity]:
    for number, park in enumerate(town.parks(), 1):
        middle = shapely.geometry.shape(park.geometry).representative_point()
        place = {
            "location": {"type": "GeoProperty", "value": park.geometry},
            **marks.within(town.district_at((middle.x, middle.y))),
        }
        yield making.entity(sensors.id(PARK, number), PARK, {**marks.of(park.name), **place})
