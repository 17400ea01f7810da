# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments evaluate: the shape of what it prints, and one sentence for whatever is wrong."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import said, sentence
from tests.running import Ran

KEYS = [
    "design", "estimate", "se", "interval", "relative", "verdict", "evidence_level", "checks", "weights", "method", "version",
    "seed", "data_hash",
]  # fmt: skip

ASKED = (
    "--design", "synthetic-control", "--outcome", "noise", "--unit", "street", "--time", "month", "--treated", "Quay, north",
    "--start", "2025-01",
)  # fmt: skip


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty streets for three years; in the last one the quay is a fifth more quiet."""
    rng = np.random.default_rng(4)
    season = 5 * np.sin(np.arange(36) / 12 * 2 * np.pi)
    rows = ["street,month,noise"]
    for unit in range(30):
        level, share = rng.uniform(45, 75), rng.uniform(0.5, 1.5)
        for month in range(36):
            noise = level + share * season[month] + rng.normal(0, 0.7)
            noise *= 0.8 if unit == 0 and month >= 24 else 1
            name = '"Quay, north"' if unit == 0 else f"S{unit}"
            rows.append(f"{name},{2023 + month // 12}-{month % 12 + 1:02},{noise:.2f}")
    file = tmp_path_factory.mktemp("streets") / "streets.csv"
    file.write_text("\n".join(rows) + "\n")
    return file


def ran(file: Path, *more: str | Path) -> Ran:
    return said("experiments", "evaluate", file, *ASKED, *more)


def test_json_has_what_was_promised_first(streets: Path) -> None:
    done = ran(streets, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert list(found)[: len(KEYS)] == KEYS
    assert found["verdict"] == "worked" and found["design"] == "synthetic-control"
    assert found["interval"][0] <= found["estimate"] <= found["interval"][1] < 0
    assert found["relative"] == pytest.approx(-0.2, abs=0.03)
    assert found["evidence_level"] == {"maryland": 3, "nesta": 3}
    assert all(set(one) == {"name", "status", "text"} for one in found["checks"])
    assert {one["status"] for one in found["checks"]} <= {"pass", "warn", "fail"}
    assert re.fullmatch("[0-9a-f]{64}", found["data_hash"]) and found["seed"] == 1


def test_the_same_seed_gives_the_same(streets: Path) -> None:
    assert ran(streets, "--json").out == ran(streets, "--json").out


def test_the_card_is_read_in_a_minute(streets: Path) -> None:
    text = ran(streets).out
    assert "Does the measure make noise lower? It is on in Quay, north from January 2025 on." in text
    assert "It worked" in text and "% lower, in all likelihood between" in text
    assert "observed" in text and "^ January 2025" in text and "placebo-space" in text
    assert "Maryland 3 of 5" in text and "Better is: lower" in text
    assert len(text.split()) < 330


def test_a_page_stands_alone_and_speaks_dutch(streets: Path) -> None:
    page = ran(streets, "--html", "--language", "nl").out
    assert page.startswith("<!doctype html>") and '<html lang="nl">' in page
    assert "Het werkte" in page and "januari 2025" in page and "<svg" in page
    assert not re.search(r'(src|href)="|url\(|@import|<script', page)


def test_a_packed_file_is_read_too(streets: Path, tmp_path: Path) -> None:
    packed = tmp_path / "streets.csv.gz"
    packed.write_bytes(gzip.compress(streets.read_bytes()))
    one, other = json.loads(ran(streets, "--json").out), json.loads(ran(packed, "--json").out)
    assert one["estimate"] == other["estimate"] and one["data_hash"] != other["data_hash"]
    packed.write_bytes(b"no gzip at all")
    assert "cannot be unpacked" in sentence(ran(packed))


def test_a_null_is_told_with_what_could_have_been_seen(streets: Path) -> None:
    fake = said("experiments", "evaluate", streets, *ASKED[:-4], "--treated", "S3", "--start", "2024-01", "--json")
    found = json.loads(fake.out)
    assert found["verdict"] == "cannot tell" and 0 < found["detectable"] < 0.3
    bought = said(
        "experiments",
        "evaluate",
        streets,
        *ASKED[:-4],
        "--treated",
        "S3",
        "--start",
        "2024-01",
        "--bought",
        "30%",
        "--json",
    )
    assert json.loads(bought.out)["verdict"] == "did not work"


def test_the_better_direction_turns_the_verdict(streets: Path) -> None:
    assert json.loads(ran(streets, "--better", "higher", "--json").out)["verdict"] == "made it worse"


def test_events_that_are_told_are_looked_at(streets: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("name,since,until\nA new tram line,2025-01,2025-03\n")
    checks = json.loads(ran(streets, "--events", events, "--json").out)["checks"]
    (found,) = [one for one in checks if one["name"] == "coincidence"]
    assert found["status"] == "warn" and "A new tram line" in found["text"]
    events.write_text("name,since,until\nA new tram line,2025-01,\n")
    assert "A new tram line" in sentence(ran(streets, "--events", events))
    events.write_text("name,since,until\nA new tram line,soon,later\n")
    assert "'soon'" in sentence(ran(streets, "--events", events))
    events.write_text("name,since,until\nA new tram line,2025-03,2025-01\n")
    assert "from '2025-03' to '2025-01', which is earlier" in sentence(ran(streets, "--events", events))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--treated", "Kade"), "'Kade'"),
        (("--start", "2031-01"), "'2031-01'"),
        (("--outcome", "sound"), "no column 'sound'"),
        (("--covariates", "rain,wind"), "'rain'"),
        (("--bought", "10"), "'10'"),
        (("--level", "1.5"), "'1.5'"),
        (("--design", "magic"), "'magic'"),
        (("--language", "xx"), "'xx'"),
        (("--placebo-outcome", "birds"), "'birds'"),
    ],
)
def test_one_sentence_for_whatever_is_wrong(streets: Path, words: tuple[str, str], told: str) -> None:
    assert told in sentence(ran(streets, *words))


def test_one_form_is_asked_for(streets: Path) -> None:
    assert "--json and --html" in sentence(ran(streets, "--json", "--html"))


def test_a_country_that_is_not_known(tmp_path: Path) -> None:
    lines = [f"{unit},2025-03-{day:02},{day % 7}" for unit in "abcdef" for day in range(1, 31)]
    (tmp_path / "days.csv").write_text("\n".join(["street,month,noise", *lines]))
    asked = (*ASKED[:8], "--treated", "a", "--start", "2025-03-20", "--country", "xx")
    assert "'XX'" in sentence(said("experiments", "evaluate", tmp_path / "days.csv", *asked))


def test_a_file_that_is_not_there_or_no_table(tmp_path: Path) -> None:
    assert "nothing.csv" in sentence(ran(tmp_path / "nothing.csv"))
    (tmp_path / "empty.csv").write_text("street,month,noise\n")
    assert "no rows" in sentence(ran(tmp_path / "empty.csv"))


def test_without_the_extra_it_says_what_to_install(streets: Path) -> None:
    """In a process of its own, in which scipy cannot be imported."""
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "from hanze.cli import main\n"
        f"main(['experiments', 'evaluate', {str(streets)!r}, *{list(ASKED)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'hanze[experiments]'" in sentence(Ran(done.returncode, done.stdout, done.stderr))
