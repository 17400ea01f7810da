# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parquet files: the same rows become the same as from CSV, whatever the types of their columns."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.feeds.tables import parquet
from hanze.feeds.tables.observations import BATCH
from hanze.feeds.tables.shaping import Shaped
from tests.feeds.tables import making
from tests.feeds.tables.making import BASE, TIMED, mapping, observed, reasons, together, values

AMSTERDAM = TIMED.replace('"start"', '"start"\nzone = "Europe/Amsterdam"')
LONG = """
type = "Observed"
id = "urn:ngsi-ld:Observed:{station}"
[time]
column = "start"
[[attribute]]
name = "{component}"
column = "value"
rename = { "PM2.5" = "pm25" }
"""
START = datetime(2026, 1, 1)


def written(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    file = folder / "table.parquet"
    pa.parquet.write_table(pa.table(columns), file, **options)
    return file


def table(folder: Path, columns: dict[str, Any], told: str = TIMED, skip: int = 0, **options: Any) -> Shaped:
    """What a Parquet file becomes, all its batches together."""
    file = written(folder, columns, **options)
    return together([shaped for _, shaped in parquet.batches(file, mapping(folder, told), skip)])


def row(**more: Any) -> dict[str, Any]:
    """A table of one row."""
    return {"station": ["a"], "start": [START], "value": [31.5], **more}


def wrong(folder: Path, columns: dict[str, Any], told: str = TIMED) -> str:
    with pytest.raises(ConfigurationError) as found:
        table(folder, columns, told)
    return found.value.detail


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (pa.array([31.5]), 31.5),
        (pa.array([31.5], pa.float16()), 31.5),
        (pa.array([7.16], pa.float32()), 7.16),
        (pa.array([31], pa.int8()), 31.0),
        (pa.array([2**60], pa.uint64()), float(2**60)),
        (pa.array([Decimal("31.5")]), 31.5),
    ],
    ids=lambda given: str(getattr(given, "type", "")),
)
def test_numbers_of_every_type(tmp_path: Path, column: pa.Array, value: float) -> None:
    assert values(table(tmp_path, row(value=column))) == [value]
    # The same where the table is taken row by row.
    told = TIMED + '[[attribute]]\nname = "name"\ncolumn = "station"\nkind = "text"\n'
    by_row = {one.attribute: list(one.values) for one in table(tmp_path, row(value=column), told).series}
    assert by_row == {"no2": [value], "name": ["a"]}


@pytest.mark.parametrize(
    ("column", "moment"),
    [
        (pa.array([START], pa.timestamp("s")), "2025-12-31T23:00:00Z"),
        (pa.array([START], pa.timestamp("us")), "2025-12-31T23:00:00Z"),
        (pa.array([1_767_225_600_000_000_001], pa.timestamp("ns")), "2025-12-31T23:00:00Z"),
        (pa.array([START], pa.timestamp("ms", "UTC")), "2026-01-01T00:00:00Z"),
        (pa.array([datetime(2026, 1, 1, 5)], pa.timestamp("ms", "America/New_York")), "2026-01-01T05:00:00Z"),
        (pa.array([date(2026, 7, 1)]), "2026-06-30T22:00:00Z"),
        (pa.array(["2026-01-01T00:00"]), "2025-12-31T23:00:00Z"),
        (pa.array(["2026-01-01T00:00+05:00"]).dictionary_encode(), "2025-12-31T19:00:00Z"),
    ],
    ids=lambda given: str(getattr(given, "type", "")),
)
def test_times_of_every_type(tmp_path: Path, column: pa.Array, moment: str) -> None:
    assert observed(table(tmp_path, row(start=column), AMSTERDAM))["a", "no2"] == [(moment, 31.5)]
    told = AMSTERDAM + '[[attribute]]\nname = "name"\ncolumn = "station"\nkind = "text"\n'
    assert observed(table(tmp_path, row(start=column), told))["a", "no2"] == [(moment, 31.5)]


def test_a_fixed_zone_is_taken_off(tmp_path: Path) -> None:
    told = TIMED.replace('"start"', '"start"\nzone = "+01:00"')
    assert observed(table(tmp_path, row(), told))["a", "no2"] == [("2025-12-31T23:00:00Z", 31.5)]


