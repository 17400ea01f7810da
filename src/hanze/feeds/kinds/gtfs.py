# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""GTFS: the stops, routes and agencies of public transport, from a zip with a timetable.

Options: `box`, west, south, east and north such as "4.2,52.0,4.5,52.2", takes the stops in it only; `agencies` takes those
agencies and their routes only, by agency_id. Ids have the name of the source in them, so that two timetables do not mix.

Source: GTFS Schedule reference (gtfs.org); Smart Data Models, dataModel.UrbanMobility.
"""

import asyncio
from collections.abc import Callable
from typing import ClassVar

import msgspec

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds import making
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.box import Box, box
from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.kinds.gtfs_tables import ADVICE, Row, Tables
from hanze.feeds.source import Feed, Found, Get, Refused, State
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity

MOST_BYTES = 256 << 20
MOST_ENTITIES = 500_000

PLACES = {"": "GtfsStop", "0": "GtfsStop", "1": "GtfsStation", "2": "GtfsAccessPoint"}
"""location_type to type of entity; the nodes inside of a station (3 and 4) are left out."""

ONLY = "only"
"""Id of the agency where a feed has one and gives it none."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the feed's file may choose."""

    box: str = ""
    agencies: frozenset[str] = frozenset()


class Memory(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered: the mark of the zip and the ids that it listed."""

    file: Mark = Mark()
    listed: list[str] = []


class Gtfs:
    """Asks for the zip where it changed."""

    kind: ClassVar[str] = "gtfs"
    every: ClassVar[float] = 3600.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        wanted, before = answers.options(feed, Options), answers.memory(state, Memory)
        place = box(wanted.box)
        data, mark = await fresh(feed, before.file, get, MOST_BYTES)
        if data is None:
            return Found(), state
        found = await asyncio.to_thread(decode, data, feed.name, place, wanted.agencies)
        listed = {entity.id for entity in found.entities}
        found.gone = sorted(set(before.listed) - listed)
        return found, answers.remembered(Memory(mark, sorted(listed)))


def decode(data: bytes, name: str, box: Box | None = None, agencies: frozenset[str] = frozenset()) -> Found:
    """The entities of a GTFS zip. `name`: of the source, a part of every id. Errors: SourceFailed."""
    tables = Tables(data)
    found = Found([], [])
    wanted = agencies.__contains__ if agencies else _any
    _add(found, tables, "agency.txt", ("agency_name",), lambda row: _agency(name, row, wanted))
    _add(found, tables, "routes.txt", ("route_id", "route_type"), lambda row: _route(name, row, wanted))
    _add(found, tables, "stops.txt", ("stop_id",), lambda row: _stop(name, row, box))
    if not found.entities and found.refused:
        first = found.refused[0]
        raise SourceFailed(f"Nothing in the zip can be used; {first.where}: {first.reason}", ADVICE)
    return found


def stop_id(name: str, id: str) -> str:
    """The entity of a stop of the timetable `name`."""
    return making.urn("GtfsStop", name, id)


def route_id(name: str, id: str) -> str:
    return making.urn("GtfsRoute", name, id)


def _any(_: str) -> bool:
    return True


def _add(
    found: Found, tables: Tables, table: str, needed: tuple[str, ...], make: Callable[[Row], Entity | None]
) -> None:
    seen = set()
    for line, row in tables.rows(table, needed):
        try:
            _check_text(row)
            entity = make(row)
            if entity is None:
                continue
            if entity.id in seen:
                raise BadRequestData("the id comes a second time in the table.")
        except BadRequestData as error:
            found.refused.append(Refused(f"{table} line {line}", error.detail))
            continue
        seen.add(entity.id)
        found.entities.append(entity)
        if len(found.entities) > MOST_ENTITIES:
            raise SourceFailed(f"The zip has more than {MOST_ENTITIES} entities.", "Take fewer with the option box.")


def _agency(name: str, row: Row, wanted: Callable[[str], bool]) -> Entity | None:
    id = row.get("agency_id") or ONLY
    if not wanted(id):
        return None
    return making.entity(
        making.urn("GtfsAgency", name, id),
        "GtfsAgency",
        {
            "name": making.plain(_needed(row, "agency_name")),
            "page": making.plain(row.get("agency_url")),
            "phone": making.plain(row.get("agency_phone")),
            "timezone": making.plain(row.get("agency_timezone")),
            "language": making.plain(row.get("agency_lang")),
        },
    )


def _route(name: str, row: Row, wanted: Callable[[str], bool]) -> Entity | None:
    agency = row.get("agency_id") or ONLY
    if not wanted(agency):
        return None
    kind = _needed(row, "route_type")
    if not (kind.isascii() and kind.isdigit()):
        raise BadRequestData(f"route_type is {shown(kind)}; it is to be a number of the GTFS reference.")
    return making.entity(
        route_id(name, _needed(row, "route_id")),
        "GtfsRoute",
        {
            "shortName": making.plain(row.get("route_short_name")),
            "name": making.plain(row.get("route_long_name") or row.get("route_short_name")),
            "description": making.plain(row.get("route_desc")),
            "page": making.plain(row.get("route_url")),
            "routeType": making.plain(kind),
            "routeColor": making.plain(row.get("route_color")),
            "routeTextColor": making.plain(row.get("route_text_color")),
            "operatedBy": making.link(making.urn("GtfsAgency", name, agency)),
        },
    )


def _stop(name: str, row: Row, box: Box | None) -> Entity | None:
    kind = row.get("location_type", "")
    if kind in ("3", "4"):
        return None
    if kind not in PLACES:
        raise BadRequestData(f"location_type is {shown(kind)}; it is to be 0 to 4.")
    location = making.point(_needed(row, "stop_lon"), _needed(row, "stop_lat"))
    if location is None or (box is not None and not box.holds(*location["value"]["coordinates"])):
        return None
    parent = row.get("parent_station")
    return making.entity(
        making.urn(PLACES[kind], name, _needed(row, "stop_id")),
        PLACES[kind],
        {
            "name": making.plain(_needed(row, "stop_name")),
            "code": making.plain(row.get("stop_code")),
            "description": making.plain(row.get("stop_desc")),
            "page": making.plain(row.get("stop_url")),
            "zoneCode": making.plain(row.get("zone_id")),
            "timezone": making.plain(row.get("stop_timezone")),
            "wheelChairAccessible": making.plain(row.get("wheelchair_boarding")),
            "location": location,
            "hasParentStation": making.link(making.urn("GtfsStation", name, parent) if parent else None),
        },
    )


def _needed(row: Row, column: str) -> str:
    value = row.get(column)
    if not value:
        raise BadRequestData(f"{column} is empty.")
    return value


def _check_text(row: Row) -> None:
    for column, value in row.items():
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise BadRequestData(f"{column} is {shown(value)}, which is not UTF-8.")
