# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""RIVM's yearly files as they were published: one mapping reads each of their formats, and gives the same hours.

Facts of the formats, from programs of others that read them: up to 2019 seven lines stand above the header; since 2020 nine, in
some files more, and the header has blanks; from 2023 times are ISO 8601 with their zone; some stations have two columns. A
recorded beginning of one file is here, the others are written in these formats from RIVM's own values.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hanze.feeds.tables import csv, parquet
from tests.feeds.kinds.serving import SHARED
from tests.feeds.tables.making import Observed, mapping, observed, together

DATA = SHARED / "rivm_luchtmeetnet"
SAMPLE, HOURS = DATA / "sample_header_2019_H2S.txt", DATA / "luchtmeetnet_2017_2023_hourly.parquet"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"RIVM's files are not at {DATA}")

RAW = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"

[time]
column = "Begindatumtijd"
zone = "+01:00"

[wide]
columns = "NL*"
name = "station"

[[attribute]]
name = "{Component}"
column = "value"
unit = "GQ"
rename = { NO2 = "no2", H2S = "h2s", "PM2.5" = "pm25" }

[csv]
delimiter = ";"
encoding = "latin-1"
header = "Component;"
"""

LONG = """
type = "AirQualityObserved"
id = "urn:ngsi-ld:AirQualityObserved:{station}"
[time]
column = "start"
zone = "+01:00"
[[attribute]]
name = "{component}"
column = "value"
rename = { NO2 = "no2", "PM2.5" = "pm25" }
"""

Hours = dict[datetime, dict[str, float]]
"""The values of stations at the beginning of an hour in CET."""


def raw(hours: Hours, stations: list[str], component: str, year: int) -> bytes:
    """A file as RIVM published it for this year."""
    above = 7 if year < 2020 else 9
    head = [f"Export;EXP-{year};;;StationsCode;" + ";".join(stations)]
    head += [f";;;;Regel {number};" + ";".join("µ" for _ in stations) for number in range(2, above + 1)]
    blank = "" if year < 2020 else " "
    head.append(f"Component;Bep.periode;Eenheid;{blank}Begindatumtijd;Einddatumtijd;" + ";".join(stations))
    form = "%Y-%m-%dT%H:%M:%S+01:00" if year >= 2023 else "%Y%m%d %H:%M"
    for start, values in hours.items():
        cells = [f"{values[one]:.6g}" if one in values else "" for one in stations]
        times = [moment.strftime(form) for moment in (start, start + timedelta(hours=1))]
        head.append(";".join([component, "uur", "µg/m³", *times, *cells]))
    return ("\r\n".join(head) + "\r\n").encode("latin-1")


def read(folder: Path, body: bytes) -> Observed:
    file = folder / "raw.csv"
    file.write_bytes(body)
    found = together([shaped for _, shaped in csv.batches(file, mapping(folder, RAW))])
    assert not found.rejected
    assert all(one.template == {"type": "Property", "unitCode": "GQ"} for one in found.series)
    return {key: sorted(pairs) for key, pairs in observed(found).items()}


def table(component: str, stations: list[str], year: int) -> Any:
    """RIVM's hours of a year, as a table."""
    reading: Any = pytest.importorskip("pyarrow.parquet")
    start, end = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    return reading.read_table(
        HOURS, filters=[("component", "==", component), ("station", "in", stations), ("start", ">=", start), ("start", "<", end)]
    )  # fmt: skip


def hours_of(found: Any) -> Hours:
    hours: Hours = defaultdict(dict)
    for row in found.to_pylist():
        hours[row["start"]][row["station"]] = row["value"]
    return dict(sorted(hours.items()))


def test_the_recorded_beginning_of_a_file(tmp_path: Path) -> None:
    found = read(tmp_path, SAMPLE.read_bytes())
    assert found["NL49551", "h2s"][:3] == [
        ("2018-12-31T23:00:00Z", 5.1), ("2019-01-01T00:00:00Z", 0.9), ("2019-01-01T01:00:00Z", 1.0),
    ]  # fmt: skip
    assert [value for _, value in found["NL49553", "h2s"]] == [1.0, 0.3, 0.2, 0.2]


@pytest.mark.parametrize(("year", "component"), [(2019, "NO2"), (2020, "PM2.5"), (2023, "NO2")])
def test_each_format_gives_the_hours_that_parquet_gives(tmp_path: Path, year: int, component: str) -> None:
    stations = ["NL01487", "NL10636", "NL49012", "NL10404"]
    kept = table(component, stations, year)
    found = read(tmp_path, raw(hours_of(kept), stations, component, year))
    writing: Any = pytest.importorskip("pyarrow.parquet")
    writing.write_table(kept, tmp_path / "kept.parquet")
    same = together([shaped for _, shaped in parquet.batches(tmp_path / "kept.parquet", mapping(tmp_path, LONG))])
    assert sum(map(len, found.values())) == kept.num_rows > 8000
    assert found == observed(same)


def test_a_station_with_two_columns_has_the_hours_of_both(tmp_path: Path) -> None:
    kept = table("NO2", ["NL01487"], 2020)
    hours = hours_of(kept)
    whole = read(tmp_path, raw(hours, ["NL01487"], "NO2", 2020))
    half = datetime(2020, 7, 1)
    split = {at: {"a" if at < half else "b": one["NL01487"]} for at, one in hours.items()}
    body = raw(split, ["a", "b"], "NO2", 2020).replace(b";a;b\r\n", b";NL01487;NL01487\r\n")
    assert body.count(b"NL01487;NL01487") == 2
    assert read(tmp_path, body) == whole
