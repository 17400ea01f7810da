# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze goals enter: a table of numbers comes in whole or not at all, and is verified like what is measured."""

from pathlib import Path

import pytest

from hanze.access import audit
from hanze.goals.keeping import entered
from hanze.goals.model import ENTERED, EnteredFacts
from hanze.ngsild import times
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from tests.cli.conftest import said, sentence
from tests.goals.city import worked_out

ROWS = """code,part,area,period,value,grade,source
unemployment,,,2025,4.1,survey,CBS
voter-turnout,votes,,2022,21400,measured,count
voter-turnout,entitled,,2022,40000,assumed,our estimate
"""


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    file = tmp_path / "numbers.csv"
    file.write_text(ROWS)
    return file


def values(folder: Path, *more: str) -> list[list[str]]:
    ran = said("goals", "list", *more, "--folder", folder)
    assert ran.code == 0, ran
    return [line.split() for line in ran.out.splitlines()[1:]]


def test_numbers_become_values_that_are_verified_until_one_is_altered(folder: Path, numbers: Path) -> None:
    ran = said("goals", "enter", numbers, "--folder", folder)
    assert (ran.code, ran.out) == (0, "Numbers kept: 3.\n")
    worked_out(folder, "2026-02-01T00:00:00Z")
    assert values(folder, "--indicator", "unemployment")[0][:4] == ["unemployment", "city", "2026-01-01", "4.1"]
    assert values(folder, "--indicator", "voter-turnout")[0][3] == "53.5"
    assert said("goals", "verify", "--indicator", "voter-turnout", "--folder", folder).code == 0
    numbers.write_text("code,part,period,value,grade,source\nvoter-turnout,votes,2022,21401,measured,count\n")
    assert said("goals", "enter", numbers, "--folder", folder).code == 0
    ran = said("goals", "verify", "--indicator", "voter-turnout", "--folder", folder)
    assert ran.code == 1 and "its data are other ones" in ran.out
    assert said("goals", "verify", "--indicator", "unemployment", "--folder", folder).code == 0
    worked_out(folder, "2026-02-01T00:00:00Z")
    assert said("goals", "verify", "--indicator", "voter-turnout", "--folder", folder).code == 0


def test_what_is_wrong_is_told_by_line_and_nothing_is_kept(folder: Path, numbers: Path) -> None:
    numbers.write_text(ROWS + "unemployment,,,2024,400,good,\nroad-deaths,,,2999,4,measured,x\n")
    ran = said("goals", "enter", numbers, "--folder", folder)
    assert ran.code == 1 and ran.out == ""
    assert ran.err.splitlines() == [
        f"{numbers}, line 5, value: 400 is too large. It is 100 or less.",
        f"{numbers}, line 5, grade: 'good' is no grade. Write one of measured, survey, larger, assumed, personal, unknown.",
        f"{numbers}, line 5, source: Say where the number comes from.",
        f"{numbers}, line 6, period: 2999 has not begun yet. Give a period until today.",
        "Nothing was kept.",
    ]
    with sqlite.view(folder, 0) as reads:
        assert entered.read(reads, EVERYTHING, "unemployment") == {}


def test_who_entered_what_stands_in_the_audit_and_nobody_is_named(folder: Path, numbers: Path) -> None:
    assert said("goals", "enter", numbers, "--simulated", "--folder", folder).code == 0
    store = sqlite.open(folder, clock=times.system, vaults=ALL_VAULTS)
    (line,) = [one for one in audit.lines(store, limit=9) if one.act == "numbers entered"]
    assert (line.principal, line.subject, line.detail) == ("operator", "numbers.csv", {"count": 3})
    (city,) = {one.split(":")[3] for one in _ids(folder)}
    kept = store.get("", entered.id_of(city, "unemployment", "share", "city"), EVERYTHING)
    assert kept is not None
    facts = ENTERED.facts_of(kept, EnteredFacts)
    assert (facts.enteredBy, facts.simulated, facts.source) == ("operator", True, "CBS")
    store.close()


def _ids(folder: Path) -> list[str]:
    with sqlite.view(folder, 0) as reads:
        return [id for id, _ in entered.of(reads, EVERYTHING, "unemployment")]


def test_the_template_can_be_filled_in_and_has_the_indicators_of_the_folder(folder: Path, tmp_path: Path) -> None:
    ran = said("goals", "enter", "--template", "--folder", folder)
    assert ran.code == 0 and ran.out.startswith("code,part,name,unit,area,period,value,grade,source\n")
    filled = tmp_path / "filled.csv"
    filled.write_text(
        ran.out.replace("unemployment,share,People without work,%,,,,,", "unemployment,share,,%,,2025,4,survey,x")
    )
    told = said("goals", "enter", filled, "--folder", folder)
    assert told.out == f"Numbers kept: 1. Rows without a value: {len(ran.out.splitlines()) - 2}.\n", told


def test_no_file_and_a_file_that_is_not_there(folder: Path) -> None:
    assert said("goals", "enter", "--folder", folder).code == 2
    assert "nowhere.csv cannot be read" in sentence(said("goals", "enter", "nowhere.csv", "--folder", folder))
