# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts of The Hague's loops: a wide table without a header, with gaps; and where the loops lie."""

import csv as plain
from pathlib import Path

import pytest

from hanze.feeds.tables import csv
from hanze.feeds.tables.shaping import Shaped
from hanze.ngsild import times
from tests.feeds.kinds.serving import SHARED
from tests.feeds.tables.making import mapping, together

DATA = SHARED / "hague_traffic"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the counts of The Hague are not at {DATA}")

COUNTS = """
type = "TrafficFlowObserved"
id = "urn:ngsi-ld:TrafficFlowObserved:hague:{loop}"
[time]
column = "start"
format = "%d/%m/%Y %H:%M"
zone = "Europe/Amsterdam"
[wide]
columns = "[0-9]*"
name = "loop"
value = "count"
[[attribute]]
name = "intensity"
column = "count"
[csv]
delimiter = ";"
"""

PLACES = """
type = "TrafficFlowObserved"
id = "urn:ngsi-ld:TrafficFlowObserved:hague:{sensor_id}"
[location]
lon = "longitude"
lat = "latitude"
"""


def labels() -> list[str]:
    return (DATA / "column_labels.csv").read_text("utf-8-sig").strip().split(";")


def read(folder: Path, name: str, told: str) -> Shaped:
    return together([shaped for _, shaped in csv.batches(DATA / name, mapping(folder, told))])


def test_every_count_is_there_and_every_gap_is_one(tmp_path: Path) -> None:
    names = ", ".join(f'"{one}"' for one in ["start", *labels()])
    found = read(tmp_path, "Aggregated_original.csv", f"{COUNTS}columns = [{names}]\n")
    assert not found.rejected
    with (DATA / "Aggregated_original.csv").open(encoding="utf-8-sig", newline="") as lines:
        cells = list(plain.reader(lines, delimiter=";"))
    loops = dict[str, list[tuple[int, float]]]()
    for one in found.series:
        loops.setdefault(one.id.rpartition(":")[2], []).extend(zip(one.moments, one.values, strict=True))
    assert sum(map(len, loops.values())) == 2880 * 123 - 1287
    for number, loop in enumerate(labels(), 1):
        assert [value for _, value in loops[loop]] == [float(row[number]) for row in cells if row[number]]
        moments = [at for at, _ in loops[loop]]
        assert moments == sorted(set(moments))
    first, last = loops["120022"][0], loops["120022"][-1]
    assert (times.text(first[0]), first[1], times.text(last[0])) == (
        "2019-10-31T23:00:00Z",
        3.0,
        "2019-11-30T22:45:00Z",
    )


def test_the_places_of_the_loops(tmp_path: Path) -> None:
    found = read(tmp_path, "denhaag_locations_type.csv", PLACES)
    assert (len(found.facts), found.rejected) == (123, [])
    assert {one.id.rpartition(":")[2] for one in found.facts} <= set(labels())
    place = next(one for one in found.facts if one.id.endswith(":120022")).attributes["location"]["value"]
    assert place == {"type": "Point", "coordinates": [4.3051, 52.09082]}
