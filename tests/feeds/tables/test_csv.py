# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""CSV files as people have them: delimiters, quotes, encodings, uneven rows, and files that are no table at all."""

import csv as writing
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.feeds.tables import csv
from tests.feeds.tables.making import TIMED, mapping, observed, reasons, table, together, values

HEADER = "station,start,value\n"
TEXTS = TIMED + 'kind = "text"\n'


def test_rows_become_series_in_order_of_time(tmp_path: Path) -> None:
    found = table(tmp_path, HEADER + "a,2026-01-01T02:00,3\nb,2026-01-01T00:00,2\na,2026-01-01T01:00,1.5\n")
    assert observed(found) == {
        ("a", "no2"): [("2026-01-01T01:00:00Z", 1.5), ("2026-01-01T02:00:00Z", 3.0)],
        ("b", "no2"): [("2026-01-01T00:00:00Z", 2.0)],
    }
    assert not found.rejected


@pytest.mark.parametrize(
    ("settings", "text", "value"),
    [
        ("", "station,start,value\na,2026-01-01,31.5\n", 31.5),
        ("", "value,extra,station,start\n31.5,x,a,2026-01-01\n", 31.5),
        ("", "station,start,value\r\na,2026-01-01,31.5\r\n", 31.5),
        ("", "station,start,value\na,2026-01-01,31.5", 31.5),
        ("", '"station","start","value"\n"a","2026-01-01","31.5"\n', 31.5),
        ("", "station,start,value\na,2026-01-01, 31.5 \n", 31.5),
        ("", "station,start,value\na,2026-01-01,-1e-3\n", -0.001),
        ('[csv]\ndelimiter = ";"', "station;start;value\na;2026-01-01;31.5\n", 31.5),
        ('[csv]\ndelimiter = "\\t"', "station\tstart\tvalue\na\t2026-01-01\t31.5\n", 31.5),
        ('[csv]\ndelimiter = ";"\ndecimal = ","', "station;start;value\na;2026-01-01;31,5\n", 31.5),
        ('[csv]\ndecimal = ","', 'station,start,value\na,2026-01-01,"31,5"\n', 31.5),
        ("[csv]\nskip = 2", "Air quality\nof 2026\nstation,start,value\na,2026-01-01,31.5\n", 31.5),
    ],
)
def test_ways_to_write_the_same(tmp_path: Path, settings: str, text: str, value: float) -> None:
    found = table(tmp_path, text, TIMED + settings)
    assert values(found) == [value]
    assert not found.rejected


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", None), ("utf-8-sig", None), ("utf-8-sig", "utf-8"), ("latin-1", "latin-1"), ("utf-16", "utf-16")],
)
def test_encodings_and_byte_order_marks(tmp_path: Path, encoding: str, named: str | None) -> None:
    settings = TEXTS + (f'[csv]\nencoding = "{named}"' if named else "")
    found = table(tmp_path, HEADER + "a,2026-01-01,Café Zuidlaren\n", settings, encoding=encoding)
    assert values(found) == ["Café Zuidlaren"]


def test_a_quoted_cell_keeps_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    found = table(tmp_path, HEADER + 'a,2026-01-01,"say ""hello"",\nthen go"\nb,2026-01-02,x\n', TEXTS)
    assert [list(one.values) for one in found.series] == [['say "hello",\nthen go'], ["x"]]


def test_blank_cells_are_left_out_and_a_row_without_any_value_is_rejected(tmp_path: Path) -> None:
    two = TIMED + '[[attribute]]\nname = "o3"\ncolumn = "second"\n'
    rows = "a,2026-01-01,1,2\na,2026-01-02,,3\na,2026-01-03,4,NA\na,2026-01-04,, \n"
    found = table(tmp_path, "station,start,value,second\n" + rows, two)
    assert observed(found) == {
        ("a", "no2"): [("2026-01-01T00:00:00Z", 1.0), ("2026-01-03T00:00:00Z", 4.0)],
        ("a", "o3"): [("2026-01-01T00:00:00Z", 2.0), ("2026-01-02T00:00:00Z", 3.0)],
    }
    assert reasons(found) == {4: "no column of the mapping has a value in this row"}


def test_words_for_missing_values_are_the_files_own(tmp_path: Path) -> None:
    found = table(tmp_path, HEADER + "a,2026-01-01,-\na,2026-01-02,NA\n", TIMED + '[csv]\nmissing = ["-"]\n')
    assert reasons(found)[1] == "no column of the mapping has a value in this row"
    assert reasons(found)[2].startswith("value is 'NA', which is no number")


