# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records become typed columns: read back by pyarrow, and geometries by what GeoParquet says of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from hanze.web.parquet import kinds, writing

POINT = {"type": "Point", "coordinates": [4.5, 52.1]}
AREA = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 52]]]}
HIGH = {"type": "Point", "coordinates": [4.5, 52.1, 9.0]}


def written(folder: Path, rows: list[dict[str, Any]], **about: str) -> Any:
    """The file of these records, opened."""
    lines, target = folder / "lines", folder / "table.parquet"
    lines.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    writing.write(str(lines), str(target), about)
    return parquet.ParquetFile(target)


@pytest.mark.parametrize(
    ("values", "type", "held"),
    [
        ([1, None, -5], "int64", [1, None, -5]),
        ([1, 2.5], "double", [1.0, 2.5]),
        ([2**63], "double", [2.0**63]),
        ([True, None], "bool", [True, None]),
        ([True, 1], "string", ["true", "1"]),
        (["a", 1, {"b": 2}], "string", ["a", "1", '{"b":2}']),
        ([None], "string", [None]),
        (
            ["2026-03-10T13:02:00Z", "2026-03-10T14:02:00.5+01:00"], "timestamp[us, tz=UTC]",
            [datetime(2026, 3, 10, 13, 2, tzinfo=UTC), datetime(2026, 3, 10, 13, 2, 0, 500_000, tzinfo=UTC)],
        ),
        (["2026-03-10T13:02:00Z", "soon"], "string", ["2026-03-10T13:02:00Z", "soon"]),
        (["2026-13-10T13:02:00Z"], "string", ["2026-13-10T13:02:00Z"]),
        (["0012"], "string", ["0012"]),
        ([POINT, {"type": "Point", "coordinates": "x"}], "string", [
            '{"type":"Point","coordinates":[4.5,52.1]}', '{"type":"Point","coordinates":"x"}'
        ]),
    ],
)  # fmt: skip
def test_a_column_has_the_narrowest_type_that_holds_all(
    tmp_path: Path, values: list[Any], type: str, held: list[Any]
) -> None:
    table = written(tmp_path, [{"a": one} for one in values]).read()
    assert str(table.schema.field("a").type) == type
    assert table.column("a").to_pylist() == held


def test_geometries_as_geoparquet(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "location": POINT},
        {"id": "b"},
        {"id": "c", "location": HIGH, "area": AREA},
    ]
    file = written(tmp_path, rows, licence="CC0")
    metadata = file.schema_arrow.metadata
    geo = msgspec.json.decode(metadata[b"geo"])
    assert metadata[b"licence"] == b"CC0"
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "location")
    assert geo["columns"] == {
        "location": {"encoding": "WKB", "geometry_types": ["Point", "Point Z"]},
        "area": {"encoding": "WKB", "geometry_types": ["Polygon"]},
    }
    shapes = [one and shapely.from_wkb(one) for one in file.read().column("location").to_pylist()]
    assert [one and one.wkt for one in shapes] == ["POINT (4.5 52.1)", None, "POINT Z (4.5 52.1 9)"]


def test_a_table_of_nothing(tmp_path: Path) -> None:
    assert written(tmp_path, []).read().num_rows == 0


def test_it_is_written_in_groups_so_that_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS", 100)
    file = written(tmp_path, [{"a": one} for one in range(250)])
    assert [file.metadata.row_group(one).num_rows for one in range(file.num_row_groups)] == [100, 100, 50]
    monkeypatch.setattr(writing, "BYTES", 1000)
    file = written(tmp_path, [{"a": "x" * 500} for _ in range(6)])
    assert file.num_row_groups == 3
    assert file.read().num_rows == 6


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["2026-03-10T13:02:00Z", POINT, AREA]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_any_values_whatever_become_a_column(tmp_path_factory: pytest.TempPathFactory, values: list[Any]) -> None:
    held = written(tmp_path_factory.mktemp("any"), [{"a": one} for one in values]).read().column("a").to_pylist()
    assert [one is None for one in held] == [one is None for one in values]


KINDS: st.SearchStrategy[kinds.Kind] = st.sampled_from(list(kinds.VALUE))


@given(KINDS, KINDS, KINDS)
def test_the_order_of_values_does_not_matter(a: kinds.Kind, b: kinds.Kind, c: kinds.Kind) -> None:
    assert kinds.both(a, b) == kinds.both(b, a)
    assert kinds.both(kinds.both(a, b), c) == kinds.both(a, kinds.both(b, c))
