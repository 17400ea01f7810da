# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows with the same words are one group, wherever in the file they are."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.tables.groups import groups
from hanze.feeds.tables.pieces import PIECE, Table

NAMES = ["station", "component"]


def expected(rows: list[tuple[str | None, str | None]]) -> list[tuple[dict[str, str], list[int]]]:
    found: dict[tuple[str, str], list[int]] = {}
    for number, (station, component) in enumerate(rows):
        found.setdefault((station or "", component or ""), []).append(number)
    return [(dict(zip(NAMES, words, strict=True)), numbers) for words, numbers in sorted(found.items())]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", "", None]), st.sampled_from(["x", "y", None])), max_size=40),
    st.integers(1, 50),
    st.booleans(),
    st.booleans(),
)
def test_each_row_is_in_the_group_of_its_words(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str | None, str | None]],
    size: int,
    plain: bool,
    words: bool,
) -> None:
    file = tmp_path_factory.mktemp("groups") / "table.parquet"
    columns = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(NAMES)}
    pa.parquet.write_table(pa.table(columns), file, row_group_size=size, use_dictionary=not plain)
    found = groups(Table(file, NAMES if words else ()), NAMES)
    assert [(words, numbers.tolist()) for words, numbers in found] == expected(rows)


@pytest.mark.parametrize("count", [3, 200, 40_000, PIECE], ids="{:,} groups".format)
def test_groups_that_lie_over_many_pieces(tmp_path: Path, count: int) -> None:
    """Also more groups than a small number of theirs can hold, and one that the first piece does not have."""
    total = 2 * PIECE + 100
    number = np.random.default_rng(3).integers(0, count, total)
    number[number == 1] = 0
    number[-1] = 1
    columns = {"station": pa.array(number // 100), "component": pa.array(number % 100)}
    file = tmp_path / "table.parquet"
    pa.parquet.write_table(pa.table(columns), file, row_group_size=PIECE // 2 + 7)
    seen = np.zeros(total, bool)
    last: tuple[str, ...] = ()
    for words, rows in groups(Table(file), NAMES):
        assert last < (last := tuple(words.values()))
        assert set(number[rows].tolist()) == {100 * int(words["station"]) + int(words["component"])}
        assert np.all(rows[1:] > rows[:-1])
        seen[rows] = True
    assert seen.all()
