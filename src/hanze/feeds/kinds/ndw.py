# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""NDW: flows, speeds and travel times of roads, in DATEX II v2 or v3, as XML that may be packed with gzip.

Options: `site_table`, the URL of the table of sites, gives places, and one value for all lanes; `sites` takes those sites
only; `box`, west, south, east and north such as "4.2,52.0,4.5,52.2", takes the sites in it, and needs the table.

Source: NDW open data (opendata.ndw.nu); DATEX II v2 and v3, MeasuredDataPublication; Smart Data Models, TrafficFlowObserved.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

import msgspec

from hanze.errors import BadRequestData, HanzeError, SourceFailed
from hanze.feeds import making
from hanze.feeds.gzip import unpacked
from hanze.feeds.kinds import answers, ndw_sites
from hanze.feeds.kinds.box import box
from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.kinds.ndw_sites import Table
from hanze.feeds.kinds.ndw_values import instances, values
from hanze.feeds.source import Feed, Found, Get, Refused, State
from hanze.feeds.xml import ADVICE, records, text
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity

MOST_BYTES = 64 << 20
MOST_UNPACKED = 1 << 30
MOST_SITES = 200_000

RECORDS = frozenset({"siteMeasurements", "publicationTime"})

TABLE_EVERY = 86_400_000_000
TABLE_AGAIN = 3_600_000_000
"""Microseconds until the table is asked for again, and where that failed."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the feed's file may choose."""

    site_table: str = ""
    sites: frozenset[str] = frozenset()
    box: str = ""


class Memory(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered: the mark of the file."""

    file: Mark = Mark()


class Ndw:
    """Asks for the measurements where they changed, and once a day for the table of sites, which is kept in memory."""

    kind: ClassVar[str] = "ndw"
    every: ClassVar[float] = 60.0

    def __init__(self) -> None:
        self._table: Table | None = None
        self._due = 0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        wanted = answers.options(feed, Options)
        table = await self._sites(wanted, get, now)
        data, mark = await fresh(feed, answers.memory(state, Memory).file, get, MOST_BYTES)
        if data is None:
            return Found(), state
        sites = frozenset(table or ()) if wanted.box else wanted.sites
        found = await asyncio.to_thread(decode, data, table or {}, sites if wanted.box or wanted.sites else None)
        return found, answers.remembered(Memory(mark))

    async def _sites(self, wanted: Options, get: Get, now: int) -> Table | None:
        place = box(wanted.box)
        if not wanted.site_table:
            if place is not None:
                raise SourceFailed("The option box needs the option site_table.", "Give the URL of the table of sites.")
            return None
        if self._table is not None and now < self._due:
            return self._table
        try:
            answer = await get(wanted.site_table, most_bytes=ndw_sites.MOST_BYTES)
            self._table = await asyncio.to_thread(ndw_sites.decode, answer.body, wanted.sites, place)
            self._due = now + TABLE_EVERY
        except HanzeError:
            # The table of yesterday is better than no measurements.
            if self._table is None:
                raise
            self._due = now + TABLE_AGAIN
        return self._table


def decode(data: bytes, table: Table | None = None, sites: frozenset[str] | None = None) -> Found:
    """The entities of a MeasuredDataPublication. `sites`: those that are wanted; None is all. Errors: SourceFailed."""
    found = Found([], [])
    published = ""
    seen: set[str] = set()

    def unwanted(name: str, attributes: Mapping[str, str]) -> bool:
        if name != "measurementSiteReference":
            return False
        id = attributes.get("id", "")
        seen.add(id)
        if len(seen) > MOST_SITES:
            raise SourceFailed(f"There are more than {MOST_SITES} sites.", ADVICE)
        return sites is not None and id not in sites

    for record in records(unpacked(data, MOST_UNPACKED), RECORDS, unwanted):
        if record.tag == "publicationTime":
            published = text(record)
        else:
            _add(found, record, published, table or {})
    if not seen:
        raise SourceFailed(
            "The XML has no siteMeasurements with a measurementSiteReference; it holds no measured data of DATEX II.",
            ADVICE,
        )
    for id in sorted((sites or frozenset()) - seen):
        found.refused.append(Refused(f"site {id}", "it is not in what the source gave."))
    return found


def _add(found: Found, record: Element, published: str, table: Table) -> None:
    reference = record.find("measurementSiteReference")
    id = "" if reference is None else reference.get("id", "")
    where = f"site {id}"
    try:
        if not id:
            raise BadRequestData("measurementSiteReference has no id.")
        at = _moment(record, published)
        attributes, wrong = instances(values(record), table.get(id), times.text(at))
        found.refused += [Refused(f"{where} {one.attribute} {one.index}".strip(), one.reason) for one in wrong]
        if attributes:
            found.entities.append(_entity(id, attributes, table))
            found.observed = max(at, found.observed or at)
    except BadRequestData as error:
        found.refused.append(Refused(where, error.detail))


def _moment(record: Element, published: str) -> int:
    told = next(record.iter("measurementTimeDefault"), None)
    return times.parse(published if told is None else text(told), "measurementTimeDefault")


def _entity(id: str, attributes: dict[str, list[dict[str, Any]]], table: Table) -> Entity:
    site = table.get(id)
    made = making.entity(
        making.urn("TrafficFlowObserved", "NDW", id),
        "TrafficFlowObserved",
        {
            "name": making.plain(site.name) if site else None,
            "location": {"type": "GeoProperty", "value": site.place} if site and site.place else None,
        },
    )
    measured = {CORE.expand(name): several for name, several in attributes.items()}
    return Entity(made.id, made.types, {**made.attributes, **measured})