def test_each_bad_row_is_rejected_with_its_number_and_reason_and_the_others_stay(tmp_path: Path) -> None:
    rows = [
        "a,2026-01-01,1", "a,2026-01-02", "a,2026-01-03,1,2", "a,2026-01-04,many", "a,never,5", "",
        ",2026-01-07,7", "a,,8", "a,2026-01-09,9",
    ]  # fmt: skip
    found = table(tmp_path, HEADER + "\n".join(rows) + "\n")
    assert observed(found) == {("a", "no2"): [("2026-01-01T00:00:00Z", 1.0), ("2026-01-09T00:00:00Z", 9.0)]}
    told = reasons(found)
    assert list(told) == [2, 3, 4, 5, 7, 8]
    assert told[2] == "the row has 2 cells, where the header has 3"
    assert told[3] == "the row has 4 cells, where the header has 3"
    assert told[4] == "value is 'many', which is no number with '.' as its decimal sign"
    assert told[5].startswith("start is 'never': write it as 2026-01-31T13:00:00")
    assert told[7] == "station is empty, so the row has no id"
    assert told[8].startswith("start is '': write it as")


@pytest.mark.parametrize("cell", ["1,5", "1_000", "0x10", "1 000", "nan", "inf", "-Infinity", "1e999", "€ 5", "5%"])
def test_what_is_no_number_is_no_value(tmp_path: Path, cell: str) -> None:
    found = table(tmp_path, HEADER + f'a,2026-01-01,"{cell}"\n')
    assert not found.series
    assert reasons(found)[1].startswith(f"value is {cell!r}, which is no ")


@pytest.mark.parametrize("cell", ["1.500", "1.234,5", "1,2,3"])
def test_a_point_beside_a_decimal_comma_is_not_guessed_at(tmp_path: Path, cell: str) -> None:
    settings = TIMED + '[csv]\ndelimiter = ";"\ndecimal = ","\n'
    found = table(tmp_path, f"station;start;value\na;2026-01-01;{cell}\n", settings)
    assert reasons(found) == {1: f"value is {cell!r}, which is no number with ',' as its decimal sign"}


def test_the_header_may_be_found_by_how_it_begins(tmp_path: Path) -> None:
    text = 'Of stations, "and their\nhours;;;\n\n# station, start ,value \na,2026-01-01,5\nb,2026-01-02,x\n'
    told = TIMED.replace("{station}", "{# station}") + '[csv]\nheader = "# station"\n'
    for encoding, mark in (("utf-8", ""), ("utf-8", "\ufeff")):
        found = table(tmp_path, mark + text, told, encoding=encoding)
        assert observed(found) == {("a", "no2"): [("2026-01-01T00:00:00Z", 5.0)]}
        assert [(one.row, one.line) for one in found.rejected] == [(2, 6)]
    with pytest.raises(ConfigurationError, match="no line that begins with '# station'; see to csv"):
        table(tmp_path, text.replace("#", "%"), told)


def test_a_file_without_a_header_has_the_columns_of_its_mapping(tmp_path: Path) -> None:
    told = TIMED + '[csv]\ncolumns = ["station", "start", "value"]\nencoding = "utf-8"\n'
    for mark in ("", "\ufeff"):
        found = table(tmp_path, mark + "a,2026-01-01,5\na,2026-01-02,6\nb\n", told)
        assert observed(found) == {("a", "no2"): [("2026-01-01T00:00:00Z", 5.0), ("2026-01-02T00:00:00Z", 6.0)]}
        assert [(one.row, one.line) for one in found.rejected] == [(3, 3)]


def test_a_quote_amid_a_cell_spoils_its_row_alone(tmp_path: Path) -> None:
    rows = 'a,2026-01-01,"5"x\na,2026-01-02,6\na,2026-01-03,"7\n\n8"\na,x,9\n'
    found = table(tmp_path, HEADER + rows)
    assert values(found) == [6.0]
    told = {one.line: one.reason for one in found.rejected}
    assert list(told) == [2, 4, 7], "a row of three lines stands where it begins"
    assert told[2] == "',' expected after '\"'; write a quote inside a cell twice"


def test_what_stands_above_a_line_that_cannot_be_read_comes_before_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(HEADER + 'a,2026-01-01,1\na,2026-01-02,"2\na,2026-01-03,3\n')
    parts = csv.batches(file, mapping(tmp_path, TIMED))
    done, shaped = next(parts)
    assert (done, values(shaped)) == (1, [1.0])
    with pytest.raises(ConfigurationError, match="line 4: "):
        next(parts)


def wrong(folder: Path, content: bytes, settings: str = "") -> str:
    """The sentence about a file that cannot be read; the file is named in it."""
    file = folder / "table.csv"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as found:
        list(csv.batches(file, mapping(folder, TIMED + settings)))
    assert str(file) in found.value.detail
    return found.value.detail


def test_an_empty_file_and_one_without_header(tmp_path: Path) -> None:
    assert "has no header; its first line names the columns" in wrong(tmp_path, b"")
    assert "has no header" in wrong(tmp_path, b"\n")
    assert "has no header" in wrong(tmp_path, HEADER.encode(), "[csv]\nskip = 5\n")
    assert table(tmp_path, HEADER).rejected == []