@pytest.mark.parametrize("kind", ["timestamp", "text"])
def test_the_days_on_which_the_clock_is_changed_are_as_in_csv(tmp_path: Path, kind: str) -> None:
    local = [
        datetime(2026, 3, 29, 1, 59), datetime(2026, 3, 29, 2, 0), datetime(2026, 3, 29, 2, 59),
        datetime(2026, 3, 29, 3, 0), datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 3, 0),
    ]  # fmt: skip
    texts = [f"{one:%Y-%m-%dT%H:%M}" for one in local]
    columns = {"station": ["a"] * 6, "start": local if kind == "timestamp" else texts, "value": list(range(6))}
    found = table(tmp_path, columns, AMSTERDAM)
    rows = "".join(f"a,{text},{number}\n" for number, text in enumerate(texts))
    as_csv = making.table(tmp_path, "station,start,value\n" + rows, AMSTERDAM)
    assert observed(found) == observed(as_csv)
    assert list(reasons(found)) == list(reasons(as_csv)) == [2, 3]
    assert all("did not exist in Europe/Amsterdam" in one for one in reasons(found).values())
    assert [moment for moment, _ in observed(found)["a", "no2"]][2:] == ["2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"]


def test_a_time_that_the_clock_skipped_may_have_nanoseconds(tmp_path: Path) -> None:
    moment = int(datetime(2026, 3, 29, 2, 30, tzinfo=UTC).timestamp()) * 10**9 + 1
    found = table(tmp_path, row(start=pa.array([moment], pa.timestamp("ns"))), AMSTERDAM)
    assert reasons(found)[1].startswith("start is 2026-03-29 02:30:00: that time did not exist in Europe/Amsterdam")


def test_null_values_are_left_out_and_a_row_without_any_is_rejected_once(tmp_path: Path) -> None:
    two = TIMED + '[[attribute]]\nname = "o3"\ncolumn = "second"\n'
    columns = {
        "station": ["a", "a", "a", None, "a"], "start": [START, START, None, START, START],
        "value": [1, None, 3, 4, None], "second": [None, 2.0, 3.0, 4.0, float("nan")],
    }  # fmt: skip
    found = table(tmp_path, columns, two)
    assert observed(found) == {
        ("a", "no2"): [("2026-01-01T00:00:00Z", 1.0)], ("a", "o3"): [("2026-01-01T00:00:00Z", 2.0)]
    }  # fmt: skip
    assert reasons(found) == {
        3: "start is empty: the time is missing",
        4: "station is empty, so the row has no id",
        5: "no column of the mapping has a value in this row",
    }
    assert sorted(one.row for one in found.rejected) == [3, 4, 4, 5]


def test_infinite_numbers_are_rejected(tmp_path: Path) -> None:
    found = table(tmp_path, {"station": ["a", "a"], "start": [START, START], "value": [1.0, float("inf")]})
    assert values(found) == [1.0]
    assert reasons(found) == {2: "value is inf, which is no finite number"}


def test_texts_that_are_no_times_are_rejected_with_the_reason(tmp_path: Path) -> None:
    found = table(tmp_path, {"station": ["a", "a"], "start": ["2026-01-01", "soon"], "value": [1, 2]})
    assert values(found) == [1.0]
    assert reasons(found)[2].startswith("start is soon: write it as 2026-01-31T13:00:00")


def test_a_long_table_becomes_a_series_for_each_entity_and_name_in_order_of_time(tmp_path: Path) -> None:
    columns = {
        "station": ["b", "a", "a", "b", "a"], "component": ["NO2", "PM2.5", "NO2", "NO2", "NO2"],
        "start": [datetime(2026, 1, day) for day in (3, 1, 5, 2, 4)], "value": [1.0, 2.0, 3.0, 4.0, 5.0],
    }  # fmt: skip
    found = table(tmp_path, columns, LONG, row_group_size=2)
    assert observed(found) == {
        ("a", "NO2"): [("2026-01-04T00:00:00Z", 5.0), ("2026-01-05T00:00:00Z", 3.0)],
        ("a", "pm25"): [("2026-01-01T00:00:00Z", 2.0)],
        ("b", "NO2"): [("2026-01-02T00:00:00Z", 4.0), ("2026-01-03T00:00:00Z", 1.0)],
    }
    assert len(found.series) == 3


