# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze experiments power and advise: what they print, and one sentence for whatever is wrong."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import said, sentence
from tests.experiments.adviser.city import table
from tests.running import Ran

COLUMNS = ("--outcome", "no2", "--unit", "street", "--time", "week")
TWO = ("--treated", "street 1,street 2", "--design", "did", "--fakes", "10")
PILOT = ("--treatable", "street 1,street 2", "--weeks", "8", "--effect", "10%", "--fakes", "6")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = table(units=10, weeks=60, shared=0.1, own=0.04)
    rows = zip(*(made.words(name) for name in made.columns), strict=True)
    file = tmp_path_factory.mktemp("past") / "no2.csv"
    file.write_text("\n".join([",".join(made.columns), *map(",".join, rows)]) + "\n")
    return file


def power(past: Path, *more: str) -> Ran:
    return said("experiments", "power", past, *COLUMNS, *TWO, *more)


def advise(past: Path, *more: str) -> Ran:
    return said("experiments", "advise", past, *COLUMNS, *PILOT, *more)


def test_power_by_effect_and_by_weeks(past: Path) -> None:
    found = json.loads(power(past, "--weeks", "8", "--effects", "1%,20%", "--json").out)
    low, high = found["effects"]
    assert (low["effect"], high["effect"]) == (0.01, 0.2) and low["power"] < 0.5 and high["power"] == 1.0
    assert [one["weeks"] for one in found["detectable"]] == [2, 4, 8, 16]
    assert all(0 < one["formula"] < 0.3 for one in found["detectable"])
    assert found["false_alarms"]["of"] == 10 and found["design"] == "did" and len(found["data_hash"]) == 64


def test_what_stands_from_the_planned_start_on_is_left_out(past: Path) -> None:
    whole, part = power(past), power(past, "--start", "2024-10-07")
    assert "a past of 60 moments" in whole.out and "a past of 40 moments" in part.out
    assert "smallest effect seen 4 times in 5" in part.out


def test_only_so_much_before_it_as_will_be_used(past: Path) -> None:
    found = json.loads(power(past, "--weeks", "8", "--before", "30", "--json").out)
    assert found["false_alarms"]["windows"] == 3
    assert "The past is too short to try it on" in power(past, "--weeks", "8", "--before", "60").out


def test_a_short_past_is_told_by_the_closed_form(past: Path) -> None:
    text = power(past, "--start", "2024-04-01", "--weeks", "12").out
    assert "The past is too short to try it on" in text and "False alarms" not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--effects", "5%,much"), "'much'"),
        (("--treated", "Kade"), "'Kade'"),
        (("--start", "soon"), "start is 'soon'"),
        (("--start", "2020-01-01"), "run from"),
        (("--design", "switchback"), "block is missing"),
        (("--design", "stepped-wedge"), "waves is missing"),
        (("--weeks", "0"), "weeks"),
    ],
)
def test_what_is_wrong_is_one_sentence(past: Path, words: tuple[str, ...], told: str) -> None:
    assert told in sentence(power(past, *words))


def test_all_streets_cannot_be_told_from_none(past: Path) -> None:
    words = ("experiments", "power", past, *COLUMNS, "--design", "did")
    assert "treated is missing" in sentence(said(*words))


def test_advice_is_one_table_with_what_would_go_wrong(past: Path) -> None:
    done = advise(past)
    assert done.code == 0, done.err
    assert "effect seen" in done.out and "did (8)" in done.out
    assert "switchback: It cannot be switched on and off." in done.out


def test_advice_in_dutch(past: Path) -> None:
    text = advise(past, "--language", "nl").out
    assert "loos alarm" in text and "De maatregel kan niet aan en uit worden gezet." in text


def test_advice_is_the_same_for_machines_each_time(past: Path) -> None:
    once, again = (advise(past, "--lot", "--json").out for _ in range(2))
    assert once == again
    found = json.loads(once)
    assert found["options"][0]["sound"] and 0 <= found["options"][0]["power"] <= 1
    assert {one["design"] for one in found["refused"]} == {"staggered", "stepped-wedge", "switchback"}


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--treatable", "Kade"), "'Kade'"), (("--count", "3"), "3 units"), (("--language", "xx"), "'xx'")],
)
def test_a_pilot_that_does_not_fit_is_one_sentence(past: Path, words: tuple[str, ...], told: str) -> None:
    assert told in sentence(advise(past, *words))