def test_a_table_with_another_delimiter_is_told_its_columns(tmp_path: Path) -> None:
    assert "its columns are station;start;value" in wrong(tmp_path, b"station;start;value\na;2026-01-01;1\n")


def test_what_is_not_utf_8_is_told_with_where_and_the_fix(tmp_path: Path) -> None:
    told = wrong(tmp_path, HEADER.encode() + b"caf\xe9,2026-01-01,1\n")
    assert "is not utf-8" in told
    assert 'csv.encoding in the mapping, such as "latin-1"' in told
    # What was read before stays; the line is one behind which the bad byte stands.
    rows = b"a,2026-01-01,1\n" * 5000
    late = wrong(tmp_path, b"top\n" + HEADER.encode() + rows + b"caf\xe9,2026-01-01,1\n", "[csv]\nskip = 1\n")
    line = int(late.partition("behind line ")[2].partition(",")[0])
    assert 4000 < line <= 5002


def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    told = wrong(tmp_path, b"above\n" + HEADER.encode() + b'a,2026-01-01,"1\nb,2026-01-02,2\n', "[csv]\nskip = 1\n")
    assert "line 4:" in told
    assert "mend the line" in told


def test_a_huge_line_is_refused(tmp_path: Path) -> None:
    told = wrong(tmp_path, HEADER.encode() + b"a,2026-01-01," + b"9" * 5_000_000)
    assert "line 2: field larger than field limit" in told


def test_rows_that_are_done_are_passed_over_and_keep_their_numbers(tmp_path: Path) -> None:
    text = HEADER + "".join(f"a,2026-01-{day:02d},{day}\n" for day in range(1, 10)) + "a,x,10\n"
    assert values(table(tmp_path, text, skip=6)) == [7.0, 8.0, 9.0]
    assert list(reasons(table(tmp_path, text, skip=6))) == [10]
    assert not table(tmp_path, text, skip=10).series


def test_batches_say_how_far_they_reach(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    # Some rows are no rows; the count goes on over them, over the border of a batch too.
    lines = [f"a,2026-01-01T00:00:00.{number:06d},{number}" for number in range(2 * csv.BATCH + 10)]
    lines[5] = lines[csv.BATCH - 1] = ""
    lines[csv.BATCH] = "short"
    file.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    parts = list(csv.batches(file, mapping(tmp_path, TIMED)))
    assert [done for done, _ in parts] == [csv.BATCH, 2 * csv.BATCH, 2 * csv.BATCH + 10]
    whole = together([shaped for _, shaped in parts])
    assert sum(len(one.moments) for one in whole.series) == 2 * csv.BATCH + 7
    assert list(reasons(whole)) == [csv.BATCH + 1]
    # Wherever a load was interrupted, the rest is the rest.
    for skip in (1, csv.BATCH, csv.BATCH + 1):
        rest = together([shaped for _, shaped in csv.batches(file, mapping(tmp_path, TIMED), skip)])
        assert observed(rest)["a", "no2"][-1] == observed(whole)["a", "no2"][-1]
        taken = sum(1 for number in range(skip, len(lines)) if number not in (5, csv.BATCH - 1, csv.BATCH))
        assert sum(len(one.moments) for one in rest.series) == taken


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1, max_size=20)


@given(st.lists(CELLS.filter(lambda cell: cell.strip() not in ("", "NA", "NaN", "null")), min_size=1, max_size=20))
def test_what_a_writer_of_csv_wrote_comes_back(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("csv")
    file = folder / "table.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = writing.writer(lines)
        writer.writerow(["station", "start", "value"])
        writer.writerows(["a", f"2026-01-01T00:00:{number:02d}", cell] for number, cell in enumerate(cells))
    (_, shaped), *more = csv.batches(file, mapping(folder, TEXTS))
    assert not more
    assert values(shaped) == cells


GROWTH = """
import sys
from pathlib import Path
from hanze.feeds.tables import csv
from tests.feeds.tables.making import TIMED, mapping

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

after = []
for done, shaped in csv.batches(Path(sys.argv[1]), mapping(Path(sys.argv[2]), TIMED)):
    assert len(shaped.rejected) == csv.BATCH // 2
    after.append(held())
print(after[1], after[-1])
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    with file.open("w", encoding="utf-8") as lines:
        lines.write(HEADER)
        for number in range(100_000):
            lines.write(
                f"s{number % 500},2026-01-01T00:00:00.{number % 1_000_000:06d},{number}\nbad{number % 500},x,\n"
            )
    done = subprocess.run(
        [sys.executable, "-c", GROWTH, file, tmp_path], capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    early, late = map(int, done.stdout.split())
    # 180 000 rows later; the rows alone are 7 MB.
    assert late - early < 4_000_000
