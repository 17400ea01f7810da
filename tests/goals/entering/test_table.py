# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of numbers: as spreadsheets save it, all or nothing, each fault with line, column, value and fix."""

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.entering import table
from hanze.goals.entering.table import COLUMNS, Read
from hanze.goals.keeping.entered import Number
from hanze.ngsild import times
from tests.goals.entering.making import GROUND

HEAD = "code,part,area,period,value,grade,source\n"

GOOD = HEAD + (
    "unemployment,,,2025,4.1,survey,CBS StatLine\n"
    'voter-turnout,votes,C,2026,21400,measured,"count, 18 March"\n'
    "voter-turnout,entitled,,2026,40100,measured,count\n"
    "energy-poverty,share,North,2024,7,larger,CBS\n"
)

VALUES = [
    ("unemployment", "C", 4.1),
    ("voter-turnout", "C", 21400),
    ("voter-turnout", "C", 40100),
    ("energy-poverty", "N1", 7),
]


def read(text: str | bytes) -> Read:
    return table.read(text if isinstance(text, bytes) else text.encode(), GROUND)


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    found = read(text)
    return [(one.line, one.column, one.told(str)) for one in found.problems]


def test_rows_become_numbers() -> None:
    found = read(GOOD)
    assert found.problems == [] and found.empty == 0
    assert [(one.code, one.area, one.number) for one in found.numbers] == VALUES
    assert found.numbers[1] == Number(
        "voter-turnout", "People who vote", "votes", "C62", "C", times.parse("2025-12-31T23:00:00Z"), 21400.0, "measured",
        "count, 18 March",
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        GOOD.encode("utf-8-sig"), GOOD.encode("utf-16"), GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", ";").replace("count; 18", "count, 18").replace("4.1", "4,1").encode("cp1252"),
        GOOD.replace(",", "\t").replace("count\t 18", "count, 18").encode(), (GOOD + "\n,,,,,,\n\n").encode(),
        GOOD.replace("code", " Code ").encode(),
    ],
)  # fmt: skip
def test_files_as_spreadsheets_save_them(body: bytes) -> None:
    found = read(body)
    assert found.problems == []
    assert [(one.code, one.area, one.number) for one in found.numbers] == VALUES
    assert found.numbers[1].source == "count, 18 March"


def test_all_that_is_wrong_is_told_at_once_by_line_and_column() -> None:
    rows = (
        "unemployment,,,2027,4.1,survey,CBS\n"
        "unemploiment,,,2025,4.1,survey,CBS\n"
        "voter-turnout,,,2025,4.1,survey,CBS\n"
        "air-no2-year,,,2025,4.1,survey,CBS\n"
        "unemployment,,N9,25,x,good,\n"
        "unemployment,,,2024,1.234,survey,CBS\n"
        "unemployment,,,2023,4,survey,CBS\n"
        "unemployment,share,C,2023,5,survey,CBS\n"
    )
    found = read(HEAD + rows)
    assert [(one.line, one.column) for one in found.problems] == [
        (2, "period"), (3, "code"), (4, "part"), (5, "code"), (6, "area"), (6, "period"), (6, "value"), (6, "grade"),
        (6, "source"), (7, "value"), (9, ""),
    ]  # fmt: skip
    told = {(one.line, one.column): one.told(str) for one in found.problems}
    assert told[3, "code"] == "There is no indicator 'unemploiment'. Was unemployment meant?"
    assert told[4, "part"] == "'' is no part of it. Write one of votes, entitled."
    assert told[5, "code"] == "air-no2-year comes from data, and is not entered. Take the row away."
    assert told[9, ""] == "The same stands in line 8 already. Keep one of them."


def test_rows_without_a_value_are_passed_over() -> None:
    found = read(HEAD + "unemployment,,,,,,\nunemployment,,,2025,4,survey,CBS\n")
    assert (len(found.numbers), found.empty, found.problems) == (1, 1, [])


def test_a_unit_that_is_given_must_be_the_right_one() -> None:
    head = HEAD.replace("part", "unit")
    assert read(head + "waste-residual,t,,2025,4,survey,x\n").problems == []
    told = problems(head + "waste-residual,kg,,2025,4,survey,x\n")
    assert told == [(2, "unit", "'kg' is another unit. Give the number in t.")]


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("", 1, "value", "No row has a value."),
        (HEAD, 1, "value", "No row has a value."),
        ("code,period,value,grade\n", 1, "source", "The column is missing."),
        ("code,period,value,grade,source,score\n", 1, "", "'score' is no column."),
        ("code,code,period,value,grade,source\n", 1, "code", "The column stands there twice."),
        (HEAD + "unemployment,2025,4,survey,CBS\n", 2, "", "The row has 5 values, and there are 7 columns."),
        (HEAD + 'unemployment,,,2025,"4"1,survey,CBS\n', 2, "", "The row cannot be read. Look at its quotes."),
        (HEAD + '"' + "x" * 200_000 + '"\n', 2, "", "The row cannot be read."),
        (b"PK\x03\x04\x00\x00", 1, "", "The file is no CSV."),
        (b"\x81\x8d,\xff", 1, "", "The file is no CSV."),
        (HEAD + "x" * table.MOST_BYTES, 1, "", "The file has more than 512 kB."),
        (HEAD + "unemployment,,,,,,\n" * (table.MOST_ROWS + 1), 5002, "", "There are more than 5000 rows."),
    ],
)  # fmt: skip
def test_what_is_no_such_table(text: str | bytes, line: int, column: str, sentence: str) -> None:
    (found,) = problems(text)
    assert found[:2] == (line, column) and sentence in found[2], found


def test_a_table_as_large_as_it_may_be_is_read_fast() -> None:
    rows = (f"unemployment,,,{year},4,survey,x\n" for year in range(1900, 2026))
    body = HEAD + "".join(rows) + "unemployment,,,2025,4,survey,x\n" * (table.MOST_ROWS - 126)
    begun = time.perf_counter()
    found = read(body)
    assert time.perf_counter() - begun < 5
    assert len(found.numbers) == 126 and len(found.problems) == table.MOST_ROWS - 126


def test_an_empty_table_to_fill_in_has_each_number_that_can_be_entered() -> None:
    rows = list(csv.DictReader(table.template(GROUND.definitions, "nl").splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    asked = [
        (one.code, part.name) for one in GROUND.definitions.values() for part in one.part if part.what == "entered"
    ]
    assert [(row["code"], row["part"]) for row in rows] == asked and len(asked) >= 20
    assert next(row["name"] for row in rows if row["part"] == "votes") == "Alle stemmen, ook blanco en ongeldige"
    found = read(table.template(GROUND.definitions, "en"))
    assert found.empty == len(asked) and [one.told(str) for one in found.problems] == [
        "No row has a value. Write at least one."
    ]
    filled = table.template(GROUND.definitions, "en").replace(",%,,,,,", ",%,,2025,4,survey,here")
    assert read(filled).problems == [] and read(filled).numbers


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: (HEAD + text).encode(errors="replace")))
)
def test_no_file_is_too_strange(body: bytes) -> None:
    found = table.read(body, GROUND)
    assert found.problems or found.numbers
    assert all("\n" not in one.told(str) for one in found.problems)
