# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sources of the soak: Havendam, each kind that a local server can play the part of, and those with worlds of their own."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed
from hanze.node import sources
from tests.prove.seen import check
from tests.prove.soak.pace import World, until_it_holds
from tests.prove.soak.replay import Replay
from tests.prove.soak.talk import Talk

EVERY = 1.0
"""Seconds of the machine, ten minutes of the clock."""

STATUSES = ("fresh", "late", "failing")

PARKING = Shape(
    "OffStreetParking", "urn:ngsi-ld:OffStreetParking:{id}", "spots", (Part("free", "free", unit="C62"),), Moment("at")
)


Excuses = Mapping[str, tuple[str, ...]]
"""By the name of a source: words in what it may say of the other side, which the prover made fail."""


def declare(folder: Path, replay: Replay, worlds: Iterable[World], seed: int) -> Excuses:
    """Writes their files; the names, and what each may say."""
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
    for world in worlds:
        sources.add(folder, replace(world.feed(), name=world.name))
    return {name: ("503",) for name in asked} | {"havendam": ()} | {world.name: world.excuses for world in worlds}


def wait(talk: Talk, worlds: Iterable[World]) -> None:
    """Until those that speak for themselves have begun to."""
    for world in worlds:
        if world.speaks:
            until_it_holds(partial(_begun, talk, world.name))


def _begun(talk: Talk, name: str) -> None:
    check(talk.sources().get(name, {}).get("record", {}).get("news"), f"{name} has not begun")


def check_all(talk: Talk, excuses: Excuses) -> None:
    """Each has brought something, none has refused anything, and one that fails says that its other side did."""
    told = talk.sources()
    for name, words in excuses.items():
        one = told[name]
        check(one["record"].get("news"), f"{name} has brought nothing: {one['detail']}")
        # A part of a source that fails is told so too.
        wrong = [reason for reason in one["record"].get("reasons", ()) if not _excused(reason, words)]
        check(not wrong, f"{name} has refused something: {wrong}")
        check(one["status"] in STATUSES, f"{name} is {one['status']}")
        check(one["status"] != "failing" or _excused(one["detail"], words), f"{name} fails: {one['detail']}")


def _excused(told: str, words: tuple[str, ...]) -> bool:
    return any(word in told for word in words)
