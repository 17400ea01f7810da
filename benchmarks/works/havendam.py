# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The simulated town: 18 months worked out hour by hour, all sensors at one moment, and a node that takes both in."""

import json
import time
from collections.abc import Iterator

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row
from hanze.feeds.havendam.city import City
from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.node import sources

START, END = times.parse("2025-01-01T00:00:00Z"), times.parse("2026-07-01T00:00:00Z")
ASKED = 10.0
"""Seconds of processor time."""

MOMENTS = 50

FIRST_WITHIN, ALL_WITHIN = 10.0, 90.0
"""Seconds from the moment that its file is written to the first entities, and to 18 months of history."""

PATH = "/ngsi-ld/v1/entities"
PAUSE = 0.005


def havendam() -> list[Row]:
    return [_computed(), *_taken_in()]


def _computed() -> Row:
    city, begin = City(), time.process_time()
    found = [len(one.moments) for one in city.hours(START, END)]
    spent = time.process_time() - begin
    begin = time.process_time()
    for number in range(MOMENTS):
        city.now(START + number * 3_600_000_000)
    one = (time.process_time() - begin) / MOMENTS
    return Row(
        f"Havendam: 18 months by the hour, {len(found)} series",
        f"{ASKED:.0f} s of processor time",
        f"{spent:.2f} s for {sum(found):,} readings; all sensors at one moment in {1000 * one:.0f} ms",
        ASKED / spent,
    )


def _taken_in() -> list[Row]:
    with fresh() as node:
        begin = time.perf_counter()
        sources.add(node.folder, Feed("havendam", "simulated:havendam", "havendam", options={"months": 18}))
        first, spent, looks = _followed(node, begin)
        looks.sort()
        p99 = looks[len(looks) * 99 // 100] * 1000
        return [
            Row("Havendam in a node: first entities", f"{FIRST_WITHIN:.0f} s", f"{first:.1f} s", FIRST_WITHIN / first),
            Row(
                "Havendam in a node: back-fill of 18 months", f"{ALL_WITHIN:.0f} s",
                f"{spent:.1f} s; p99 of a query meanwhile {p99:.0f} ms, {node.rss():.0f} MB in the end", ALL_WITHIN / spent,
            ),
        ]  # fmt: skip


def _followed(node: Running, begin: float) -> tuple[float, float, list[float]]:
    """Seconds to the first entities and to the end, and how long each query in between took."""
    looks: list[float] = []
    first = 0.0
    for seconds, status in _asked(node):
        looks.append(seconds)
        first = first or (time.perf_counter() - begin if status else 0.0)
        if status == "The source is in order.":
            return first, time.perf_counter() - begin, looks
    raise AssertionError("never reached")


def _asked(node: Running) -> Iterator[tuple[float, str]]:
    """A query after the other: seconds that it took, and what is told of the source; empty before its first look."""
    connection = client.Connection(node.port)
    source = f"{PATH}/urn:ngsi-ld:Source:node:havendam?options=simplified"
    while True:
        begin = time.perf_counter()
        _, found = connection.call("GET", f"{PATH}?type=AirQualityObserved&limit=5&options=simplified")
        seconds = time.perf_counter() - begin
        status, told = connection.call("GET", source)
        detail = next((v for k, v in json.loads(told).items() if k.endswith("detail")), "") if status == 200 else ""
        yield seconds, detail if json.loads(found) else ""
        time.sleep(PAUSE)
