# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at GBFS systems on loopback: what is due is asked for, what is gone is told, what fails keeps back nothing else."""

from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.gbfs import Gbfs
from hanze.feeds.source import Feed, Found, Get, Option, State
from tests.feeds.kinds.gbfs.making import AT, NOW, ROUEN, SECOND, bike, encoded, listing, station, status
from tests.feeds.kinds.reading import value, values
from tests.feeds.kinds.serving import Reply, Source, asking, source

pytestmark = pytest.mark.anyio

NO_ROOM = Reply(status=429, headers={"Retry-After": "120"})
NAMES = ("station_information", "station_status", "free_bike_status", "vehicle_types")


class System:
    """A running system of version 2.3, whose files can be exchanged between looks."""

    def __init__(self, running: Source, get: Get) -> None:
        self.running = running
        self.state: State = {}
        self._get = get
        self._told = 0
        self.files: dict[str, Reply | bytes] = {
            "/gbfs.json": listing("", *NAMES, ttl=3600),
            "/station_information.json": encoded(ttl=600, stations=[station("s1"), station("s2")]),
            "/station_status.json": encoded(stations=[status("s1"), status("s2")]),
            "/free_bike_status.json": encoded(bikes=[bike("b1", vehicle_type_id="x"), bike("b2")]),
            "/vehicle_types.json": encoded(ttl=86_400, vehicle_types=[{"vehicle_type_id": "x", "form_factor": "car"}]),
        }
        running.answers = self.files

    async def look(self, seconds: float = 0, **options: Option) -> Found:
        feed = Feed("gbfs", self.running.url("/gbfs.json"), name="town", options=options)
        found, state = await Gbfs().look(feed, self.state, self._get, NOW + int(seconds * SECOND))
        self.state = msgspec.json.decode(msgspec.json.encode(state))
        return found

    def asked(self) -> list[str]:
        """The files that were asked for since this was called last."""
        told = [path.strip("/").removesuffix(".json") for path in self.running.paths]
        fresh, self._told = told[self._told :], len(told)
        return fresh


async def test_the_first_look_gives_the_whole_system() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        found = await system.look()
        assert not found.refused
        assert [one.id for one in found.entities] == [
            "urn:ngsi-ld:BikeHireDockingStation:town:s1", "urn:ngsi-ld:BikeHireDockingStation:town:s2",
            "urn:ngsi-ld:BikeHireDockingStation:town:s1", "urn:ngsi-ld:BikeHireDockingStation:town:s2",
            "urn:ngsi-ld:Vehicle:town:b1", "urn:ngsi-ld:Vehicle:town:b2",
        ]  # fmt: skip
        assert values(found, "totalSlotNumber") == [10, 10]
        assert values(found, "availableBikeNumber") == [4, 4]
        assert values(found, "vehicleType") == ["car", "bicycle"], "kinds are known before the vehicles are read"
        assert found.observed == NOW


@pytest.mark.skipif(not ROUEN.exists(), reason="the recorded system is not here")
async def test_the_recorded_system_is_looked_at() -> None:
    async with source({}) as running, asking() as get:
        running.answers = {
            "/gbfs.json": listing("", "station_information", "station_status"),
            "/station_information.json": (ROUEN / "station_information.json").read_bytes(),
            "/station_status.json": (ROUEN / "station_status.json").read_bytes(),
        }
        feed = Feed("gbfs", running.url("/gbfs.json"), options={"system": "rouen"})
        found, _ = await Gbfs().look(feed, {}, get, NOW)
        assert (len(found.entities), found.refused, found.gone) == (244, [], [])
        assert found.entities[0].id == "urn:ngsi-ld:BikeHireDockingStation:rouen:5288"


async def test_version_3_is_looked_at() -> None:
    async with source({}) as running, asking() as get:
        at = "2026-01-01T00:00:00Z"
        running.answers = {
            "/gbfs.json": listing("", "station_status", "vehicle_status", "free_bike_status", version="3.0"),
            "/station_status.json": encoded("3.0", at=at, stations=[status("s1", last_reported=at)]),
            "/vehicle_status.json": encoded("3.0", at=at, vehicles=[{"vehicle_id": "v1", "lat": 52, "lon": 4}]),
        }
        found, _ = await Gbfs().look(Feed("gbfs", running.url("/gbfs.json")), {}, get, NOW)
        assert [one.id for one in found.entities] == [
            "urn:ngsi-ld:BikeHireDockingStation:gbfs:s1", "urn:ngsi-ld:Vehicle:gbfs:v1",
        ]  # fmt: skip
        assert not found.refused


async def test_no_file_is_asked_for_before_its_time() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        await system.look()
        system.asked()
        assert await system.look(30) == Found()
        assert system.asked() == []
        await system.look(59.5)
        assert system.asked() == ["station_status", "free_bike_status"]
        await system.look(600)
        assert system.asked() == ["station_information", "station_status", "free_bike_status"]
        await system.look(3600)
        assert system.asked() == ["gbfs", "station_information", "station_status", "free_bike_status"]
        found = await system.look(3660)
        assert values(found, "vehicleType") == ["car", "bicycle"], "the kinds are remembered"


async def test_vehicles_can_be_left_out() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        found = await system.look(vehicles=False)
        assert len(found.entities) == 4
        assert system.asked() == ["gbfs", "station_information", "station_status"]


