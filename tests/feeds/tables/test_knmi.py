# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""KNMI's days: text above a header that begins with #, tenths of units, and -1 for less than can be measured."""

from pathlib import Path

import pytest

from hanze.feeds.tables import csv
from tests.feeds.kinds.serving import SHARED
from tests.feeds.tables.making import Observed, mapping, observed, together

DATA = SHARED / "knmi_daily"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"KNMI's days are not at {DATA}")

DAYS = """
type = "WeatherObserved"
id = "urn:ngsi-ld:WeatherObserved:NL-KNMI-{# STN}"

[time]
column = "YYYYMMDD"
format = "%Y%m%d"

[csv]
header = "# STN"

[[attribute]]
name = "temperature"
column = "TG"
unit = "CEL"
factor = 0.1

[[attribute]]
name = "precipitation"
column = "RH"
unit = "MMT"
factor = 0.1
values = { "-1" = "0" }

[[attribute]]
name = "windDirection"
column = "DDVEC"
unit = "DD"
"""


def read(folder: Path, station: int, told: str = DAYS) -> tuple[Observed, dict[int, str]]:
    parts = csv.batches(DATA / f"etmgeg_{station}.txt", mapping(folder, told))
    found = together([shaped for _, shaped in parts])
    return observed(found), {one.line or 0: one.reason for one in found.rejected}


def test_tenths_are_units_and_minus_one_is_none_that_can_be_measured(tmp_path: Path) -> None:
    found, wrong = read(tmp_path, 260)
    assert not wrong
    temperature, rain = found["NL-KNMI-260", "temperature"], found["NL-KNMI-260", "precipitation"]
    assert temperature[0] == ("2000-01-01T00:00:00Z", 6.1)
    assert temperature[-1] == ("2022-03-21T00:00:00Z", 7.7)
    assert len(temperature) == len(rain) == 8116
    assert [value for _, value in rain[:5]] == [1.0, 0.0, 4.5, 10.9, 0.0]
    assert min(value for _, value in rain) == 0
    assert all(value == round(value, 1) for _, value in [*temperature, *rain]), "a tenth has one decimal"
    assert min(value for _, value in temperature) < -5, "below zero stays below zero"


def test_what_was_not_measured_is_missing(tmp_path: Path) -> None:
    found, wrong = read(tmp_path, 348)
    assert len(found["NL-KNMI-348", "temperature"]) == 14_696 - 196
    assert len(found["NL-KNMI-348", "precipitation"]) == 14_696 - 399
    assert set(wrong.values()) == {"no column of the mapping has a value in this row"}
    assert min(wrong) == 54, "the line of the file, below 50 lines of text"


def test_a_value_may_also_be_left_out(tmp_path: Path) -> None:
    found, _ = read(tmp_path, 260, DAYS.replace('"-1" = "0"', '"-1" = ""'))
    assert len(found["NL-KNMI-260", "precipitation"]) == 8116 - 1032