def test_columns_of_many_words_make_only_the_groups_that_are_there(tmp_path: Path) -> None:
    told = LONG.replace("{station}", "{station}:{place}")
    count = 3000
    words = [f"w{number}" for number in range(count)]
    columns = {
        "station": words, "place": words[::-1], "component": ["NO2"] * count, "start": [START] * count,
        "value": list(range(count)),
    }  # fmt: skip
    found = table(tmp_path, columns, told)
    assert len(found.series) == count
    assert {(one.id, one.values[0]) for one in found.series} == {
        (f"urn:ngsi-ld:Observed:w{number}:w{count - 1 - number}", float(number)) for number in range(count)
    }


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"value": [[1.0]]}, "column value holds list<"),
        ({"value": [{"a": 1}]}, "column value holds struct<"),
        ({"station": [b"a"]}, "column station holds binary; a column holds numbers, texts, booleans or times."),
        ({"value": ["31.5"]}, 'column value holds string, not numbers; give its attribute kind = "text"'),
        ({"value": [True]}, 'column value holds bool, not numbers; give its attribute kind = "boolean"'),
    ],
)
def test_columns_of_a_wrong_type_are_told(tmp_path: Path, more: dict[str, Any], told: str) -> None:
    found = wrong(tmp_path, row(**more))
    assert told in found
    assert found.startswith(f"{tmp_path / 'table.parquet'}: ")


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    columns = row()
    del columns["value"]
    assert "has no column 'value' that the mapping names; its columns are station, start." in wrong(tmp_path, columns)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"station,start\n" * 100, b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_parquet_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "table.parquet"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match="cannot be read as Parquet: "):
        list(parquet.batches(file, mapping(tmp_path, TIMED)))
    with pytest.raises(ConfigurationError, match="cannot be read as Parquet: "):
        parquet.rows(file)


def test_what_the_system_refuses_stays_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parquet.rows(tmp_path / "none.parquet")


def test_without_pyarrow_it_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ConfigurationError, match=r"install it with: pip install 'hanze\[load\]'"):
        parquet.rows(tmp_path / "table.parquet")


def test_a_file_that_was_cut_or_spoiled_in_the_middle(tmp_path: Path) -> None:
    count = 5000
    columns = {"station": ["a"] * count, "start": [START] * count, "value": np.random.default_rng(1).random(count)}
    content = bytearray(written(tmp_path, columns).read_bytes())
    content[4:2004] = b"\xff" * 2000
    (tmp_path / "table.parquet").write_bytes(content)
    told = mapping(tmp_path, TIMED)
    with pytest.raises(ConfigurationError, match="cannot be read as Parquet: "):
        list(parquet.batches(tmp_path / "table.parquet", told))


def test_a_table_without_rows(tmp_path: Path) -> None:
    empty = {
        "station": pa.array([], pa.string()),
        "start": pa.array([], pa.timestamp("us")),
        "value": pa.array([], pa.float64()),
    }
    assert table(tmp_path, empty) == Shaped([], [], [])
    facts = BASE + '[[attribute]]\nname = "a"\ncolumn = "value"\n'
    assert table(tmp_path, empty, facts) == Shaped([], [], [])


def test_facts_places_and_the_files_own_decimal_sign(tmp_path: Path) -> None:
    """How CSV writes numbers says nothing about a Parquet file."""
    told = (
        BASE + '[[attribute]]\nname = "a"\ncolumn = "value"\n[location]\nlon = "x"\nlat = "y"\n[csv]\ndecimal = ","\n'
    )
    found = table(tmp_path, {"station": [1, 2], "value": [0.1, None], "x": [4.5, None], "y": [51.9, 52.0]}, told)
    assert [(one.id, one.attributes) for one in found.facts] == [
        ("urn:ngsi-ld:AirQualityObserved:1", {
            "a": {"type": "Property", "value": 0.1},
            "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.5, 51.9]}},
        })
    ]  # fmt: skip
    assert list(reasons(found)) == [2]


