# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A long table takes little memory, however large it is."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from hanze.feeds.tables import parquet
from tests.feeds.tables.making import mapping

TWO = """
type = "Observed"
id = "urn:ngsi-ld:Observed:{station}"
[time]
column = "start"
zone = "Europe/Amsterdam"
[[attribute]]
name = "{component}"
column = "value"
[[attribute]]
name = "{component}Second"
column = "second"
"""
ROWS = 3_000_000
SERIES = 100
START = np.datetime64("2025-01-01T00", "ms")
HELD = 8 + 4 + 8
"""Bytes of a row that are held at once: its moment, its place in the order, its value of the attribute at hand."""
FIXED = 20e6
"""Bytes for a piece of the file in all its forms, and for a batch, whatever the size of the file."""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Hours of a hundred series side by side."""
    number = np.arange(ROWS)
    columns = {
        "station": pa.array(np.array([f"s{one}" for one in range(10)])[number % 10]),
        "component": pa.array(np.array([f"c{one}" for one in range(10)])[number // 10 % 10]),
        "start": START + number // SERIES * np.timedelta64(1, "h"),
        "value": pa.array(number % 1000, pa.float32()),
        "second": pa.array(number % 1000, pa.float64()),
    }
    file = tmp_path / "table.parquet"
    pa.parquet.write_table(pa.table(columns), file)
    return file


@pytest.fixture
def pool(large: Path) -> Iterator[pa.MemoryPool]:
    """What pyarrow takes from here on is counted anew."""
    before = pa.default_memory_pool()
    counting = pa.proxy_memory_pool(before)
    pa.set_memory_pool(counting)
    try:
        yield counting
    finally:
        pa.set_memory_pool(before)
    assert counting.bytes_allocated() == 0


def test_of_a_large_table_a_few_bytes_a_row_are_held(large: Path, pool: pa.MemoryPool, tmp_path: Path) -> None:
    told = mapping(tmp_path, TWO)
    taken, rejected = 0, []
    tracemalloc.start()
    try:
        for _, shaped in parquet.batches(large, told):
            taken += sum(len(one.moments) for one in shaped.series)
            rejected += [one.row for one in shaped.rejected]
        most = tracemalloc.get_traced_memory()[1] + pool.max_memory()
    finally:
        tracemalloc.stop()
    # A row of the hour that the clock skips in spring is rejected, once for both its values.
    springs = np.array(["2025-03-30T02", "2026-03-29T02", "2027-03-28T02", "2028-03-26T02"], "datetime64[h]")
    first = (springs - START.astype("datetime64[h]")).astype(int) * SERIES
    assert rejected == [one + number for one in first.tolist() for number in range(1, SERIES + 1)]
    assert taken == 2 * (ROWS - len(rejected))
    assert most < HELD * ROWS + FIXED
