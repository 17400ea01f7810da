# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pieces of a Parquet file are the whole of it, in order."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from hanze.feeds.tables.pieces import Table

COUNT = 1000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    columns = {"number": list(range(COUNT)), "word": [f"w{one % 7}" for one in range(COUNT)], "other": [0] * COUNT}
    pa.parquet.write_table(pa.table(columns), tmp_path / "table.parquet", row_group_size=300)
    return tmp_path / "table.parquet"


@pytest.mark.parametrize("most", [1, 128, 300, 5000])
@pytest.mark.parametrize("words", [(), ("word",)])
def test_pieces_are_the_whole_in_order(file: Path, most: int, words: tuple[str, ...]) -> None:
    table = Table(file, words)
    taken = 0
    for before, piece in table.pieces(["number", "word", "number"], most):
        assert before == taken
        assert 0 < piece.num_rows <= most
        assert piece.column("number").to_pylist() == list(range(before, before + piece.num_rows))
        assert piece.column("word").to_pylist() == [f"w{one % 7}" for one in range(before, before + piece.num_rows)]
        assert sorted(piece.column_names) == ["number", "word"]
        taken += piece.num_rows
    assert taken == table.rows == COUNT


def test_a_table_is_read_more_than_once(file: Path) -> None:
    table = Table(file)
    once, again = ([piece for _, piece in table.pieces(["number"])] for _ in range(2))
    assert once == again
    assert table.columns == ["number", "word", "other"]
    assert table.kind("number") == pa.int64()


def test_what_its_reader_raises_is_not_taken_for_a_fault_of_the_file(file: Path) -> None:
    with pytest.raises(ValueError, match="mine"):
        for _ in Table(file).pieces(["number"]):
            raise ValueError("mine")
