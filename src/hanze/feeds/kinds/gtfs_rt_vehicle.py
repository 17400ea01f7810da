# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vehicles of GTFS Realtime: where they are, how fast they go, and on which trip they are."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds.gtfs_rt_fields import Fields, Names, Reading, enum, moment, stamp, text, trip_key
from hanze.ngsild.entity import Instance

FASTEST = 150.0
"""Metres a second: no train on rails has gone faster in public service."""


def vehicle(entry: Any, names: Names, told: int | None) -> Reading:
    """The vehicle of a FeedEntity. `told`: the moment of the whole feed. Errors: BadRequestData."""
    found = entry.vehicle
    fields = Fields()
    at = fields.read("timestamp", moment, found.timestamp, "timestamp") or told
    when = stamp(at)
    id = text(found.vehicle.id, "vehicle.id") or text(entry.id, "id")
    if not id:
        raise BadRequestData("it has no id.")
    made = making.entity(
        making.urn("Vehicle", names.feed, id),
        "Vehicle",
        {
            "fleetVehicleId": making.plain(id),
            "name": making.plain(fields.text(found.vehicle, "label")),
            **(_motion(found.position, fields, when) if found.HasField("position") else {}),
            "occupancyStatus": making.plain(enum(found, "occupancy_status")),
            "occupancyPercentage": _percentage(found, when),
            "congestionLevel": making.plain(enum(found, "congestion_level")),
            "currentStatus": making.plain(enum(found, "current_status")),
            **_way(found, fields, names),
        },
    )
    return Reading(made, at, fields.refused)


def _motion(place: Any, fields: Fields, when: str | None) -> dict[str, Instance | None]:
    return {
        "location": fields.read("position", _location, place, when),
        "speed": fields.read("speed", _speed, place, when),
        "bearing": fields.read("bearing", _bearing, place, when),
    }


def _way(found: Any, fields: Fields, names: Names) -> dict[str, Instance | None]:
    """The trip, the route and the stop: linked where the timetable is known, else as the feed names them."""
    trip = fields.read("trip", trip_key, found.trip) or ""
    route, stop = fields.text(found.trip, "route_id"), fields.text(found, "stop_id")
    if not names.timetable:
        return {"tripId": making.plain(trip), "routeId": making.plain(route), "stopId": making.plain(stop)}
    return {"hasTrip": names.to_trip(trip), "hasRoute": names.to_route(route), "hasStop": names.to_stop(stop)}


def _location(place: Any, when: str | None) -> Instance | None:
    # The wire has 32 bits, of which more than six decimals are noise.
    lon, lat = round(place.longitude, 6), round(place.latitude, 6)
    if lon == lat == 0:
        raise BadRequestData("the position is 0, 0, which stands for none.")
    return making.point(lon, lat, when)


def _speed(place: Any, when: str | None) -> Instance | None:
    if not place.HasField("speed"):
        return None
    if not 0 <= place.speed <= FASTEST:
        raise BadRequestData(f"speed is {place.speed:g} m/s; it is to be 0 to {FASTEST:g}.")
    return making.number(round(place.speed * 3.6, 1), "KMH", when)


def _bearing(place: Any, when: str | None) -> Instance | None:
    if not place.HasField("bearing"):
        return None
    if not 0 <= place.bearing <= 360:
        raise BadRequestData(f"bearing is {place.bearing:g}; it is to be 0 to 360 degrees.")
    return making.number(round(place.bearing, 1) % 360, "DD", when)


def _percentage(found: Any, when: str | None) -> Instance | None:
    return making.number(found.occupancy_percentage, "P1", when) if found.HasField("occupancy_percentage") else None
