# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data of a plain file: the same columns and moments, other units, near the real series and no copy of them."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hanze.errors import HanzeError
from hanze.experiments.evaluate import table
from hanze.experiments.practice.distances import LIMITS, correlation
from hanze.experiments.practice.tabling import Columns, practice
from tests.running import hanze

HOURS = 168 * 10
ASKED = ("--unit", "station", "--time", "hour", "--outcome", "no2", "--outcome", "pm10")


def write(file: Path, hours: int = HOURS, *, numbered: bool = False) -> Path:
    """Two stations with a rhythm of the day, noise that lasts, and a column of names."""
    random, hour = np.random.default_rng(1), np.arange(hours)
    lasting = np.convolve(random.normal(0, 3, hours + 20), np.ones(20) / 4, "valid")[:hours]
    start = datetime(2026, 1, 5, tzinfo=UTC)
    with file.open("w", encoding="utf-8") as target:
        target.write("station,hour,no2,pm10,keeper\n")
        for station in ("Kade", "Markt"):
            no2 = 20 + 8 * np.sin(hour * np.pi / 12) + lasting + random.normal(0, 1, hours)
            for number in range(hours):
                at = number if numbered else (start + timedelta(hours=number)).isoformat().removesuffix("+00:00")
                dust = "" if number == 7 else f"{no2[number] / 2 + random.normal(0, 1):.1f}"
                target.write(f"{station},{at},{no2[number]:.1f},{dust},Jan\n")
    return file


def numbers(file: Path, column: str, unit: str) -> "np.typing.NDArray[np.float64]":
    with file.open(encoding="utf-8") as source:
        found = [row[column] for row in csv.DictReader(source) if row["station"] == unit]
    return np.array([float(one or "nan") for one in found])


def test_a_file_becomes_one_to_practise_with(tmp_path: Path) -> None:
    real, out = write(tmp_path / "real.csv"), tmp_path / "practice.csv"
    made = hanze("experiments", "practice", str(real), *ASKED, "--out", str(out), cwd=tmp_path)
    assert made.code == 0, made.err
    assert "3360 rows" in made.out and "at least 0.7" in made.out
    text = out.read_text("utf-8")
    assert text.startswith("station,hour,no2,pm10\npractice-001,2026-01-05T00:00:00,")
    assert "Kade" not in text and "Jan" not in text
    one, other = numbers(real, "no2", "Kade"), numbers(out, "no2", "practice-001")
    assert abs(correlation(one[:-24], one[24:]) - correlation(other[:-24], other[24:])) <= LIMITS.day
    assert np.isnan(numbers(out, "pm10", "practice-002")).sum() == 1
    assert np.mean(one == other) < 0.1


def test_the_same_seed_makes_the_same(tmp_path: Path) -> None:
    real = table.read(write(tmp_path / "real.csv"))
    one, same, other = (practice(real, Columns("station", "hour", ("no2",)), seed).rows for seed in (1, 1, 2))
    assert one == same and one != other


@pytest.mark.parametrize(
    ("hours", "asked", "says"),
    [
        (200, Columns("station", "hour", ("no2", "pm10")), "take a longer period, eight weeks at least"),
        (400, Columns("", "hour", ("no2",)), "400 moments stand there twice; name the column of units"),
        (400, Columns("station", "hour", ("keeper",)), "keeper is 'Jan'"),
        (400, Columns("station", "hour", ("o3",)), "has no column 'o3'"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(tmp_path: Path, hours: int, asked: Columns, says: str) -> None:
    real = write(tmp_path / "real.csv", hours)
    if hours == 200:
        rough(real)
    with pytest.raises(HanzeError) as told:
        practice(table.read(real), asked, 1)
    assert says in told.value.detail


def rough(file: Path) -> None:
    """Walks that never come back: too few weeks to follow them."""
    walk = np.random.default_rng(0).lognormal(1, 1, 200).cumsum()
    rows = [
        f"Kade,{(datetime(2026, 1, 5) + timedelta(hours=hour)).isoformat()},{walk[hour]:.2f},{walk[hour]:.2f}"
        for hour in range(200)
    ]
    file.write_text("\n".join(["station,hour,no2,pm10", *rows]), "utf-8")


def test_moments_that_are_numbers_take_the_steps_of_a_week(tmp_path: Path) -> None:
    real = table.read(write(tmp_path / "real.csv", numbered=True))
    with pytest.raises(HanzeError, match="--week"):
        practice(real, Columns("station", "hour", ("no2",)), 1)
    made = practice(real, Columns("station", "hour", ("no2",), 168), 1)
    assert made.head == ("station", "hour", "no2") and len(made.rows) == 2 * HOURS
    assert made.rows[0][:2] == ("practice-001", "0")
