# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals score: two plain files in, scores out, for people and for programs."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import said, sentence

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
