# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals score: two plain files in, scores out, for people and for programs."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from hanze.ngsild import times
from tests.cli.conftest import said, sentence
from tests.goals.city import worked_out

BOOK = "code,goal,best,worst,green,red,is_global,oecd\na,1,100,0,80,40,yes,yes\nb,3,0,10,2,6,yes,yes\nc,4,1,0,.8,.4,no,yes\n"
RAW = "id,country,region,oecd,a,b\nX,Xland,north,1,90,1\nY,Yland,north,0,20,\nZ,Zland,north,0,50,5\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "book.csv").write_text(BOOK)
    (tmp_path / "raw.csv").write_text(RAW)
    return ("--codebook", str(tmp_path / "book.csv"), "--raw", str(tmp_path / "raw.csv"))


def test_json(files: tuple[str, ...]) -> None:
    ran = said("goals", "score", *files, "--json")
    told = json.loads(ran.out)
    assert told["method"] == "sdsn"
    x, y, _ = told["units"]
    assert (x["id"], x["score"], x["rank"], x["goals"]["1"], x["goals"]["2"]) == (
        "X", 90, 1, {"score": 90, "colour": "green"}, {"score": None, "colour": "gray"},
    )  # fmt: skip
    assert x["indicators"]["a"] == {"normalised": 90, "colour": "green"}
    assert (y["score"], y["rank"], y["indicators"]["b"]) == (None, None, {"normalised": None, "colour": None})
    assert "has no column for c: missing for all units" in ran.err


def test_csv(files: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(said("goals", "score", *files, "--csv").out.splitlines()))
    assert [(row["id"], row["score"], row["rank"], row["goal3_colour"], row["b"]) for row in rows] == [
        ("X", "90.0", "1", "green", "90.0"), ("Y", "", "", "gray", ""), ("Z", "50.0", "2", "orange", "50.0"),
    ]  # fmt: skip


def test_a_table_for_people_is_best_first(files: tuple[str, ...]) -> None:
    lines = said("goals", "score", *files).out.splitlines()
    assert [line.split()[:3] for line in lines[1:]] == [["1", "X", "90.0"], ["2", "Z", "50.0"], ["-", "Y", "-"]]


def test_a_file_that_is_not_there_or_no_codebook(files: tuple[str, ...], tmp_path: Path) -> None:
    assert "nowhere.csv" in sentence(said("goals", "score", "--codebook", str(tmp_path / "nowhere.csv"), *files[2:]))
    assert "has no column 'code'" in sentence(said("goals", "score", "--codebook", files[3], *files[2:]))


AREAS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"code": code, "name": f"Buurt {code}"},
         "geometry": {"type": "Polygon", "coordinates": [[[w, 52], [w + 0.01, 52], [w + 0.01, 52.01], [w, 52.01], [w, 52]]]}}
        for code, w in (("N", 5.0), ("S", 5.01))
    ],
}  # fmt: skip

METERS = [
    {"id": f"urn:ngsi-ld:AirQualityObserved:{code}", "type": "AirQualityObserved",
     "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, 52.005]}}}
    for code, lon in (("n", 5.005), ("s", 5.015))
]  # fmt: skip

YEAR = times.parse("2024-12-31T23:00:00Z")


def hours(folder: Path, id: str, first: int, values: Sequence[float]) -> None:
    """Readings of no2, one an hour from the start of 2025 on."""
    rows = [f"{times.text(YEAR + (first + n) * 3_600_000_000)},{id},{value}" for n, value in enumerate(values)]
    (folder / "a.csv").write_text("\n".join(["at,id,no2", *rows]))
    (folder / "a.toml").write_text(
        'type = "AirQualityObserved"\nid = "urn:ngsi-ld:AirQualityObserved:{id}"\n[time]\ncolumn = "at"\n'
        '[[attribute]]\nname = "no2"\ncolumn = "no2"\nunit = "GQ"\n'
    )
    assert said("load", folder / "a.csv", "--mapping", folder / "a.toml", "--folder", folder, "--again").code == 0


def test_from_areas_and_readings_to_values_that_can_be_verified(folder: Path) -> None:
    (folder / "areas.json").write_text(json.dumps(AREAS))
    (folder / "people.csv").write_text("code,people\nN,100\nS,300\n")
    (folder / "meters.json").write_text(json.dumps(METERS))
    ran = said(
        "goals",
        "areas",
        folder / "areas.json",
        "--level",
        "neighbourhood",
        "--people",
        folder / "people.csv",
        "--folder",
        folder,
    )
    assert (ran.code, ran.out) == (0, "2 areas.\n")
    assert said("load", folder / "meters.json", "--folder", folder).code == 0
    hours(folder, "n", 0, [10.0] * 8760)
    hours(folder, "s", 0, [30.0] * 8760)
    assert "There is no value of any indicator" in sentence(said("goals", "list", "--folder", folder))
    worked_out(folder, "2026-02-01T00:00:00Z")
    lines = said("goals", "list", "--indicator", "air-no2-year", "--folder", folder).out.splitlines()
    # Of January 2026, which runs, nothing is there.
    assert [line.split()[:4] for line in lines[1:]] == [
        ["air-no2-year", "N", "2026-01-01", "too"],
        ["air-no2-year", "S", "2026-01-01", "too"],
    ]
    assert said("goals", "verify", "--indicator", "air-no2-year", "--folder", folder).code == 0
    hours(folder, "n", 8760 + 5, [11.0])
    ran = said("goals", "verify", "--indicator", "air-no2-year", "--folder", folder)
    assert ran.code == 1 and "its data are other ones" in ran.out


def test_areas_that_are_none(folder: Path) -> None:
    (folder / "areas.json").write_text('{"type": "FeatureCollection", "features": []}')
    assert "areas.json" in sentence(said("goals", "areas", folder / "areas.json", "--folder", folder))
