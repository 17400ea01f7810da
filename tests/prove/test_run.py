# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make prove: goes on where it was interrupted, remembers what is finished, and writes the page."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.prove import run, state
from tests.prove.page import page
from tests.prove.proofs import PROOFS, Proof
from tests.prove.seen import Failed, Seen, total

STOPS_AT, FAILS_AT = 3, 4


class Rounds:
    """A proof of which a test says what happens; `ran`: the numbers of its rounds."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self.stops = self.fails = -1

    def __call__(self, rounds: Iterable[int], seed: int) -> Iterator[Seen]:
        for number in rounds:
            if number == self.stops:
                raise KeyboardInterrupt
            if number == self.fails:
                raise Failed("a thing | was lost")
            self.ran.append(number)
            yield Seen({"things": 2}, {"slowest in ms": number})


@pytest.fixture
def rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    made = Rounds()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "reference").mkdir(parents=True)
    monkeypatch.setattr(run, "PROOFS", (Proof("kill", "what it shows", 6, made),))
    return made


def prove(*words: str) -> Result:
    return CliRunner().invoke(run.main, list(words))


def test_a_finished_proof_is_remembered(rounds: Rounds) -> None:
    assert prove().exit_code == 0
    assert rounds.ran == list(range(6))
    assert "| kill | what it shows | 6 | 12 things, slowest in ms 5 | 20" in run.PAGE.read_text("utf-8")
    assert "finished at this commit already" in prove("kill").output
    assert len(rounds.ran) == 6
    prove("kill", "--again")
    assert len(rounds.ran) == 12


def test_an_interrupted_proof_goes_on_at_its_next_round(rounds: Rounds) -> None:
    rounds.stops = STOPS_AT
    assert "goes on from there" in prove().output
    assert state.load()["kill"].done == STOPS_AT
    rounds.stops = -1
    prove()
    assert rounds.ran == list(range(6))
    assert state.load()["kill"].seen.counts == {"things": 12}


def test_a_failed_proof_is_told_and_tried_again(rounds: Rounds) -> None:
    rounds.fails = FAILS_AT
    done = prove()
    assert done.exit_code == 1
    assert "FAILED: a thing | was lost" in done.output
    assert "4 of 6 | **failed in round 5**: a thing / was lost |" in run.PAGE.read_text("utf-8")
    rounds.fails = -1
    assert prove().exit_code == 0
    assert rounds.ran == list(range(6))


def test_other_rounds_or_another_seed_begin_anew(rounds: Rounds) -> None:
    prove("--rounds", "2")
    prove("--rounds", "2", "--seed", "5")
    assert rounds.ran == [0, 1, 0, 1]


def test_the_page_has_a_row_for_every_proof() -> None:
    text = page(PROOFS, {})
    table = text.partition("\n\n## ")[0]
    assert [line.split(" | ")[0][2:] for line in table.splitlines()[6:]] == [proof.name for proof in PROOFS]
    assert text.count("not run yet") == len(PROOFS)


def test_what_was_seen_adds_up() -> None:
    seen = total([Seen({"a": 1}, {"ms": 3.0}), Seen({"a": 2, "b": 1000}, {"ms": 2.0})])
    assert seen.text() == "3 a, 1,000 b, ms 3"
