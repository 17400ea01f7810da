# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make bench: the speed claims of issue 2, measured on this machine in one run, with a table for the docs.

`make bench ARGS="updates reads"` runs some rows; without arguments all run, which takes about half an hour because of the
million entities (`--quick` leaves those out).
"""

import json
import os
import platform
import random
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import client
from benchmarks.node import PORT, Running, fresh

Row = tuple[str, str, str]
"""Work, what was asked, what was measured."""

OUT = Path("docs/reference/benchmarks.md")
SECONDS = 10


def updates() -> list[Row]:
    with fresh() as node:
        client.fill(PORT, 0, 10_000)
        rate, p99 = client.wrk(node.url, client.script("PATCH", "/attrs/level", 10_000, '{"value":%d}'), 32, SECONDS)
        return [
            (
                "durable single-attribute updates, 32 connections",
                "5 000/s, p99 < 25 ms",
                f"{rate:,.0f}/s, p99 {p99:.1f} ms",
            )
        ]


def reads() -> list[Row]:
    with fresh() as node:
        client.fill(PORT, 0, 10_000)
        rate, p99 = client.wrk(node.url, client.script("GET", "", 10_000), 32, SECONDS)
        return [("reads by id, 32 connections", "12 000/s", f"{rate:,.0f}/s, p99 {p99:.1f} ms")]


def batches() -> list[Row]:
    with fresh():
        made = client.fill(PORT, 0, 30_000)
        changed = client.fill(PORT, 0, 10_000)
        return [
            (
                "batch upsert of 1 000 entities (5 attributes)",
                "10 000 entities/s",
                f"new {made:,.0f}/s, again {changed:,.0f}/s",
            )
        ]


def _queries(entities: int, limit: str) -> list[Row]:
    def level(chance: random.Random) -> str:
        low = chance.random() * 99
        q = urllib.parse.quote(f"level=={low:.4f}..{low + 1:.4f}")
        return f"/ngsi-ld/v1/entities?type={client.TYPE}&q={q}&limit=20"

    def near(chance: random.Random) -> str:
        place = f"%5B{4.1 + chance.random() * 0.8:.4f},{52.1 + chance.random() * 0.8:.4f}%5D"
        return f"/ngsi-ld/v1/entities?type={client.TYPE}&georel=near;maxDistance==5000&geometry=Point&coordinates={place}&limit=20"

    def within(chance: random.Random) -> str:
        x, y = 4.1 + chance.random() * 0.7, 52.1 + chance.random() * 0.7
        ring = urllib.parse.quote(json.dumps([[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]]))
        return f"/ngsi-ld/v1/entities?type={client.TYPE}&georel=within&geometry=Polygon&coordinates={ring}&limit=20"

    rows: list[Row] = []
    with fresh() as node:
        filled = client.fill(PORT, 0, entities)
        for name, path in (("q of 1 %", level), ("near 5 km", near), ("within 0.1°", within)):
            for count in ("", "&count=true"):
                stream = client.Updates(PORT, entities, 500)
                times = client.measure(PORT, lambda chance, path=path, count=count: path(chance) + count, SECONDS, 8)  # type: ignore[misc]
                stream.stop()
                p95, told = client.percentile(times, 0.95), "with count" if count else "without count"
                rows.append(
                    (
                        f"type + {name}, {entities:,} entities, {told}",
                        limit,
                        f"p95 {p95:.1f} ms, {len(times) / SECONDS:,.0f}/s",
                    )
                )
        rows.append(
            (
                f"filled {entities:,} entities; memory after the queries",
                "< 600 MB",
                f"{filled:,.0f}/s; {node.rss():.0f} MB",
            )
        )
        folder = node.folder
        node.stop()
        again = Running(folder)
        rows.append(
            (
                f"start with {entities:,} entities; memory at rest",
                "< 1.5 s; < 120 MB",
                f"{again.start_seconds:.2f} s; {again.rss():.0f} MB",
            )
        )
        again.stop()
        node.process = again.process
    return rows


def queries() -> list[Row]:
    return _queries(100_000, "p95 < 25 ms")


def million() -> list[Row]:
    return _queries(1_000_000, "p95 < 60 ms")


MAPPING = """type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "start"
zone = "+01:00"
[[attribute]]
name = "{component}"
column = "value"
unit = "GQ"
"""


def rivm() -> list[Row]:
    source = client.path_of("rivm_luchtmeetnet/luchtmeetnet_2017_2023_hourly.parquet")
    if not source.exists():
        return [("RIVM load", "< 6 min", "not run: the recordings are not at hand")]
    with fresh() as node:
        mapping = node.folder / "rivm.toml"
        mapping.write_text(MAPPING)
        begin = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "hanze.cli",
            "load",
            str(source.resolve()),
            "--mapping",
            str(mapping),
            "--folder",
            str(node.folder),
        ]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        spent = time.perf_counter() - begin
        size = sum(file.stat().st_size for file in node.folder.glob("hanze.db*")) / 1e9
        rows = [
            (
                "RIVM load, 15.8 million observations",
                "< 6 min, memory < 600 MB, < 1.5 GB",
                f"{spent:.0f} s, {node.rss():.0f} MB, {size:.2f} GB",
            )
        ]
        rows.append(("the same: what the command says", "none lost", told.partition(": ")[2]))
        connection = client.Connection(PORT)
        window = "timerel=between&timeAt=2018-12-31T23:00:00Z&endTimeAt=2019-12-31T23:00:00Z&options=aggregatedValues"
        base = "/ngsi-ld/v1/temporal/entities/urn:ngsi-ld:AirQualityObserved:"
        path = f"{base}NL01487?attrs=NO2&{window}&aggrMethods=avg&aggrPeriodDuration=P1M"
        rows.append(("one station's year as monthly means", "< 50 ms", f"{_time(connection, path):.1f} ms"))
        path = f"{base}NL01487?attrs=NO2&lastN=10000&options=aggregatedValues&aggrMethods=avg,max,stddev&aggrPeriodDuration=PT0S"
        rows.append(("aggregation over 10 000 instances", "< 50 ms", f"{_time(connection, path):.1f} ms"))
        for station, component, wanted in (
            ("NL01487", "NO2", "35.266 (8 564)"), ("NL10636", "NO2", "22.791 (8 426)"),
            ("NL49012", "NO2", "36.546 (8 675)"), ("NL10404", "PM2.5", "8.626 (8 445)"),
        ):  # fmt: skip
            found = connection.call(
                "GET", f"{base}{station}?attrs={component}&{window}&aggrMethods=avg,totalCount&aggrPeriodDuration=P1Y"
            )[1]
            values = json.loads(found)[component]
            rows.append(
                (
                    f"2019 mean of {component} at {station}",
                    wanted,
                    f"{values['avg'][0][0]:.3f} ({values['totalCount'][0][0]})",
                )
            )
        return rows


def _time(connection: client.Connection, path: str) -> float:
    times = []
    for _ in range(10):
        begin = time.perf_counter()
        status, answer = connection.call("GET", path)
        times.append(time.perf_counter() - begin)
        assert status == 200, answer[:300]
    return client.percentile(times, 0.5)


ROWS: dict[str, Callable[[], list[Row]]] = {
    "updates": updates, "reads": reads, "batches": batches, "queries": queries, "rivm": rivm, "million": million,
}  # fmt: skip


def main() -> None:
    quick = "--quick" in sys.argv
    names = [name for name in sys.argv[1:] if name in ROWS] or [
        name for name in ROWS if not (quick and name == "million")
    ]
    table: list[Row] = []
    for name in names:
        print(f"{name} …", flush=True)
        for row in ROWS[name]():
            table.append(row)
            print("  " + " | ".join(row), flush=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    import apsw

    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`: a node as a process of its own, load from wrk (updates, reads) or raw sockets, on the same machine.",
        "",
        f"{date.today()}, commit {commit}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, SQLite {apsw.sqlite_lib_version()}.",
        "",
        "| work | asked | measured |",
        "|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in table),
        "",
    ]
    OUT.write_text("\n".join(lines), "utf-8")
    print(f"wrote {OUT}")


if __name__ == "__main__":
    main()
