# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The simulated town: 18 months of all its sensors, worked out hour by hour, and all of them at one moment."""

import time

from benchmarks.table import Row
from hanze.feeds.havendam.city import City
from hanze.ngsild import times

START, END = times.parse("2025-01-01T00:00:00Z"), times.parse("2026-07-01T00:00:00Z")
ASKED = 10.0
"""Seconds of processor time."""

MOMENTS = 50


def havendam() -> list[Row]:
    city, begin = City(), time.process_time()
    found = [len(one.moments) for one in city.hours(START, END)]
    spent = time.process_time() - begin
    begin = time.process_time()
    for number in range(MOMENTS):
        city.now(START + number * 3_600_000_000)
    one = (time.process_time() - begin) / MOMENTS
    return [
        Row(
            f"Havendam: 18 months by the hour, {len(found)} series",
            f"{ASKED:.0f} s of processor time",
            f"{spent:.2f} s for {sum(found):,} readings; all sensors at one moment in {1000 * one:.0f} ms",
            ASKED / spent,
        )
    ]