def test_a_load_that_goes_on_takes_the_rest(tmp_path: Path) -> None:
    count = 2 * BATCH + 100
    random = np.random.default_rng(7)
    columns = {
        "station": random.choice(["a", "b"], count, p=[0.9, 0.1]), "component": random.choice(["NO2", "O3"], count),
        "start": START.timestamp() * 1e6 + np.arange(count), "value": np.arange(count, dtype=float),
    }  # fmt: skip
    columns["start"] = pa.array(columns["start"].astype(np.int64), pa.timestamp("us"))
    file = written(tmp_path, columns, row_group_size=1000)
    told = mapping(tmp_path, LONG)
    assert parquet.rows(file) == parquet.steps(file, told) == count
    whole = list(parquet.batches(file, told))
    assert [done for done, _ in whole] == sorted({done for done, _ in whole})
    assert whole[-1][0] == count
    assert max(len(one.moments) for _, shaped in whole for one in shaped.series) <= BATCH
    taken = sorted(value for _, shaped in whole for one in shaped.series for value in one.values)
    assert taken == list(range(count))
    for stop, (done, _) in enumerate(whole):
        rest = list(parquet.batches(file, told, done))
        assert [one for one, _ in rest] == [one for one, _ in whole[stop + 1 :]]
        assert [shaped for _, shaped in rest] == [shaped for _, shaped in whole[stop + 1 :]]


def test_a_load_by_rows_goes_on_behind_any_row(tmp_path: Path) -> None:
    count = BATCH + 100
    told = mapping(tmp_path, BASE + '[[attribute]]\nname = "a"\ncolumn = "value"\n')
    columns = {"station": list(range(count)), "value": [None, *range(1, count)]}
    file = written(tmp_path, columns, row_group_size=7000)
    whole = list(parquet.batches(file, told))
    assert reasons(together([shaped for _, shaped in whole])) == {1: "no column of the mapping has a value in this row"}
    facts = [one for _, shaped in whole for one in shaped.facts]
    assert [one.row for one in facts] == list(range(2, count + 1))
    for skip in (1, 6999, BATCH, BATCH + 50):
        rest = list(parquet.batches(file, told, skip))
        assert rest[-1][0] == count
        assert [one for _, shaped in rest for one in shaped.facts] == facts[skip - 1 :]
    assert list(parquet.batches(file, told, count)) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["NO2", "O3", "PM2.5"]), st.integers(0, 10**6),
            st.floats(-1e9, 1e9) | st.none(),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_csv_and_parquet_make_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int, float | None]]
) -> None:
    folder = tmp_path_factory.mktemp("parquet")
    lines = [f"{a},{b},{datetime.fromtimestamp(c).isoformat()},{'' if d is None else repr(d)}\n" for a, b, c, d in rows]
    as_csv = making.table(folder, "station,component,start,value\n" + "".join(lines), LONG)
    columns = {
        "station": pa.array([one[0] for one in rows], pa.string()),
        "component": pa.array([one[1] for one in rows], pa.string()),
        "start": pa.array([datetime.fromtimestamp(one[2]) for one in rows], pa.timestamp("ms")),
        "value": pa.array([one[3] for one in rows], pa.float64()),
    }
    found = table(folder, columns, LONG)
    assert observed(found) == observed(as_csv)
    assert reasons(found) == reasons(as_csv)


def test_words_and_scales_of_the_table_become_values(tmp_path: Path) -> None:
    told = TIMED + 'factor = 0.1\nvalues = { "-1" = "0", "9" = "" }\n'
    found = table(tmp_path, {"station": ["a"] * 3, "start": [START] * 3, "value": [61, -1, 9]}, told)
    assert values(found) == [6.1, 0.0]
    assert list(reasons(found)) == [3]


def test_a_wide_table_is_told_to_come_as_csv(tmp_path: Path) -> None:
    assert "[wide] is for CSV" in wrong(tmp_path, row(), TIMED + '[wide]\ncolumns = "v*"\n')
