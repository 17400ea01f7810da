# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals scores and verify: what is shown, and that a value which somebody altered is found."""

from pathlib import Path

import pytest

from hanze.ngsild import times
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from tests.cli.conftest import said, sentence
from tests.goals.scoring.town import Town, catalogue

NOW = times.parse("2026-03-10T12:00:00Z")
LATER = NOW + 3_600_000_000


@pytest.fixture
def scored(folder: Path) -> Path:
    """A node that does not run, with scores of February and March."""
    told(folder, NOW, "2026-02-01", {"C": 40, "N": 40, "S": 40})
    told(folder, NOW, "2026-03-01", {"C": 50, "N": 20, "S": 80}, score=True)
    return folder


def told(folder: Path, now: int, day: str, places: dict[str, float | None], *, score: bool = False) -> None:
    store = sqlite.open(folder, clock=lambda: now, vaults=ALL_VAULTS)
    town = Town(store)
    town.definitions = catalogue()
    town.tell("waste-full", day, places)
    if score:
        town.score(now)
    store.close()


def test_scores_are_shown_with_how_sure_they_are(scored: Path) -> None:
    lines = said("goals", "scores", "--subject", "liveability", "--folder", scored).out.splitlines()
    # 100 residents have 20 and 300 have 80: 50 * (20 * 80^3)^(1/4) / 65.
    assert [line.split()[:4] for line in lines[1:]] == [
        ["liveability", "C", "2026-03-01", "43.5"],
        ["liveability", "N", "2026-03-01", "20.0"],
        ["liveability", "S", "2026-03-01", "80.0"],
    ]
    lines = said(
        "goals", "scores", "--subject", "goal-12", "--area", "C", "--past", "--folder", scored
    ).out.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["goal-12", "C", "2026-02-01", "40.0", "40.0", "and", "40.0", "1", "of", "4", "gray"],
        ["goal-12", "C", "2026-03-01", "50.0", "50.0", "and", "50.0", "1", "of", "4", "gray"],
    ]


def test_an_altered_value_is_found(scored: Path) -> None:
    ran = said("goals", "verify", "--subject", "liveability", "--past", "--folder", scored)
    assert ran.code == 0
    assert ran.out.count("good") == 6
    told(scored, NOW, "2026-03-01", {"S": 81})
    ran = said("goals", "verify", "--subject", "liveability", "--folder", scored)
    assert ran.code == 1
    verdicts = [line.strip().rpartition("  ")[2] for line in ran.out.splitlines()[1:]]
    assert verdicts == ["its values are other ones", "good", "its values are other ones"]


def test_an_altered_value_of_a_month_that_is_over_is_found(scored: Path) -> None:
    store = sqlite.open(scored, clock=lambda: NOW, vaults=ALL_VAULTS)
    Town(store).tell("waste-full", "2026-02-01", {"N": 10})
    store.close()
    ran = said("goals", "verify", "--subject", "liveability", "--area", "N", "--past", "--folder", scored)
    assert ran.code == 1
    assert ["its values are other ones" in line for line in ran.out.splitlines()[1:]] == [True, False]


def test_a_value_that_came_since_is_not_wrong(scored: Path) -> None:
    told(scored, LATER, "2026-03-01", {"S": 81})
    ran = said("goals", "verify", "--subject", "liveability", "--area", "S", "--folder", scored)
    assert ran.code == 0
    assert "newer values are there" in ran.out


def test_without_scores_it_says_when_they_come(folder: Path) -> None:
    ran = said("goals", "scores", "--subject", "goal-1", "--folder", folder)
    assert "There is no score of goal-1 for any area yet" in sentence(ran)
