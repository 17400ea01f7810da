# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries beside a steady stream of updates, and what so many entities cost."""

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row

SECONDS = 10
UPDATES = 500
TARGET = f"/ngsi-ld/v1/entities?type={client.TYPE}&limit=20"

LEVEL = """
  local low = math.random() * 99
  return string.format("&q=level==%.4f..%.4f", low, low + 1)"""

NEAR = """
  local x, y = 4.1 + math.random() * 0.8, 52.1 + math.random() * 0.8
  return string.format("&georel=near;maxDistance==5000&geometry=Point&coordinates=%%5B%.4f,%.4f%%5D", x, y)"""

WITHIN = """
  local x, y = 4.1 + math.random() * 0.7, 52.1 + math.random() * 0.7
  local function at(x, y) return string.format("%%5B%.5f,%.5f%%5D", x, y) end
  local ring = table.concat({at(x, y), at(x + 0.1, y + 0.01), at(x + 0.1, y + 0.11), at(x, y + 0.1), at(x, y)}, ",")
  return '&georel=within&geometry=Polygon&coordinates=%5B%5B' .. ring .. '%5D%5D'"""
"""A slanted quadrilateral, so that no box decides."""

QUERIES = (("q of 1 %", LEVEL), ("near 5 km", NEAR), ("within 0.1° by 0.1°", WITHIN))


def _script(condition: str, more: str) -> str:
    return (
        f"local function condition(){condition}\nend\n"
        f'request = function() return wrk.format("GET", "{TARGET}" .. condition() .. "{more}") end\n'
    )


def _measured(node: Running, entities: int, limit: float) -> list[Row]:
    rows = []
    for name, condition in QUERIES:
        for how, more in (("without count", ""), ("with count", "&count=true")):
            stream = client.Updates(node.port, entities, UPDATES)
            told = client.wrk(node.url, _script(condition, more), 8, SECONDS)
            stream.stop()
            rows.append(
                Row(
                    f"type + {name}, {how}; {entities:,} entities, 8 connections, {UPDATES} updates/s",
                    f"p95 < {limit:g} ms",
                    f"p95 {told.p95:.1f} ms, {told.rate:,.0f}/s",
                    limit / told.p95,
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