async def test_what_is_no_longer_listed_is_gone() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        assert (await system.look()).gone == []
        system.files["/station_information.json"] = encoded(stations=[station("s2", lat="?"), station("s3")])
        docked = {"bike_id": "b2", "station_id": "s3", "is_reserved": False, "is_disabled": False}
        system.files["/free_bike_status.json"] = encoded(bikes=[docked, bike("b3")])
        found = await system.look(600)
        assert found.gone == [
            "urn:ngsi-ld:BikeHireDockingStation:town:s1", "urn:ngsi-ld:Vehicle:town:b1", "urn:ngsi-ld:Vehicle:town:b2",
        ]  # fmt: skip
        assert len(found.refused) == 1, "a station that is refused is not gone"
        assert (await system.look(1200)).gone == []


async def test_all_vehicles_may_be_gone_but_not_all_stations() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        await system.look()
        system.files["/station_information.json"] = encoded(stations=[])
        system.files["/free_bike_status.json"] = encoded(bikes=[])
        found = await system.look(600)
        assert found.gone == ["urn:ngsi-ld:Vehicle:town:b1", "urn:ngsi-ld:Vehicle:town:b2"]
        assert [(one.where, "is empty" in one.reason) for one in found.refused] == [("station_information", True)]


async def test_a_file_that_fails_keeps_back_no_other_and_is_left_alone() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        system.files["/free_bike_status.json"] = NO_ROOM
        found = await system.look()
        assert len(found.entities) == 4
        assert [one.where for one in found.refused] == ["free_bike_status"]
        system.asked()
        await system.look(60)
        assert "free_bike_status" not in system.asked()
        system.files["/free_bike_status.json"] = encoded(bikes=[bike("b9")])
        found = await system.look(120)
        assert value(found.entities[-1], "fleetVehicleId") == "b9"
        assert found.gone == [], "what was not read is not gone"


async def test_files_that_moved_are_found_again() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        await system.look()
        for name in NAMES:
            system.files[f"/new/{name}.json"] = system.files.pop(f"/{name}.json")
        system.files["/gbfs.json"] = listing("new/", *NAMES)
        system.asked()
        found = await system.look(60)
        assert len(found.entities) == 4
        assert not found.refused
        assert system.asked() == [
            "station_status", "free_bike_status", "gbfs", "new/station_status", "new/free_bike_status"
        ]  # fmt: skip


async def test_one_file_that_moved_is_found_the_next_time() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        await system.look()
        system.files["/bikes.json"] = system.files.pop("/free_bike_status.json")
        feeds: list[Any] = [{"name": "station_status", "url": "station_status.json"}]
        feeds.append({"name": "free_bike_status", "url": "bikes.json"})
        system.files["/gbfs.json"] = encoded(nl={"feeds": feeds})
        assert len((await system.look(60)).entities) == 2
        assert len((await system.look(120)).entities) == 4


@pytest.mark.parametrize(
    ("answer", "told", "wait"),
    [
        (NO_ROOM, "429", 120),
        (Reply(status=500), "500", 0),
        (b"<html>", "is not JSON", 0),
        (Reply(encoded(stations=[]), promised=9), "closed", 0),
        (Reply(encoded(stations=[]), after=3), "within", 0),
        (encoded(places=[]), "has no member data.stations", 0),
        (encoded("4.0"), r"version '4\.0'", 0),
        (b"[" * 100_000, "is not JSON", 0),
        (b" " * (17 << 20), "more than 16 MB", 0),
    ],
)
async def test_where_all_files_fail_the_source_fails(answer: Reply | bytes, told: str, wait: float) -> None:
    async with source({}) as running, asking(seconds=0.3) as get:
        system = System(running, get)
        system.files["/gbfs.json"] = listing("", "station_status")
        system.files["/station_status.json"] = answer
        with pytest.raises(SourceFailed, match=told) as failed:
            await system.look()
        assert (failed.value.wait, bool(failed.value.advice)) == (wait, True)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Reply(status=404), "404"),
        (b"<html>", "gbfs.json is not JSON"),
        (listing("", "system_information"), "lists no stations and no vehicles"),
        (encoded(stations=[]), "gbfs.json has no member feeds"),
    ],
)
async def test_an_address_that_is_no_list_of_files(answer: Reply | bytes, told: str) -> None:
    async with source({"/gbfs.json": answer}) as running, asking() as get:
        with pytest.raises(SourceFailed, match=told) as failed:
            await Gbfs().look(Feed("gbfs", running.url("/gbfs.json")), {}, get, NOW)
        assert failed.value.advice


async def test_a_file_on_an_address_that_must_not_be_called_is_not_called() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        system.files["/gbfs.json"] = listing("http://169.254.169.254/latest/", "station_status")
        with pytest.raises(SourceFailed, match="is no public address"):
            await system.look()


async def test_another_address_or_option_begins_anew() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        await system.look()
        system.asked()
        found = await system.look(1, system="other")
        assert system.asked()[0] == "gbfs"
        assert (len(found.entities), found.gone) == (6, [])


async def test_a_moment_of_the_future_is_not_the_newest() -> None:
    async with source({}) as running, asking() as get:
        system = System(running, get)
        system.files["/station_status.json"] = encoded(stations=[status(last_reported=AT + 86_400)])
        assert (await system.look(30)).observed == NOW + 30 * SECOND


async def test_wrong_options_are_told_of() -> None:
    async with asking() as get:
        wrong = Feed("gbfs", "http://127.0.0.1/", options={"vehicle": True})
        with pytest.raises(SourceFailed, match="vehicle") as failed:
            await Gbfs().look(wrong, {}, get, NOW)
        assert "system, language, vehicles" in failed.value.advice
