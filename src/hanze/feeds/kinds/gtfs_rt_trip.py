# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trips of GTFS Realtime: how late they are, and at which stop by how much."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds.gtfs_rt_fields import Fields, Names, Reading, enum, moment, stamp, text, trip_key
from hanze.ngsild import times

MOST_STOPS = 1000
LATEST = 86_400
"""Seconds of delay; more is taken for an error."""


def trip(entry: Any, names: Names, told: int | None) -> Reading:
    """The trip of a FeedEntity. `told`: the moment of the whole feed. Errors: BadRequestData."""
    update = entry.trip_update
    fields = Fields()
    at = fields.read("timestamp", moment, update.timestamp, "timestamp") or told
    when = stamp(at)
    key = trip_key(update.trip)
    if not key:
        raise BadRequestData("trip has no trip_id and no route_id.")
    stops = fields.read("stop_time_update", _stops, update, fields) or []
    delay = fields.read("delay", _delay, update.delay) if update.HasField("delay") else _next(stops, when)
    route = fields.text(update.trip, "route_id")
    made = making.entity(
        names.trip(key),
        "GtfsTrip",
        {
            "delay": making.number(delay, "SEC", when),
            "stopDelays": making.plain(stops or None, when),
            "scheduleRelationship": making.plain(enum(update.trip, "schedule_relationship")),
            "startDate": making.plain(fields.text(update.trip, "start_date")),
            "startTime": making.plain(fields.text(update.trip, "start_time")),
            "tripId": making.plain(fields.text(update.trip, "trip_id")),
            "routeId": making.plain(route),
            "vehicleId": making.plain(fields.text(update.vehicle, "id")),
            "hasRoute": names.to_route(route),
        },
    )
    return Reading(made, at, fields.refused)


def _stops(update: Any, fields: Fields) -> list[dict[str, Any]]:
    stops = update.stop_time_update
    if len(stops) > MOST_STOPS:
        raise BadRequestData(f"there are {len(stops)} of them; {MOST_STOPS} are read at most.")
    told = (fields.read(f"stop_time_update {number}", _stop, one) for number, one in enumerate(stops, 1))
    return [stop for stop in told if stop]


def _stop(update: Any) -> dict[str, Any]:
    """What is told of one stop: delays in seconds, times as ISO 8601 in UTC."""
    told: dict[str, Any] = {}
    if update.HasField("stop_id"):
        told["stopId"] = text(update.stop_id, "stop_id")
    if update.HasField("stop_sequence"):
        told["stopSequence"] = update.stop_sequence
    for name in ("arrival", "departure"):
        event = getattr(update, name)
        if event.HasField("delay"):
            told[f"{name}Delay"] = _delay(event.delay)
        at = moment(event.time, f"{name}.time")
        if at is not None:
            told[f"{name}Time"] = times.text(at)
    if update.HasField("schedule_relationship"):
        told["scheduleRelationship"] = enum(update, "schedule_relationship")
    return told


def _delay(seconds: int) -> int:
    if not -LATEST <= seconds <= LATEST:
        raise BadRequestData(f"delay is {seconds} s; more than {LATEST} is taken for an error.")
    return seconds


def _next(stops: list[dict[str, Any]], when: str | None) -> int | None:
    """The delay at the first stop that is not behind the vehicle at that moment, where times tell which that is."""
    for stop in stops:
        for name in ("arrival", "departure"):
            delay: int | None = stop.get(f"{name}Delay")
            if delay is not None and (when is None or stop.get(f"{name}Time", "9") >= when):
                return delay
    return None
