# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores, and the values of indicators over 15.8 million observations in 342 municipalities: all of them, one that a reading
makes due, and pages while all are worked out anew."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import shapely

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row
from benchmarks.works.pages import MILLISECONDS, PLACES, first_byte
from benchmarks.works.rivm import MAPPING, SOURCE
from hanze.compute.pool import Pool
from hanze.goals.areas.assigning import Map
from hanze.goals.areas.mending import mend
from hanze.goals.areas.reading import read
from hanze.goals.catalogue.reading import shipped
from hanze.goals.runner import Goals
from hanze.goals.sdsn import codebook, raw
from hanze.goals.sdsn.scoring import score
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork

SHARED = Path("../shared/data")
REPORT = SHARED / "sdsn_sdr_2019"
MUNICIPALITIES = SHARED / "nl_boundaries/gemeente_housing-nl.geojson"
NEIGHBOURHOODS = SHARED / "nl_boundaries/ties_Buurt_2014_layer_q1e3.json"

PORT = 9795
TURNS, PATIENCE = 20, 120.0
NAMES = {"NO2": "no2", "O3": "o3", "PM10": "pm10", "PM2.5": "pm25", "NH3": "nh3", "SO2": "so2"}
"""The components of RIVM, and how the Smart Data Models call them."""

RESIDENTS = 50_000
"""Of each municipality, for weights."""

CITY, ZONE = "node", ZoneInfo("Europe/Amsterdam")
NOW = int(datetime(2023, 12, 30, 12, tzinfo=UTC).timestamp()) * 1_000_000
NO2, HOUR = CORE.expand("no2"), 3_600_000_000
STATION = "urn:ngsi-ld:AirQualityObserved:NL01487"


def goals() -> list[Row]:
    if not SHARED.exists():
        return [Row("goals", "", f"not run: {SHARED} is not there")]
    rows = [*scores(), *points()]
    with fresh(PORT) as node:
        prepare(node)
        node.stop()
        rows += values(node.folder)
        node.start()
        return [*rows, *pages(node)]


def scored(codes: Path, values: Path) -> int:
    """What a worker does for the report: reads both files and scores all."""
    indicators = codebook.read(codes)
    return len(score(indicators, raw.read(values, indicators).units))


def scores() -> list[Row]:
    files = REPORT / "codebook.csv", REPORT / "raw_values.csv"

    async def work() -> list[float]:
        pool, spent = Pool(1), []
        for _ in range(6):
            begin = time.perf_counter()
            assert await pool.run(scored, *files) == 193
            spent.append(time.perf_counter() - begin)
        await pool.stop()
        # The first one starts the worker.
        return spent[1:]

    spent = sorted(asyncio.run(work()))[2]
    return [Row("SDG Index 2019 from raw values (193 by 114), in a worker", "< 0.5 s", f"{spent:.2f} s", 0.5 / spent)]


def points(count: int = 100_000) -> list[Row]:
    areas = mend(read(NEIGHBOURHOODS).areas).areas
    west, south, east, north = shapely.total_bounds([one.geometry for one in areas if one.geometry is not None])
    chance = np.random.default_rng(1)
    x, y = chance.uniform(west, east, count), chance.uniform(south, north, count)
    begin = time.perf_counter()
    found = Map(areas).points(x, y)
    spent = time.perf_counter() - begin
    inside = sum(one is not None for one in found)
    told = f"{spent:.2f} s; {inside:,} lie in one"
    return [Row(f"{count:,} points to {len(areas):,} neighbourhoods", "< 2 s", told, 2 / spent)]


def prepare(node: Running, source: Path = SOURCE) -> None:
    """Observations, stations with their places, and municipalities within one country."""
    _hanze(node, "load", _named(node.folder, source), "--mapping", _written(node.folder, "rivm.toml", MAPPING))
    stations = SOURCE.with_name("stations.csv").resolve()
    _hanze(node, "load", stations, "--mapping", _written(node.folder, "places.toml", PLACES))
    features = json.loads(MUNICIPALITIES.read_text("utf-8"))["features"]
    shapes = [shapely.geometry.shape(one["geometry"]).buffer(0) for one in features]
    country = {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shapely.union_all(shapes)))}
    told = [{**country, "properties": {"code": "NL", "name": "Nederland", "level": "city"}}]
    for one in features:
        code, name = one["properties"]["statcode"], one["properties"]["statnaam"]
        facts = {"code": code, "name": name, "level": "neighbourhood", "parent": "NL", "population": RESIDENTS}
        told.append({"type": "Feature", "geometry": one["geometry"], "properties": facts})
    areas = json.dumps({"type": "FeatureCollection", "features": told})
    _hanze(node, "goals", "areas", _written(node.folder, "areas.geojson", areas))


