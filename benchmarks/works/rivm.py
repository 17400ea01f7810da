# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main job on real input: 15.8 million hourly observations of RIVM, loaded and asked for."""

import hashlib
import json
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import client
from benchmarks.node import Running, fresh, peak
from benchmarks.table import Row

SOURCE = Path("../shared/data/rivm_luchtmeetnet/luchtmeetnet_2017_2023_hourly.parquet")
BASE = "/ngsi-ld/v1/temporal/entities/urn:ngsi-ld:AirQualityObserved:"
YEAR = "timerel=between&timeAt=2018-12-31T23:00:00Z&endTimeAt=2019-12-31T23:00:00Z&options=aggregatedValues"
PUBLISHED = (
    ("NL01487", "NO2", 35.266, 8564), ("NL10636", "NO2", 22.791, 8426),
    ("NL49012", "NO2", 36.546, 8675), ("NL10404", "PM2.5", 8.626, 8445),
)  # fmt: skip
Group = tuple[str, bytes, bytes]
"""Station and component, and the hours (64-bit integers, microseconds) and values (32-bit floats, as in
the file) of the series, by hour."""

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
    if not SOURCE.exists():
        return [Row("RIVM load, 15.8 million observations", "< 6 min", f"not run: {SOURCE} is not there")]
    with fresh() as node:
        return [*load(node), *_kept(node), *_aggregates(node)]


def load(node: Running) -> list[Row]:
    """All of it by the command, beside the running node."""
    mapping = node.folder / "rivm.toml"
    mapping.write_text(MAPPING)
    command = [sys.executable, "-m", "hanze.cli", "load", str(SOURCE.resolve()), "--mapping", str(mapping)]
    begin = time.perf_counter()
    with subprocess.Popen([*command, "--folder", str(node.folder)], stdout=subprocess.PIPE, text=True) as loading:
        most = 0.0
        while loading.poll() is None:
            most = max(most, peak(loading.pid))
            time.sleep(0.05)
        assert loading.stdout is not None
        told = loading.stdout.read().strip()
    spent = time.perf_counter() - begin
    assert loading.returncode == 0, told
    size = sum(file.stat().st_size for file in node.folder.glob("hanze.db*")) / 1e9
    memory = max(most, node.peak())
    return [
        Row(
            "RIVM load, 15.8 million observations, beside a running node", "< 6 min", f"{spent:.0f} s", 360 / spent
        ),
        Row(
            "the same: most memory of the node, and of the command", "< 600 MB",
            f"{node.peak():.0f} MB, {most:.0f} MB", 600 / memory,
        ),
        Row("the same: database and its log", "< 1.5 GB", f"{size:.2f} GB", 1.5 / size),
        Row("the same: what the command says", "none lost", told.partition(": ")[2]),
    ]  # fmt: skip


def _kept(node: Running) -> list[Row]:
    """Count and checksum of what is in the database against what is in the file."""
    ours, theirs = _digest(_in_database(node.folder / "hanze.db")), _digest(_in_file())
    assert ours == theirs, f"the database holds {ours}, the file {theirs}"
    count, digest = ours
    return [
        Row(
            "the same: count and checksum of station, component, hour and value",
            "equal",
            f"{count:,}, {digest[:12]}, equal",
        )
    ]


def _digest(groups: Iterator[Group]) -> tuple[int, str]:
    """Rows, and a digest over the series in the order of their names."""
    count, parts = 0, []
    for name, moments, values in groups:
        count += len(moments) // 8
        made = hashlib.sha256(name.encode())
        made.update(moments)
        made.update(values)
        parts.append(made.hexdigest())
    return count, hashlib.sha256("".join(sorted(parts)).encode()).hexdigest()


def _in_database(path: Path) -> Iterator[Group]:
    import apsw

    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    series = connection.execute(
        "SELECT DISTINCT e.eid, n.nid, e.id, n.iri FROM entity e, name n WHERE n.kind = 'a' AND EXISTS "
        "(SELECT 1 FROM history h WHERE h.eid = e.eid AND h.aid = n.nid)"
    ).fetchall()
    for eid, aid, id, iri in series:
        moments, values = array("q"), array("f")
        rows: Any = connection.execute(
            "SELECT at, value FROM history WHERE eid = ? AND aid = ? ORDER BY at, number", (eid, aid)
        )
        for at, value in rows:
            moments.append(at)
            values.append(value)
        yield f"{str(id).rpartition(':')[2]} {str(iri).rpartition('/')[2]}", moments.tobytes(), values.tobytes()
    connection.close()


def _in_file() -> Iterator[Group]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(SOURCE)
    table = table.append_column("at", pc.subtract(table["start"].cast("timestamp[us]").cast("int64"), 3_600_000_000))
    for component in table["component"].unique().to_pylist():
        part = table.filter(pc.equal(table["component"], component))
        for station in part["station"].unique().to_pylist():
            own = part.filter(pc.equal(part["station"], station)).sort_by("at")
            yield (
                f"{station} {component}",
                own["at"].to_numpy().tobytes(),
                own["value"].to_numpy().tobytes(),
            )


def _aggregates(node: Running) -> list[Row]:
    connection = client.Connection(node.port)
    monthly = f"{BASE}NL01487?attrs=NO2&{YEAR}&aggrMethods=avg&aggrPeriodDuration=P1M"
    last = f"{BASE}NL01487?attrs=NO2&lastN=10000&options=aggregatedValues&aggrMethods=avg,max,stddev&aggrPeriodDuration=PT0S"
    rows = []
    for name, path in (
        ("one station's year (8 760 hours) as monthly means", monthly),
        ("aggregation over 10 000 instances", last),
    ):
        took = client.median(connection, path)
        rows.append(Row(name, "< 50 ms", f"{took:.1f} ms", 50 / took))
    for station, component, mean, hours in PUBLISHED:
        path = f"{BASE}{station}?attrs={component}&{YEAR}&aggrMethods=avg,totalCount&aggrPeriodDuration=P1Y"
        values = json.loads(connection.call("GET", path)[1])[component]
        found = f"{values['avg'][0][0]:.3f} ({values['totalCount'][0][0]} hours)"
        rows.append(Row(f"2019 mean of {component} at {station}, µg/m³", f"{mean} ({hours} hours)", found))
    return rows
