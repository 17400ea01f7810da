# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of published studies: each command of it gives the figures that stand beside it."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import said
from tests.docs.reading import DOCS, blocks, commands
from tests.feeds.kinds.serving import SHARED

STUDIES = SHARED / "experiments"
PAGE = "reference/published.md"
ESTIMATES = [0.894, 0.885, -0.210, -0.287, 0.002, -15.604, -19.587, -27.349, None, 2.754, -0.0400, 106.695]
"""In the order of the page; of the seat belts as shares. None: weights are told there, and no estimate."""

VERDICTS = {0: "worked", 1: "worked", 2: "worked", 3: "worked", 4: "cannot tell", 5: "worked", 6: "worked", 7: "cannot tell",
            11: "cannot tell"}  # fmt: skip
COMMANDS = [words for block in blocks(PAGE) for words in commands(block)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    if not STUDIES.is_dir():
        pytest.skip(f"{STUDIES} is not there")
    folder = tmp_path_factory.mktemp("studies")
    _zone(folder)
    return [json.loads(said(*map(str, _placed(words, folder))).out) for words in COMMANDS]


def _placed(words: list[str], folder: Path) -> list[str | Path]:
    place = STUDIES if "/" in words[3] else folder
    return [*words[1:3], place / words[3], *words[4:]]


def _zone(folder: Path) -> None:
    """The rows that the grep of the page leaves."""
    found = re.search(r"zcat (\S+) \| grep -Ev '([^']+)'", (DOCS / PAGE).read_text("utf-8"))
    assert found is not None
    left_out = re.compile(found[2])
    with gzip.open(STUDIES / found[1], "rt") as file:
        (folder / "zone.csv").write_text("".join(row for row in file if not left_out.search(row)))


def test_each_gives_what_was_published(answers: list[dict[str, Any]]) -> None:
    assert len(answers) == len(ESTIMATES)
    for place, (answer, wanted) in enumerate(zip(answers, ESTIMATES, strict=True)):
        told = answer["relative"] if "seatbelts" in COMMANDS[place][3] else answer["estimate"]
        assert wanted is None or told == pytest.approx(wanted, abs=1e-3), COMMANDS[place]
        assert answer["verdict"] == VERDICTS.get(place, answer["verdict"]), COMMANDS[place]


def test_intervals_and_details_are_those_of_the_page(answers: list[dict[str, Any]]) -> None:
    assert answers[0]["interval"] == pytest.approx([0.865, 0.925], abs=1e-3)
    assert answers[1]["interval"] == pytest.approx([0.839, 0.933], abs=1e-3)
    assert [answers[1]["details"][f"hac_{end}"] for end in ("low", "high")] == pytest.approx([0.848, 0.924], abs=1e-3)
    assert [answers[10]["details"][one] for one in ("dynamic", "group")] == pytest.approx([-0.0772, -0.0310], abs=1e-4)
    assert answers[11]["details"]["hac_p"] == pytest.approx(0.14, abs=0.005)
    told = {check["name"]: check["text"] for check in answers[11]["checks"]}
    assert "one date, 25 October 2021" in told["dates"] and "half-term in England" in told["coincidence"]


def test_west_germany_is_mixed_as_on_the_page(answers: list[dict[str, Any]]) -> None:
    wanted = {"Austria": 0.416, "USA": 0.223, "Japan": 0.158, "Switzerland": 0.112, "Netherlands": 0.091}
    assert answers[8]["weights"] == pytest.approx(wanted, abs=1e-3)
