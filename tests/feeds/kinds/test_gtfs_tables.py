# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of a zip are read row by row, and a zip that is made to harm is refused."""

import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import SourceFailed
from hanze.feeds.kinds import gtfs_tables
from hanze.feeds.kinds.gtfs_tables import MOST_TABLE, Tables
from tests.feeds.kinds.zips import WHOLE, packed


def rows(data: bytes, table: str = "stops.txt") -> list[tuple[int, dict[str, str]]]:
    return [(line, dict(row)) for line, row in Tables(data).rows(table, ("stop_id",))]


def test_rows_with_their_lines() -> None:
    table = '\ufeffstop_id, stop_name\r\n1,"a, ""b"""\r\n\r\n2, c \r\n3\r\n4,d,more\r\n'
    assert rows(packed({"stops.txt": table})) == [
        (2, {"stop_id": "1", "stop_name": 'a, "b"'}),
        (4, {"stop_id": "2", "stop_name": "c"}),
        (5, {"stop_id": "3"}),
        (6, {"stop_id": "4", "stop_name": "d"}),
    ]


def test_a_folder_around_the_tables_is_seen_through() -> None:
    inside = {"feed/stops.txt": "stop_id\n1\n", "__MACOSX/feed/._stops.txt": "x"}
    assert rows(packed(inside)) == [(2, {"stop_id": "1"})]


def test_what_is_missing_is_named() -> None:
    with pytest.raises(SourceFailed, match=r"no stops\.txt"):
        rows(packed({"routes.txt": "route_id\n1\n"}))
    for content in ("name\nx\n", ""):
        with pytest.raises(SourceFailed, match=r"stops\.txt has no column stop_id"):
            rows(packed({"stops.txt": content}))


def test_a_table_that_is_a_bomb() -> None:
    bomb = packed({"stops.txt": b"stop_id\n" + (b"1" * 99_999 + b"\n") * (MOST_TABLE // 100_000 + 1)})
    assert len(bomb) < 1 << 20
    tracemalloc.start()
    with pytest.raises(SourceFailed, match="more than 64 MB"):
        for _ in Tables(bomb).rows("stops.txt", ("stop_id",)):
            pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


def test_a_table_of_millions_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gtfs_tables, "MOST_ROWS", 1000)
    assert len(rows(packed({"stops.txt": "stop_id\n" + "1\n" * 999}))) == 999
    with pytest.raises(SourceFailed, match="more than 1000 rows"):
        rows(packed({"stops.txt": "stop_id\n" + "\n" * 1000}))


def test_a_table_that_is_one_cell() -> None:
    with pytest.raises(SourceFailed, match="cannot be read"):
        rows(packed({"stops.txt": b'stop_id\n"' + b"x" * 1_000_000}))


@pytest.mark.parametrize("far", [False, True])
def test_a_zip_that_lists_millions_of_files(far: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if far:
        # So is a zip of more than 65 535 files: its sizes stand in a record of their own.
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    many = packed({f"{number:0100}": b"" for number in range(8_000)})
    if far:
        end = many.rfind(b"PK\5\6")
        many = many[: end + 12] + bytes(4) + many[end + 16 :]
    with pytest.raises(SourceFailed, match="list of files"):
        Tables(many)
    monkeypatch.setattr(gtfs_tables, "MOST_LIST", 2 << 20)
    Tables(many)


def test_an_encrypted_table() -> None:
    data = bytearray(packed(WHOLE))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    with pytest.raises(SourceFailed, match="encrypted"):
        rows(bytes(data))


@given(st.integers(1, 700), st.binary(min_size=1, max_size=8))
def test_a_zip_that_is_damaged_anywhere(place: int, with_what: bytes) -> None:
    data = packed(WHOLE)
    at = place * len(data) // 700
    try:
        rows(data[:at] + with_what + data[at + len(with_what) :])
        rows(data[:at])
    except SourceFailed as failed:
        assert failed.detail and failed.advice


@given(st.binary(max_size=100).map(lambda data: data + b"PK\5\6" + data))
def test_rubbish_is_a_failure_of_the_source(data: bytes) -> None:
    with pytest.raises(SourceFailed):
        rows(data)
