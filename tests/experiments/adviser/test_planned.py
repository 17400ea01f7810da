# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Power is asked of a trial to come by the same words as an evaluation of one that was."""

import pytest
from msgspec.structs import replace

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.planned import planned, usual
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table
from tests.experiments.adviser.city import QUESTION, table, town

TABLE = table(units=6, weeks=40)
NAMES = tuple(f"street {number}" for number in range(1, 7))
DID = replace(QUESTION, design="did", treated=NAMES[:2])


def marked(since: dict[str, int], until: int = 40) -> Table:
    """With a column that is 1 in these streets from a week on, up to another."""
    words = [
        str(int(since.get(street, 99) <= place % 40 < until)) for place, street in enumerate(TABLE.words("street"))
    ]
    return Table({**TABLE.columns, "on": words}, "")


def test_a_trial_to_come_has_the_whole_table_as_its_past() -> None:
    known, layout = planned(TABLE, replace(DID, start="2030-01-01"))
    assert len(known.times) == 40 and not known.on.any()
    assert (layout.treatable, layout.controls, layout.count) == (NAMES[:2], NAMES[2:], 2)
    assert planned(TABLE, DID)[1] == layout


def test_what_stands_in_the_table_from_the_measure_on_is_left_out() -> None:
    assert len(planned(TABLE, replace(DID, start="2024-05-20"))[0].times) == 20


def test_a_column_tells_who_gets_it_and_since_when() -> None:
    known, layout = planned(marked({"street 4": 30}), replace(DID, treated=("on",)))
    assert len(known.times) == 30 and layout.treatable == ("street 4",)


def test_a_table_tells_the_waves_of_a_roll_out() -> None:
    question = replace(QUESTION, design="staggered", treated=("on",))
    layout = planned(marked({"street 1": 20, "street 2": 20, "street 3": 30, "street 4": 35}), question)[1]
    assert layout.waves == 3 and layout.count == 4
    assert planned(TABLE, replace(question, treated=NAMES[:4]), waves=2)[1].waves == 2


def test_a_table_tells_the_blocks_of_a_switch() -> None:
    words = [str(int(place % 40 >= 20 and place % 40 // 4 % 2)) for place in range(240)]
    switched = Table({**TABLE.columns, "on": words}, "")
    known, layout = planned(switched, replace(QUESTION, design="switchback", treated=("on",)))
    assert layout.block == 4 and len(known.times) == 20


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (replace(DID, treated=()), "treated is missing"),
        (replace(DID, treated=("Kade",)), "'Kade', which is no value of street"),
        (replace(DID, start="soon"), "start is 'soon'; week holds a date"),
        (replace(DID, start="2024-01-01"), "run from"),
        (replace(DID, design="staggered"), "waves is missing"),
        (replace(DID, design="switchback"), "block is missing"),
    ],
)
def test_what_is_missing_is_said(question: Question, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        planned(TABLE, question)


def test_a_measure_that_was_always_on_has_no_past() -> None:
    with pytest.raises(ConfigurationError, match="give a table with a past"):
        planned(marked({"street 1": 0}), replace(DID, treated=("on",)))


def test_a_trial_lasts_twelve_weeks_or_what_the_past_allows() -> None:
    assert usual(town(weeks=80)) == 12 and usual(town(weeks=20)) == 5
