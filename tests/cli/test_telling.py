# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments tell: a story from a file to the folder of a node."""

import re
from pathlib import Path

import pytest

from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.trials import keeping
from hanze.ngsild import times
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from tests.cli.conftest import said, sentence
from tests.experiments.telling.quiet import TEXT

AREA = """{"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"code": "N", "name": "Noord", "level": "neighbourhood"},
"geometry": {"type": "Polygon", "coordinates": [[[5, 52], [5.01, 52], [5.01, 52.01], [5, 52]]]}}]}"""

EARLIER = re.sub(r"202[56]-", lambda year: f"{int(year[0][:4]) - 5}-", TEXT)
"""The same five years before, so that it is over whatever day it is."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "quiet.toml"
    made.write_text(EARLIER, "utf-8")
    return made


def test_a_story_is_looked_at_and_told(folder: Path, file: Path, tmp_path: Path) -> None:
    areas = tmp_path / "areas.geojson"
    areas.write_text(AREA)
    said("goals", "areas", areas, "--folder", folder)
    assert said("experiments", "tell", file, "--check").out == f"{file} can be told.\n"
    told = said("experiments", "tell", file, "--folder", folder)
    assert told.out.split() == ["challenge?id=lawaai", "agreement?id=geluid", "trial?id=straat"], told
    store = sqlite.open(folder, clock=times.system, vaults=ALL_VAULTS)
    (trial,) = keeping.every(store)
    (challenge,) = challenges.read(store)
    store.close()
    assert (trial.status, challenge.facts.status, challenge.baseline) == ("ended", "decided", None)
    again = sentence(said("experiments", "tell", file, "--folder", folder))
    line = 1 + EARLIER.splitlines().index("[challenge]")
    assert f"quiet.toml, line {line}: challenge: there is a challenge lawaai already" in again
    after = said("experiments", "tell", file, "--after", "--folder", folder)
    assert "The trial straat was not judged yet" in sentence(after)


def test_what_followed_of_a_story_that_was_never_told_is_a_sentence(folder: Path, file: Path) -> None:
    assert "not judged yet" in sentence(said("experiments", "tell", file, "--after", "--folder", folder))


def test_a_wrong_story_is_a_sentence_with_its_line(folder: Path, file: Path) -> None:
    file.write_text(EARLIER.replace('area = "N"', "area = 3", 1), "utf-8")
    told = sentence(said("experiments", "tell", file, "--folder", folder))
    line = 1 + EARLIER.splitlines().index('area = "N"')
    assert f"line {line}: challenge.area: Expected str, got int" in told
