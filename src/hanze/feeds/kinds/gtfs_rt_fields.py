# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is common to the entities of GTFS Realtime: how they are named and linked, and how their single values are read."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.gtfs import route_id, stop_id
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity, Instance

T = TypeVar("T")


class Names(NamedTuple):
    """`feed`: the source itself. `timetable`: the source whose stops and routes are meant; empty where none is."""

    feed: str
    timetable: str = ""

    def trip(self, key: str) -> str:
        return making.urn("GtfsTrip", self.timetable or self.feed, key)

    def to_trip(self, key: str) -> Instance | None:
        return making.link(self.trip(key)) if self.timetable and key else None

    def to_route(self, id: str) -> Instance | None:
        return making.link(route_id(self.timetable, id)) if self.timetable and id else None

    def to_stop(self, id: str) -> Instance | None:
        return making.link(stop_id(self.timetable, id)) if self.timetable and id else None


class Reading(NamedTuple):
    """An entity as it is at a moment (microseconds, None where it is not told), and the fields that were refused."""

    entity: Entity
    at: int | None
    refused: list[tuple[str, str]]


class Fields:
    """Reads single values; what is refused is noted, and stands for a value that is missing."""

    def __init__(self) -> None:
        self.refused: list[tuple[str, str]] = []

    def read(self, field: str, make: Callable[..., T | None], *values: Any) -> T | None:
        try:
            return make(*values)
        except BadRequestData as error:
            self.refused.append((field, error.detail))
            return None

    def text(self, message: Any, field: str) -> str:
        """A text; empty where it is missing."""
        return self.read(field, text, getattr(message, field), field) or ""


def text(value: Any, field: str) -> str:
    """A text of a message. Errors: BadRequestData where it is not UTF-8, which comes as bytes."""
    if not isinstance(value, str):
        raise BadRequestData(f"{field} is {shown(value)}, which is not UTF-8.")
    return value


def moment(seconds: int, field: str) -> int | None:
    """Microseconds; None for 0, which stands for a time that is not told. Errors: BadRequestData."""
    return answers.moment(seconds, field) if seconds else None


def stamp(at: int | None) -> str | None:
    """The moment as observedAt."""
    return None if at is None else times.text(at)


def enum(message: Any, field: str) -> str | None:
    """The name of an enum value such as STOPPED_AT; None where the message has none."""
    if not message.HasField(field):
        return None
    found: str = message.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number[getattr(message, field)].name
    return found


def trip_key(trip: Any) -> str:
    """What names a trip within its timetable; empty where it is not told. Errors: BadRequestData."""
    id, route = text(trip.trip_id, "trip_id"), text(trip.route_id, "route_id")
    start = text(trip.start_time, "start_time")
    if id:
        # A trip of a line that runs by frequency starts many times a day under one id.
        return f"{id}:{start}" if start else id
    return ":".join((route, str(trip.direction_id), text(trip.start_date, "start_date"), start)) if route else ""
