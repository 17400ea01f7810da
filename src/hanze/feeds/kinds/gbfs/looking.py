# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks for the files of a GBFS system, each no sooner again than its ttl says."""

import asyncio
import hashlib
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from msgspec import Struct

from hanze.errors import SourceFailed
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.gbfs import files, stations, vehicles
from hanze.feeds.kinds.gbfs.files import File
from hanze.feeds.source import Feed, Found, Get, Refused, State

SECOND = 1_000_000
MOST_BYTES = 16 << 20

LIST, INFORMATION, STATUS, TYPES = "gbfs", "station_information", "station_status", "vehicle_types"
VEHICLES = ("vehicle_status", "free_bike_status")
"""The names of one file, the newer first: since version 3, and before."""


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`system`: part of each id, else the name of the feed. `language`: such as nl. `vehicles`: also each free vehicle."""

    system: str = ""
    language: str = ""
    vehicles: bool = True


class Memory(Struct):
    """`of`: stands for the URL and options that it holds for. `places`: the files of the system and their URLs. `until`: file
    to the moment before which it is not asked for again, in microseconds. `stations`, `vehicles`: what was listed last.
    `types`: kind to vehicleType."""

    of: str = ""
    places: dict[str, str] = {}
    until: dict[str, int] = {}
    stations: list[str] = []
    vehicles: list[str] = []
    types: dict[str, str] = {}


class Gbfs:
    """`look` begins at the feed's URL, that of gbfs.json, and asks for those files of the system that are due."""

    kind: ClassVar[str] = "gbfs"
    every: ClassVar[float] = 60.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        chosen = answers.options(feed, Options)
        memory = answers.memory(state, Memory)
        of = _of(feed)
        look = _Look(feed, chosen, memory if memory.of == of else Memory(of), get, now)
        await look.all()
        return look.found, answers.remembered(look.memory)


class _Look:
    def __init__(self, feed: Feed, chosen: Options, memory: Memory, get: Get, now: int) -> None:
        self.found = Found()
        self.memory = memory
        self._feed = feed
        self._chosen = chosen
        self._system = chosen.system or feed.name or "gbfs"
        self._get = get
        self._now = now

    async def all(self) -> None:
        """Every file that is due; one that fails does not keep back the others. Errors: SourceFailed where all fail."""
        known = None if self._due(LIST) else self.memory.places
        if known is None:
            await self._list()
        failures = await self._round()
        if failures and known is not None and not any(error.wait for error in failures):
            # The system may have moved its files before the list of them was due again.
            await self._list()
            if known != self.memory.places:
                failures = await self._round()
        if failures:
            raise failures[0]
        if self.found.observed is not None:
            self.found.observed = min(self.found.observed, self._now)

    async def _round(self) -> list[SourceFailed]:
        """Takes every file that is due; why they failed where all did, else nothing."""
        failures: list[SourceFailed] = []
        refused: list[Refused] = []
        wanted = self._wanted()
        for name in wanted:
            try:
                await self._take(name, self.memory.places[name])
            except SourceFailed as error:
                failures.append(error)
                refused.append(Refused(name, error.detail))
                self.memory.until[name] = self._now + int(error.wait * SECOND)
        if len(failures) == len(wanted):
            return failures
        if refused:
            self.found.refused += refused
            self.memory.until.pop(LIST, None)
        return []

    async def _list(self) -> None:
        """Learns where the files are."""
        file = await self._file(LIST, self._feed.url)
        self.memory.places = files.listed(file, self._feed.url, self._chosen.language)
        if not {INFORMATION, STATUS, *VEHICLES} & self.memory.places.keys():
            raise SourceFailed(
                f"{file.name} lists no stations and no vehicles.", "Give the address of gbfs.json of the system as url."
            )
        self._rest(LIST, file)

    def _wanted(self) -> list[str]:
        """The files that are due, kinds of vehicles before the vehicles themselves."""
        names = [INFORMATION, STATUS]
        if self._chosen.vehicles:
            names += [TYPES, next((one for one in VEHICLES if one in self.memory.places), VEHICLES[0])]
        return [name for name in names if name in self.memory.places and self._due(name)]

    async def _take(self, name: str, url: str) -> None:
        file = await self._file(name, url)
        # A large system takes a while to read, in which the node must do other work too.
        found = await asyncio.to_thread(self._read, name, file)
        self.found.entities += found.entities
        self.found.refused += found.refused
        self.found.gone += found.gone
        if found.observed is not None:
            self.found.observed = max(found.observed, self.found.observed or 0)
        self._rest(name, file)

    def _read(self, name: str, file: File) -> Found:
        memory, system = self.memory, self._system
        if name == STATUS:
            return stations.decode_status(file, system)
        if name == TYPES:
            memory.types = vehicles.decode_types(file)
            return Found()
        if name == INFORMATION:
            found, ids = stations.decode_information(file, system, self._chosen.language)
            if ids or not memory.stations:
                found.gone = [stations.identity(system, one) for one in _missing(memory.stations, ids)]
                memory.stations = ids
            else:
                found.refused.append(Refused(name, "the list of stations is empty; those that were there are kept."))
            return found
        found, ids = vehicles.decode_vehicles(file, system, memory.types)
        found.gone = [vehicles.identity(system, one) for one in _missing(memory.vehicles, ids)]
        memory.vehicles = ids
        return found

    async def _file(self, name: str, url: str) -> File:
        response = await self._get(url, {"Accept": "application/json"}, most_bytes=MOST_BYTES)
        return await asyncio.to_thread(files.opened, response.body, f"{name}.json")

    def _due(self, name: str) -> bool:
        # A second early is in time: looks that come as often as the ttl would else miss each second turn.
        return self._now + SECOND >= self.memory.until.get(name, 0)

    def _rest(self, name: str, file: File) -> None:
        self.memory.until[name] = self._now + int(file.ttl * SECOND)


def _of(feed: Feed) -> str:
    # A hash, since a URL may hold a key and a state must hold none.
    return hashlib.sha256(msgspec.json.encode([feed.url, feed.name, feed.options])).hexdigest()[:16]


def _missing(before: Iterable[str], now: Iterable[str]) -> list[str]:
    there = set(now)
    return [one for one in before if one not in there]
