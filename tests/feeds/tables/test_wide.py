# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables with a column for each thing: their cells are rows, their gaps are no mistakes."""

from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.feeds.tables import csv
from tests.feeds.tables.making import mapping, observed, reasons, table, together

WIDE = """
type = "Observed"
id = "urn:ngsi-ld:Observed:{station}"
[time]
column = "start"
[wide]
columns = "NL*"
name = "station"
value = "level"
[[attribute]]
name = "{what}"
column = "level"
"""


def test_each_cell_is_a_row_with_the_name_of_its_column(tmp_path: Path) -> None:
    found = table(
        tmp_path, "what,start,NL1,note,NL2\nno2,2026-01-01,1,x,2\no3,2026-01-01,3,x,\nno2,2026-01-02,,x,4\n", WIDE
    )
    assert observed(found) == {
        ("NL1", "no2"): [("2026-01-01T00:00:00Z", 1.0)], ("NL1", "o3"): [("2026-01-01T00:00:00Z", 3.0)],
        ("NL2", "no2"): [("2026-01-01T00:00:00Z", 2.0), ("2026-01-02T00:00:00Z", 4.0)],
    }  # fmt: skip
    assert not found.rejected


def test_what_is_wrong_with_a_line_is_told_once_and_what_is_wrong_with_a_cell_for_each(tmp_path: Path) -> None:
    found = table(tmp_path, "what,start,NL1,NL2\nno2,never,1,2\nno2,2026-01-01,a,b\nno2,2026-01-02,3,c\nno2\n", WIDE)
    assert observed(found) == {("NL1", "no2"): [("2026-01-02T00:00:00Z", 3.0)]}
    told = [(one.row, one.line, one.reason.partition(",")[0]) for one in found.rejected]
    assert told == [
        (1, 2, "start is 'never': write it as 2026-01-31T13:00:00"), (2, 3, "level is 'a'"), (2, 3, "level is 'b'"),
        (3, 4, "level is 'c'"), (4, 5, "the row has 1 cells"),
    ]  # fmt: skip


def test_a_column_that_comes_twice_is_two_devices_in_one_place(tmp_path: Path) -> None:
    found = table(tmp_path, "what,start,NL1,NL1\nno2,2026-01-01,1,\nno2,2026-01-02,,2\n", WIDE)
    assert observed(found) == {("NL1", "no2"): [("2026-01-01T00:00:00Z", 1.0), ("2026-01-02T00:00:00Z", 2.0)]}


def test_a_batch_is_no_larger_than_of_other_tables(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    names = ",".join(f"NL{number}" for number in range(100))
    cells = ",".join("1" for _ in range(100))
    file.write_text(f"what,start,{names}\n" + f"no2,2026-01-01,{cells}\n" * 450)
    parts = list(csv.batches(file, mapping(tmp_path, WIDE)))
    assert [done for done, _ in parts] == [200, 400, 450]
    assert sum(len(one.moments) for one in together([part for _, part in parts]).series) == 45_000
    ((done, rest),) = csv.batches(file, mapping(tmp_path, WIDE), 430)
    assert (done, sum(len(one.moments) for one in rest.series)) == (450, 2000)


def test_a_table_without_such_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"has no column like 'NL\*' \(wide.columns\); its columns are what"):
        table(tmp_path, "what,start,BE1\nno2,2026-01-01,1\n", WIDE)


def test_without_a_time_each_column_is_a_thing(tmp_path: Path) -> None:
    facts = '[wide]\ncolumns = "NL*"\n[[attribute]]\nname = "{what}"\ncolumn = "value"\nkind = "text"\n'
    found = table(tmp_path, "what,NL1,NL2\nname,Quay,\n", 'type = "T"\nid = "urn:x:{name}"\n' + facts)
    assert [(one.id, one.attributes["name"]["value"]) for one in found.facts] == [("urn:x:NL1", "Quay")]
    assert not reasons(found)
