# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""GTFS Realtime: where vehicles are, how late trips run and what goes wrong, from a feed in protobuf.

Option: `gtfs`, the name of the source with the timetable; then vehicles, trips and alerts are linked to its routes and stops.
An entity that the feed lists no longer is gone. Ids have the name of the source in them.

Source: GTFS Realtime reference 2.0 (gtfs.org); Smart Data Models, dataModel.Transportation and dataModel.Alert.
"""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.kinds.gtfs_rt_alert import alert
from hanze.feeds.kinds.gtfs_rt_fields import Names, Reading, moment
from hanze.feeds.kinds.gtfs_rt_message import ADVICE, entity, message
from hanze.feeds.kinds.gtfs_rt_trip import trip
from hanze.feeds.kinds.gtfs_rt_vehicle import vehicle
from hanze.feeds.source import Feed, Found, Get, Refused, State

MOST_BYTES = 32 << 20

READERS: dict[str, Callable[[Any, Names, int | None], Reading]] = {
    "vehicle": vehicle, "trip_update": trip, "alert": alert,
}  # fmt: skip


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the feed's file may choose."""

    gtfs: str = ""


class Memory(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered: the mark of the file and the ids that it listed."""

    file: Mark = Mark()
    listed: list[str] = []


class Decoded(msgspec.Struct):
    """`found.gone`: only what the feed says itself. `full`: what it does not list is gone too."""

    found: Found
    full: bool


class GtfsRealtime:
    """Asks for the feed where it changed."""

    kind: ClassVar[str] = "gtfs_rt"
    every: ClassVar[float] = 30.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        wanted, before = answers.options(feed, Options), answers.memory(state, Memory)
        data, mark = await fresh(feed, before.file, get, MOST_BYTES)
        if data is None:
            return Found(), state
        decoded = await asyncio.to_thread(decode, data, Names(feed.name, wanted.gtfs))
        found, known = decoded.found, set(before.listed)
        listed = {one.id for one in found.entities}
        if decoded.full:
            found.gone = sorted(known - listed)
        else:
            listed = (known | listed) - set(found.gone)
        return found, answers.remembered(Memory(mark, sorted(listed)))


def decode(data: bytes, names: Names) -> Decoded:
    """The entities of a feed. Errors: SourceFailed where it is no GTFS Realtime, was cut off, or nothing can be used."""
    parts = message(data)
    found = Found([], [], [])
    told = _told(parts.timestamp, found)
    newest: dict[str, Reading] = {}
    for number, part in enumerate(parts.entities, 1):
        where = f"entity {number}"
        try:
            entry = entity(part)
            where = f"entity {entry.id!r}"
            for reading in (READERS[kind](entry, names, told) for kind in READERS if entry.HasField(kind)):
                found.refused += [Refused(f"{where} {field}", reason) for field, reason in reading.refused]
                if entry.is_deleted:
                    found.gone.append(reading.entity.id)
                else:
                    _keep(reading, newest)
        except BadRequestData as error:
            found.refused.append(Refused(where, error.detail))
    found.entities = [reading.entity for reading in newest.values()]
    if found.refused and not found.entities and not found.gone:
        raise SourceFailed(f"Nothing of the feed can be used; {found.refused[0].reason}", ADVICE)
    moments = (reading.at for reading in newest.values() if reading.at is not None)
    found.observed = max(moments, default=told)
    return Decoded(found, parts.full)


def _keep(reading: Reading, newest: dict[str, Reading]) -> None:
    """What comes twice is told by its newest reading; a vehicle of several carriages may be listed for each."""
    other = newest.get(reading.entity.id)
    if other is None or (reading.at or 0) > (other.at or 0):
        newest[reading.entity.id] = reading


def _told(seconds: int, found: Found) -> int | None:
    try:
        return moment(seconds, "header.timestamp")
    except BadRequestData as error:
        found.refused.append(Refused("header", error.detail))
        return None
