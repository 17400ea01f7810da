# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Havendam in a whole node: killed at any moment of its back-fill it goes on, and in the end nothing is missing or doubled."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.diary import MONTH
from hanze.ngsild import times
from hanze.node.socket import Line
from tests.feeds.havendam.asking import HOUR
from tests.running import folder_of, running, until

MONTHS = 3
CONFIG = """
[city]
code = "havendam"
[demo]
clock = true
"""
SOURCE = """
kind = "havendam"
url = "simulated:havendam"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"

[options]
months = 3
"""
SENSOR = "urn:ngsi-ld:AirQualityObserved:havendam:01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = folder_of(tmp_path / "havendam", CONFIG)
    (made / "feeds").mkdir()
    (made / "feeds" / "havendam.toml").write_text(SOURCE)
    return made


def record(folder: Path) -> Any:
    """What `hanze feed status` is told of the source."""
    line = Line(folder)
    try:
        line.send("feed.list", {})
        (found,) = line.receive()["sources"]
        return found["record"]
    finally:
        line.close()


def done(folder: Path) -> int:
    """Months of history that are there."""
    found = record(folder)
    progress = found.get("progress")
    if progress is not None:
        return int(progress["done"])
    return MONTHS if found.get("looked") else 0


def test_a_back_fill_that_is_killed_goes_on_and_ends_whole(folder: Path) -> None:
    begun = times.system()
    for wanted in (1, 2):
        with running(folder) as node:
            until(lambda: node.ok("GET", "/entities?type=AirQualityObserved&options=simplified"), "the town is there")
            until(partial(_reached, folder, wanted), "a month more is told")
            node.process.kill()
            node.process.wait()
    with running(folder) as node:
        until(partial(_reached, folder, MONTHS), "all is told")
        now = node.ok("GET", f"/entities/{SENSOR}?options=simplified")
        past = node.ok("GET", f"/temporal/entities/{SENSOR}?attrs=no2&lastN=10000")["no2"]
    assert now["simulated"] is True
    assert now["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert (now["source"], now["dataProvider"]) == ("havendam", "Havendam (simulated)")
    assert {one["unitCode"] for one in past} == {"GQ"}
    told = [times.parse(one["observedAt"]) for one in past]
    assert len(told) == len(set(told)), "nothing is there twice"
    assert now["no2"] == max(past, key=lambda one: str(one["observedAt"]))["value"], (
        "the newest reading is the current one"
    )
    # The node was begun a second or two later, so the first hour may lie before its history.
    hours = next(
        one.moments
        for one in City(1).hours(begun - MONTHS * MONTH + HOUR, begun)
        if one.id == SENSOR and one.attribute == "no2"
    )
    assert set(hours) <= set(told)


def _reached(folder: Path, months: int) -> bool:
    return done(folder) >= months
