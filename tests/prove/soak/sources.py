# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sources of the soak: Havendam, and each kind that a local server can play the part of."""

from pathlib import Path

from msgspec.structs import replace

from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed
from hanze.node import sources
from tests.prove.seen import check
from tests.prove.soak.replay import Replay
from tests.prove.soak.talk import Talk

EVERY = 1.0
"""Seconds of the machine, ten minutes of the clock."""

STATUSES = ("fresh", "late", "failing")

PARKING = Shape(
    "OffStreetParking", "urn:ngsi-ld:OffStreetParking:{id}", "spots", (Part("free", "free", unit="C62"),), Moment("at")
)


def declare(folder: Path, replay: Replay, seed: int) -> list[str]:
    """Writes their files; the names."""
    asked = {
        "parking": Feed("json", replay.url("/parking.json"), mapping=PARKING),
        "bicycles": Feed("gbfs", replay.url("/gbfs.json")),
        "homes": Feed("sensor_community", replay.url("/sensors.json")),
        "timetable": Feed("gtfs", replay.url("/transit.zip")),
        "vehicles": Feed("gtfs_rt", replay.url("/vehicles.pb")),
        "roads": Feed("ndw", replay.url("/trafficspeed.xml")),
        "air": Feed("luchtmeetnet", replay.url("/open_api/"), options={"stations": ["NL00001"]}),
    }
    for name, feed in asked.items():
        sources.add(folder, replace(feed, name=name, every=EVERY))
    town = Feed("havendam", "simulated:havendam", "havendam", options={"seed": seed, "months": 2})
    sources.add(folder, town)
    return [*asked, "havendam"]


def check_all(talk: Talk, names: list[str]) -> None:
    """Each has brought something, none has refused anything, and one that fails says that its server did."""
    told = talk.sources()
    for name in names:
        one = told[name]
        check(one["record"].get("news"), f"{name} has brought nothing: {one['detail']}")
        # A part of a source that fails is told so too.
        wrong = [reason for reason in one["record"].get("reasons", ()) if "503" not in reason]
        check(not wrong, f"{name} has refused something: {wrong}")
        check(one["status"] in STATUSES, f"{name} is {one['status']}")
        check(one["status"] != "failing" or "503" in one["detail"], f"{name} fails: {one['detail']}")
