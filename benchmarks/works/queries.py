# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries beside a steady stream of updates, and what so many entities cost."""

import json
import random
import urllib.parse
from collections.abc import Callable
from functools import partial

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row

SECONDS = 10
UPDATES = 500
TARGET = f"/ngsi-ld/v1/entities?type={client.TYPE}&limit=20"


def level(chance: random.Random) -> str:
    low = chance.random() * 99
    return f"{TARGET}&q=" + urllib.parse.quote(f"level=={low:.4f}..{low + 1:.4f}")


def near(chance: random.Random) -> str:
    place = f"%5B{4.1 + chance.random() * 0.8:.4f},{52.1 + chance.random() * 0.8:.4f}%5D"
    return f"{TARGET}&georel=near;maxDistance==5000&geometry=Point&coordinates={place}"


def within(chance: random.Random) -> str:
    """A slanted quadrilateral, so that no box decides."""
    x, y = 4.1 + chance.random() * 0.7, 52.1 + chance.random() * 0.7
    ring = urllib.parse.quote(json.dumps([[[x, y], [x + 0.1, y + 0.01], [x + 0.1, y + 0.11], [x, y + 0.1], [x, y]]]))
    return f"{TARGET}&georel=within&geometry=Polygon&coordinates={ring}"


QUERIES: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    ("q of 1 %", level), ("near 5 km", near), ("within 0.1° by 0.1°", within),
)  # fmt: skip


def _counted(path: Callable[[random.Random], str], chance: random.Random) -> str:
    return path(chance) + "&count=true"


def _measured(node: Running, entities: int, limit: float) -> list[Row]:
    rows = []
    for name, path in QUERIES:
        for told, asked in (("without count", path), ("with count", partial(_counted, path))):
            stream = client.Updates(node.port, entities, UPDATES)
            times = client.measure(node.port, asked, SECONDS, 8)
            stream.stop()
            p95 = client.percentile(times, 0.95)
            rows.append(
                Row(
                    f"type + {name}, {told}; {entities:,} entities, 8 connections, {UPDATES} updates/s",
                    f"p95 < {limit:g} ms",
                    f"p95 {p95:.1f} ms, {len(times) / SECONDS:,.0f}/s",
                    limit / p95,
                )
            )
    return rows


def _start(node: Running, entities: int, *, asked: bool) -> Row:
    node.restart()
    seconds, memory = node.start_seconds, node.rss()
    return Row(
        f"start with {entities:,} entities; memory at rest",
        "< 1.5 s; < 120 MB" if asked else "",
        f"{seconds:.2f} s; {memory:.0f} MB",
        min(1.5 / seconds, 120 / memory) if asked else None,
    )


def hundred_thousand() -> list[Row]:
    with fresh() as node:
        client.fill(node.port, 0, 100_000)
        return [*_measured(node, 100_000, 25), _start(node, 100_000, asked=True)]


def million() -> list[Row]:
    with fresh() as node:
        rate = client.fill(node.port, 0, 1_000_000)
        rows = _measured(node, 1_000_000, 60)
        memory = node.peak()
        rows.append(
            Row(
                f"most memory of the node up to here (filled by batches with {rate:,.0f} entities/s)",
                "< 600 MB", f"{memory:.0f} MB", 600 / memory,
            )
        )  # fmt: skip
        return [*rows, _start(node, 1_000_000, asked=False)]
