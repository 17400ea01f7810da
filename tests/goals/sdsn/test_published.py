# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every published figure of the Sustainable Development Report 2019, from its raw values."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from hanze.goals.sdsn import codebook, raw
from hanze.goals.sdsn.scoring import Scored, score
from tests.feeds.kinds.serving import SHARED

DATA = SHARED / "sdsn_sdr_2019"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the report's data are not at {DATA}")


@pytest.fixture(scope="module")
def found() -> dict[str, Scored]:
    indicators = codebook.read(DATA / "codebook.csv")
    return {unit.id: unit for unit in score(indicators, raw.read(DATA / "raw_values.csv", indicators).units)}


def rows(name: str) -> dict[str, dict[str, str]]:
    with Path(DATA / name).open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def near(mine: float | None, published: str) -> bool:
    """Both missing, or equal but for the rounding of their sums."""
    return mine is None if not published else mine is not None and abs(mine - float(published)) < 1e-9


def test_normalised_values(found: dict[str, Scored]) -> None:
    cells = [
        (id, code, cell)
        for id, row in rows("published_normalised.csv").items()
        for code, cell in row.items()
        if code != "id"
    ]
    wrong = [cell for cell in cells if not near(found[cell[0]].indicators[cell[1]].normalised, cell[2])]
    assert wrong == []
    assert sum(1 for *_, cell in cells if cell) == 12_788


def test_colours_of_indicators(found: dict[str, Scored]) -> None:
    cells = [
        (id, code, cell)
        for id, row in rows("published_colours.csv").items()
        for code, cell in row.items()
        if code != "id"
    ]
    wrong = [cell for cell in cells if (found[cell[0]].indicators[cell[1]].colour or "") != cell[2]]
    assert wrong == []
    assert sum(1 for *_, cell in cells if cell) == 15_305


def test_goals(found: dict[str, Scored]) -> None:
    published = rows("published_scores.csv")
    wrong = [
        (id, goal)
        for id, row in published.items()
        for goal, mine in found[id].goals.items()
        if mine.colour != row[f"goal{goal}_colour"] or not near(mine.score, row[f"goal{goal}"])
    ]
    assert wrong == []
    colours = Counter(goal.colour for unit in found.values() for goal in unit.goals.values())
    assert colours.total() - colours["gray"] == 3_039


def test_scores_and_ranks(found: dict[str, Scored]) -> None:
    published = rows("published_scores.csv")
    assert found.keys() == published.keys()
    assert [id for id, row in published.items() if not near(found[id].score, row["score"])] == []
    assert [id for id, row in published.items() if str(found[id].rank or "") != row["rank"]] == []
    assert sum(1 for unit in found.values() if unit.rank) == 162
