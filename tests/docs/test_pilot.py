# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on a fair pilot: its commands are there, and its story can be told."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import said
from tests.docs.reading import blocks, commands

PAGE = "how-to/run-a-fair-pilot.md"


def test_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _advise, verify, story, tell = blocks(PAGE)
    assert said("init", "my-city").code == 0
    (tmp_path / "quiet-street.toml").write_text(story, "utf-8")
    check, told = commands(tell)
    assert said(*check[1:]).out == "quiet-street.toml can be told.\n"
    # No node runs here, so nobody judges it.
    assert told[-2:] == ["--wait", "120"]
    ran = said(*told[1:-2])
    assert (ran.code, ran.out) == (0, "trial?id=quiet-street\n")
    (asked,) = commands(verify)
    checked = said(*asked[1:], "--folder", "my-city")
    assert checked.code == 1 and "Version 1 was not written at the moment that it gives." in checked.err


def test_the_past_is_tried_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _past(tmp_path / "past.csv")
    (words,) = commands(blocks(PAGE)[0])
    ran = said(*words[1:], "--fakes", "5")
    assert ran.code == 0, ran
    assert "difference-in-differences" in ran.out.lower() or "did" in ran.out.split()


def _past(file: Path) -> None:
    """Two years of weeks of eight streets."""
    chance = np.random.default_rng(5)
    weeks = np.datetime64("2024-01-01") + 7 * np.arange(104)
    shared = chance.normal(0, 20, 104)
    rows = ["street,week,cars"]
    for number, street in enumerate(("Quay", "Mill", "Park", "Gate", "Dyke", "Lock", "Wall", "Ford")):
        cars = 400 + 30 * number + shared + chance.normal(0, 10, 104)
        rows += [f"{street},{week},{one:.0f}" for week, one in zip(weeks, cars, strict=True)]
    file.write_text("\n".join(rows) + "\n")
