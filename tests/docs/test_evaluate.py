# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on evaluating a file: what it tells to type answers as it says."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import said
from tests.docs.reading import DOCS, blocks, commands
from tests.running import Ran

PAGE = "how-to/evaluate-a-file.md"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty streets for three years, of which the Quay is an eighth more quiet in the last one."""
    rng = np.random.default_rng(3)
    season = 2 * np.sin(np.arange(36) / 12 * 2 * np.pi)
    levels = rng.uniform(55, 68, 20)
    noise = levels[:, None] + season + rng.normal(0, 0.4, (20, 36))
    noise[0, 24:] *= 7 / 8
    rows = [blocks(PAGE)[0].splitlines()[0]]
    for street in range(20):
        for month in range(36):
            name = "Quay" if street == 0 else f"Street {street}"
            moment = f"{2023 + month // 12}-{month % 12 + 1:02}"
            rows.append(f"{name},{moment},{noise[street, month]:.1f},{rng.poisson(4)}")
    (tmp_path / "noise.csv").write_text("\n".join(rows) + "\n")
    monkeypatch.chdir(tmp_path)


def typed(block: str) -> list[Ran]:
    return [said(*words[1:]) for words in commands(block)]


def test_as_the_page_says(table: None) -> None:
    _rows, first, last = blocks(PAGE)
    (card,) = typed(first)
    assert card.code == 0 and "It worked" in card.out and "Better is: lower" in card.out
    answer, page = typed(last)
    found = json.loads(answer.out)
    assert found["verdict"] == "worked" and found["relative"] == pytest.approx(-1 / 8, abs=0.02)
    assert {"name": "placebo-outcome", "status": "pass"}.items() <= next(
        one for one in found["checks"] if one["name"] == "placebo-outcome"
    ).items()
    assert "Het werkte" in page.out and page.out.startswith("<!doctype html>")


def test_it_names_every_design_and_no_option_that_is_not_there() -> None:
    text, told = (DOCS / PAGE).read_text("utf-8"), said("experiments", "evaluate", "--help").out
    for design in (
        "its",
        "did",
        "event-study",
        "staggered",
        "sdid",
        "synthetic-control",
        "switchback",
        "stepped-wedge",
    ):
        assert f"`{design}`" in text, design
    for option in set(re.findall(r"--[a-z][a-z-]+", text)):
        assert option in told, option
