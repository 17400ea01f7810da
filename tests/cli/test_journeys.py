# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals target, question and answers: what the pages do, by command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from hanze.cli.demo import journey
from hanze.feeds.havendam import areas as drawn
from hanze.goals.journey import questions, targets, wishes
from hanze.goals.journey.vaults import WISHES
from hanze.ngsild import times
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.cli.conftest import said, sentence

AREAS = """{"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"code": "%s", "name": "Buurt", "level": "neighbourhood"},
"geometry": {"type": "Polygon", "coordinates": [[[5, 52], [5.01, 52], [5.01, 52.01], [5, 52]]]}}]}"""


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = sqlite.open(folder, clock=times.system, vaults=ALL_VAULTS)
    yield store
    store.close()


def test_a_target_and_what_was_promised_before(folder: Path) -> None:
    for value, says in (("15", "Minder."), ("10", "Nog minder.")):
        ran = said("goals", "target", "waste-full", "2030", value, "--says", says, "--folder", str(folder))
        assert f"waste-full {value} in 2030" in ran.out
    with opened(folder) as store:
        (found,) = targets.read(store, EVERYTHING, ["waste-full"])
    assert [(one.target, one.says, one.role) for one in found.promises] == [
        (15.0, "Minder.", "administrator"), (10.0, "Nog minder.", "administrator"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing", "2030", "1"), "There is no goal or indicator"), (("waste-full", "2030", "101"), "give a number from 0 to 100"),
        (("goal-18", "2030", "1"), "There is no goal or indicator"),
    ],
)  # fmt: skip
def test_a_wrong_target_is_a_sentence(folder: Path, words: tuple[str, ...], told: str) -> None:
    assert told in sentence(said("goals", "target", *words, "--says", "x", "--folder", str(folder)))


def test_answers_on_paper(folder: Path, tmp_path: Path) -> None:
    areas, paper = tmp_path / "areas.geojson", tmp_path / "paper.csv"
    areas.write_text(AREAS % "N")
    said("goals", "areas", str(areas), "--folder", str(folder))
    paper.write_text('text,area,goals\n"Meer bomen, ook in onze straat.",N,13 15\nRust.,,\n')
    ask = ("goals", "answers", "2026", str(paper), "--folder", str(folder))
    assert "Nothing was asked in 2026" in sentence(said(*ask))
    days = ("--opens", "2026-03-01", "--closes", "2026-03-31")
    said("goals", "question", "2026", *days, "--folder", str(folder))
    assert "2 answers came in." in said(*ask).out
    with opened(folder) as store:
        assert [one.opens for one in questions.read(store, EVERYTHING)] == ["2026-03-01"]
        found = wishes.of_state(store.vault(WISHES), "new", 10)
    assert [(one.text, one.area, one.goals) for one in found] == [
        ("Meer bomen, ook in onze straat.", "N", (13, 15)), ("Rust.", "", ()),
    ]  # fmt: skip
    crossing = said("goals", "question", "2027", *days, "--folder", str(folder))
    assert "The question of 2026 can be answered on some of these days" in sentence(crossing)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Bel 0612345678,,", "Answer 1 has a mail address or a telephone number"), ("x,nowhere,", "is of the area"),
        ("x,,18", "names a goal"), ("x,,a", "line 2: goals is 'a'"), (f"{'x' * 501},,", "has 501 signs"),
    ],
)  # fmt: skip
def test_wrong_answers_are_a_sentence_and_none_is_kept(folder: Path, tmp_path: Path, row: str, told: str) -> None:
    paper = tmp_path / "paper.csv"
    paper.write_text(f"text,area,goals\n{row}\n")
    assert told in sentence(said("goals", "answers", "2026", str(paper), "--folder", str(folder)))


def test_what_the_demonstration_tells_can_be_told(folder: Path, tmp_path: Path) -> None:
    areas = tmp_path / "areas.geojson"
    areas.write_bytes(msgspec.json.encode(drawn.areas()))
    said("goals", "areas", str(areas), "--folder", str(folder))
    for words in journey.commands(folder, 2025):
        assert said(*words).code == 0, words
    with opened(folder) as store:
        assert wishes.counted(store.vault(WISHES), 2025, "shown") == len(journey.ANSWERS)
        assert all(
            one.newest.simulated for one in targets.read(store, EVERYTHING, [code for code, *_ in journey.TARGETS])
        )
