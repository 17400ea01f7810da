# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Updates, reads and batches."""

from benchmarks import client, yardstick
from benchmarks.node import fresh
from benchmarks.table import Row

SECONDS = 10
ENTITIES = 10_000


def updates() -> list[Row]:
    bare = yardstick.commits()
    with fresh() as node:
        client.fill(node.port, 0, ENTITIES)
        script = client.script("PATCH", "/attrs/level", ENTITIES, '{"value":%d}')
        told = client.wrk(node.url, script, 32, SECONDS)
    return [
        Row(
            "durable single-attribute updates with history and index, 32 connections",
            "5 000/s, p99 < 25 ms",
            f"{told.rate:,.0f}/s, p99 {told.p99:.1f} ms",
            min(told.rate / 5000, 25 / told.p99),
            f"{told.rate / bare:.2f} times bare SQLite, one row a commit ({bare:,.0f}/s)",
        )
    ]


def reads() -> list[Row]:
    bare = yardstick.requests()
    with fresh() as node:
        client.fill(node.port, 0, ENTITIES)
        told = client.wrk(node.url, client.script("GET", "", ENTITIES), 32, SECONDS)
    return [
        Row(
            "reads by id, 32 connections",
            "12 000/s",
            f"{told.rate:,.0f}/s, p99 {told.p99:.1f} ms",
            told.rate / 12_000,
            f"{told.rate / bare:.2f} times an empty ASGI application ({bare:,.0f}/s)",
        )
    ]


def batches() -> list[Row]:
    with fresh() as node:
        made = client.fill(node.port, 0, 30_000)
        changed = client.fill(node.port, 0, 30_000)
    return [
        Row(
            f"batch upsert of 1 000 entities (5 attributes), {kind}",
            "10 000 entities/s",
            f"{rate:,.0f} entities/s",
            rate / 10_000,
        )
        for kind, rate in (("new", made), ("known already", changed))
    ]
