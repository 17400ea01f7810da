# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world of each kind of source, one line each; and those of other packages, which HANZE_CONNECTORS names as module:NAME."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import msgspec

from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed
from hanze.ngsild import times
from tests.contract.connectors.worlds import LICENCE, PROVIDER, SECRET, Case, World, http
from tests.feeds.kinds.datex import AT, measured3, quantity3, site3
from tests.feeds.kinds.files.making import HEADER, TABLE, rows
from tests.feeds.kinds.gbfs.making import bike, encoded, listing, station, status
from tests.feeds.kinds.luchtmeetnet.test_looking import NOW, Network
from tests.feeds.kinds.ngsild.others import ORION, Other
from tests.feeds.kinds.test_gtfs_rt import feed as realtime
from tests.feeds.kinds.test_gtfs_rt import vehicle
from tests.feeds.kinds.test_mqtt import Broker
from tests.feeds.kinds.test_sensor_community import reading
from tests.feeds.kinds.zips import packed

PARKING = Shape(
    "OffStreetParking", "urn:ngsi-ld:OffStreetParking:{id}", "spots", (Part("availableSpotNumber", "free"),), Moment("at"),
)  # fmt: skip
SPOTS = msgspec.json.encode({"spots": [{"id": "quay", "free": 12, "at": AT}, {"id": "odd", "free": "many", "at": AT}]})
MESSAGES = Shape(
    "Sensor", "urn:ngsi-ld:Sensor:{part[1]}", attribute=(Part("no2", "payload.v"),), time=Moment("payload.at")
)

NOON = times.parse(AT)
NEW_YEAR = times.parse("2026-01-01T00:00:00Z")

GBFS = {
    "/gbfs.json": listing("", "station_information", "station_status", "free_bike_status", ttl=0),
    "/station_information.json": encoded(ttl=0, stations=[station()]),
    "/station_status.json": encoded(ttl=0, stations=[status()]),
    "/free_bike_status.json": encoded(ttl=0, bikes=[bike()]),
}
MEASURED = measured3(site3("A", [quantity3(1, "flow", 240)]))


class Messages(World):
    """A mosquitto that keeps what was said, and says it to whoever comes."""

    faults = ("gone",)
    secrets = (SECRET,)

    def __init__(self, broker: Broker) -> None:
        named: dict[str, Any] = {"name": "mine", "provider": PROVIDER, "licence": LICENCE}
        options: dict[str, Any] = {"topics": ["city/#"], "user": "me", "password": SECRET}
        super().__init__(
            Feed("mqtt", f"mqtt://127.0.0.1:{broker.port}", options=options, mapping=MESSAGES, **named), NOON
        )
        self._broker = broker

    async def fail(self, fault: str) -> None:
        self._broker.stop()

    async def mend(self) -> None:
        await self._broker.start()
        await self.again()

    async def again(self) -> None:
        await self._broker.say(("city/quay", {"v": 21.5, "at": AT}), ("city/odd", {"v": "much"}), retain=True)


@asynccontextmanager
async def messages(folder: Path) -> AsyncIterator[World]:
    world = Messages(Broker(folder))
    await world.mend()
    try:
        yield world
    finally:
        await world.fail("gone")


class Folder(World):
    """A folder of this machine with one table in it."""

    faults = ("gone",)

    def __init__(self, folder: Path) -> None:
        named: dict[str, Any] = {"name": "mine", "provider": PROVIDER, "licence": LICENCE}
        super().__init__(Feed("files", str(folder / "watched"), table=TABLE, **named), NEW_YEAR + 9_000_000)
        self._folder, self._away = folder / "watched", folder / "away"
        self._folder.mkdir()
        (self._folder / "air.csv").write_text(HEADER + rows(10) + "a,yesterday,1\n")

    async def fail(self, fault: str) -> None:
        self._folder.rename(self._away)

    async def mend(self) -> None:
        self._away.rename(self._folder)

    async def again(self) -> None:
        os.utime(self._folder / "air.csv")


@asynccontextmanager
async def files(folder: Path) -> AsyncIterator[World]:
    yield Folder(folder)


class Devices(World):
    """Another broker, which answers as Orion-LD does."""

    faults = ("gone",)
    secrets = (SECRET,)

    def __init__(self, other: Other) -> None:
        named: dict[str, Any] = {"name": "mine", "provider": PROVIDER, "licence": LICENCE}
        options: dict[str, Any] = {"token": SECRET, "callback": "http://127.0.0.1:1"}
        super().__init__(Feed("ngsild", other.server.url("/"), options=options, **named), None)
        self._other = other

    async def fail(self, fault: str) -> None:
        self._other.down = True

    async def mend(self) -> None:
        self._other.down = False

    async def again(self) -> None:
        self._other.put(1, level=1)


@asynccontextmanager
async def devices(folder: Path) -> AsyncIterator[World]:
    other = Other(ORION)
    async with other.serve():
        other.put(1, level=1)
        yield Devices(other)


class Town(World):
    """Nobody is asked: the town is worked out."""

    steady = False
    provider = "Havendam (simulated)"


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[World]:
    options: dict[str, Any] = {"months": 0}
    feed = Feed("havendam", "havendam", "mine", provider=PROVIDER, licence=LICENCE, options=options)
    yield Town(feed, NOW // 300_000_000 * 300_000_000)


CASES: Sequence[Case] = (
    Case("files", files, frozenset({"a"})),
    Case("gbfs", http("gbfs", "/gbfs.json", GBFS, NEW_YEAR, remembers=False), frozenset({"s1", "b1"})),
    Case("gtfs", http("gtfs", "/gtfs.zip", {"/gtfs.zip": packed()}, None), frozenset({"HTM", "HS1"})),
    Case("gtfs_rt", http("gtfs_rt", "/live.pb", {"/live.pb": realtime(vehicle())}, NEW_YEAR - 10_000_000), frozenset({"v1"})),
    Case("havendam", town, frozenset()),
    Case("json", http("json", "/p.json", {"/p.json": SPOTS}, NOON, mapping=PARKING), frozenset({"quay"})),
    Case(
        "luchtmeetnet", http("luchtmeetnet", "/open_api", Network(2).answers(), NOON, secret=False, remembers=False, hours=1.0),
        frozenset({"NL00001", "NL00002"}),
    ),
    Case("mqtt", messages, frozenset({"quay"}), "mosquitto"),
    Case("ndw", http("ndw", "/speed.xml", {"/speed.xml": MEASURED}, NOON), frozenset({"A"})),
    Case("ngsild", devices, frozenset({"1"})),
    Case(
        "sensor_community",
        http("sensor_community", "/d.json", {"/d.json": msgspec.json.encode([reading(7, P1="4")])}, NOON), frozenset({"7"}),
    ),
    *(resolve_name(place) for place in os.environ.get("HANZE_CONNECTORS", "").split(",") if place),
)  # fmt: skip