def _hanze(node: Running, *words: str | Path) -> None:
    command = [sys.executable, "-m", "hanze.cli", *map(str, words), "--folder", str(node.folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def _named(folder: Path, source: Path) -> Path:
    """The same file with other names of components."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(source)
    column = table["component"].combine_chunks()
    named = pa.DictionaryArray.from_arrays(column.indices, [NAMES[name] for name in column.dictionary.to_pylist()])
    where = table.schema.get_field_index("component")
    pq.write_table(table.set_column(where, "component", named), folder / "rivm.parquet")
    return folder / "rivm.parquet"


def values(folder: Path) -> list[Row]:
    """All values of all years, and those that one more reading makes due."""
    store = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)
    try:
        return asyncio.run(_values(store))
    finally:
        store.close()


async def _values(store: Store) -> list[Row]:
    pool = Pool(1)
    runner = Goals(store, pool, lambda: NOW, ZONE, CITY, shipped(), lambda: 100.0)
    begin = time.perf_counter()
    count = await runner.look()
    cold = time.perf_counter() - begin
    late = []
    for turn in range(TURNS + 1):
        await store.write(partial(_measured, turn))
        begin = time.perf_counter()
        assert await runner.look()
        late.append(time.perf_counter() - begin)
    await pool.stop()
    # The first one reads what later ones know already.
    spent = client.percentile(late[1:], 0.95)
    return [
        Row(
            "all indicators of all years over 15.8 million observations, 105 stations, 342 municipalities, kept", "< 20 s",
            f"{cold:.1f} s; {count:,} values", 20 / cold,
        ),
        Row(
            "the same: values that one new observation makes due, kept", "< 200 ms", f"p95 {spent:.0f} ms", 200 / spent
        ),
    ]  # fmt: skip


def _measured(turn: int, uow: UnitOfWork) -> None:
    """A station tells its nitrogen dioxide of the last hour."""
    before = uow.entity("", STATION)
    assert before is not None
    reading = {"type": "Property", "value": 50.0 + turn, "unitCode": "GQ", "observedAt": times.text(NOW - HOUR - turn)}
    uow.save("", operations.append(before, Entity(STATION, [], {NO2: [reading]}), uow.stamp))


def pages(node: Running) -> list[Row]:
    """First bytes while the node works out and writes all values anew, for the areas were told once more."""
    for _, path in _asked():
        # What is made once after a start is not of any page.
        first_byte(node.port, path)
    _hanze(node, "goals", "areas", node.folder / "areas.geojson")
    late: dict[str, list[float]] = {}
    begin, turns = _until_it_calculates(node), 0
    while _calculates(node) or turns < TURNS:
        turns = 0 if _calculates(node) else turns + 1
        for name, path in _asked():
            late.setdefault(name, []).append(first_byte(node.port, path))
    found = {name: client.percentile(spent, 0.95) for name, spent in late.items()}
    slowest = max(found, key=found.__getitem__)
    told = ", ".join(f"{name} {spent:.0f}" for name, spent in found.items())
    count, spent = sum(map(len, late.values())), time.perf_counter() - begin
    return [
        Row(
            f"{count} pages of goals in {spent:.0f} s in which all indicators are worked out anew: first byte",
            f"p95 < {MILLISECONDS} ms", f"p95 of the slowest {found[slowest]:.0f} ms; {told}", MILLISECONDS / found[slowest],
        )
    ]  # fmt: skip


def _until_it_calculates(node: Running) -> float:
    """When it began."""
    deadline = time.perf_counter() + PATIENCE
    while not _calculates(node):
        if time.perf_counter() > deadline:
            raise RuntimeError(f"no indicator was worked out within {PATIENCE:g} s")
        time.sleep(0.05)
    return time.perf_counter()


def _calculates(node: Running) -> bool:
    told = client.Connection(node.port).call("GET", "/metrics")[1].decode()
    return any(line.startswith("hanze_calculations ") and not line.endswith(" 0") for line in told.splitlines())


def _asked() -> Iterator[tuple[str, str]]:
    """What a page is called, and its address."""
    yield "front", "/en/"
    yield "goals", "/en/goals"
    yield "goal", "/en/goals/goal?number=11"
    yield "indicator", "/en/goals/indicator?code=air-no2-year"
    yield "indicator of an area", "/en/goals/indicator?code=air-no2-year&area=GM0599"
    yield "area", "/en/goals/area?code=GM0599"
    yield "compare", "/en/goals/compare?one=GM0599&other=GM0363"
    yield "areas", "/en/goals/areas"
