# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan may say, what is asked of the table by it, and how plainly it says what cannot be."""

from datetime import date
from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.experiments.trials import exits
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.exits import Looks
from hanze.ngsild import times
from tests.experiments.trials.place import COMPARED, PLAN, TREATED, ZONE, plan

SURVEY = {
    "kind": "survey", "question": "Hoe?", "answers": [{"text": "Goed", "score": 2}, {"text": "Slecht", "score": 0}],
    "waves": [{"since": "2026-01-12", "until": "2026-01-20"}, {"since": "2026-03-01", "until": "2026-03-10"}],
}  # fmt: skip
REASON = {"kind": "harm", "beyond": "above", "threshold": 0.05, "alpha": 0.05}
BLOCKS = [{"since": "2026-02-10", "until": "2026-02-11"}, {"since": "2026-02-14", "until": "2026-02-15"}]
LOOKS = {"first": 14, "every": 7, "most": 3}


def fields(**other: Any) -> list[str]:
    return [one.field for one in plans.wrong(plan(**other))]


def test_a_good_plan_has_nothing_wrong_and_asks_its_question() -> None:
    one = plan()
    assert plans.wrong(one) == ()
    asked = plans.question(one, ZONE)
    assert (asked.design, asked.treated, asked.start, asked.bought) == ("did", TREATED, "2026-02-09", 0.05)
    assert (asked.outcome, asked.time, asked.unit, asked.season, asked.weights) == ("outcome", "time", "unit", "", "")


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"hypothesis": " "}, "hypothesis"),
        ({"starts": "2026-13-01"}, "starts"),
        ({"since": "2026-02-09"}, "since"),
        ({"ends": "2026-02-01"}, "ends"),
        ({"treated": []}, "treated"),
        ({"treated": [TREATED[0], TREATED[0]]}, "treated"),
        ({"compared": [TREATED[0]]}, "compared"),
        ({"compared": []}, "compared"),
        ({"design": "sdid", "compared": [COMPARED[0]]}, "compared"),
        ({"design": "staggered"}, "first"),
        ({"design": "stepped-wedge", "compared": [], "first": dict.fromkeys(TREATED, "2026-02-10")}, "first"),
        ({"design": "stepped-wedge", "first": {TREATED[0]: "2026-02-10", TREATED[1]: "2027-01-01"}}, "first"),
        ({"design": "switchback"}, "blocks"),
        ({"design": "switchback", "blocks": [BLOCKS[1], BLOCKS[0]]}, "blocks"),
        ({"level": 1.0}, "level"),
        ({"bought": 0.0}, "bought"),
        ({"units": "rows"}, "units"),
        ({"outcome": {**PLAN["outcome"], "attribute": ""}}, "outcome.attribute"),
        ({"outcome": {"kind": "table", "unit_column": "a", "time_column": "b", "together": "mean"}}, "outcome.together"),
        ({"placebo": {**PLAN["outcome"], "type": ""}}, "placebo.type"),
        ({"exclusions": [{"since": "2026-03-02", "until": "2026-03-01", "why": ""}]}, "exclusions"),
        ({"covariates": [{"name": "a b", "measured": {"type": "A", "attribute": "b"}}]}, "covariates"),
        ({"exits": {"looks": {"first": 0, "every": 7, "most": 3}, "reasons": [REASON]}}, "exits.looks"),
        ({"exits": {"looks": LOOKS, "reasons": []}}, "exits.reasons"),
        ({"exits": {"looks": LOOKS, "reasons": [{**REASON, "alpha": 0.5}]}}, "exits.harm"),
        ({"outcome": {**SURVEY, "answers": SURVEY["answers"][:1]}, "units": "areas"}, "outcome.answers"),
        ({"outcome": {**SURVEY, "waves": SURVEY["waves"][:1]}, "units": "areas"}, "outcome.waves"),
        ({"outcome": {**SURVEY, "waves": SURVEY["waves"][::-1]}, "units": "areas"}, "outcome.waves"),
    ],
)  # fmt: skip
def test_what_cannot_be_names_its_field(other: dict[str, Any], field: str) -> None:
    assert field in fields(**other)
    with pytest.raises(BadRequestData, match=r"of the plan cannot be used: \S"):
        plans.demand(plan(**other))


def test_a_plan_of_other_parts_is_refused_with_its_field() -> None:
    with pytest.raises(BadRequestData, match="design"):
        plans.read({**PLAN, "design": "guess"})
    with pytest.raises(BadRequestData, match="hypothesys"):
        plans.read({**PLAN, "hypothesys": ""})


def test_in_turn_on_and_off_and_by_survey_each_ask_in_their_way() -> None:
    first = {TREATED[0]: "2026-02-10", TREATED[1]: "2026-03-01"}
    assert plans.question(plan(design="staggered", first=first), ZONE).first_treated == "first"
    assert plans.question(plan(design="switchback", blocks=BLOCKS), ZONE).treated == ("on",)
    assert plans.question(plan(outcome=SURVEY, units="areas"), ZONE).weights == "weight"
    assert plans.question(plan(season="weekday", cluster="area", placebo=PLAN["outcome"]), ZONE).season == "season"


def test_hours_are_told_in_utc_and_days_as_the_city_has_them() -> None:
    hourly = plan(outcome={**PLAN["outcome"], "step": "hour"})
    assert plans.question(hourly, ZONE).start == "2026-02-08T23:00:00Z"
    assert plans.label(times.parse("2026-02-08T23:30:00Z"), plan(), ZONE) == "2026-02-09"


def test_looks_are_on_these_days_and_never_after_the_last_one() -> None:
    days = Looks(14, 7, 5).days(date(2026, 2, 9), date(2026, 3, 5))
    assert days == [date(2026, 2, 23), date(2026, 3, 2)]


def test_exits_are_said_in_words() -> None:
    one = plan(exits={"looks": LOOKS, "reasons": [REASON]}).exits
    assert one is not None and one.of("harm") and not one.of("success")
    assert (
        exits.told(one.reasons[0], "dB").said()
        == "the effect is surely above 5 percent; chance alone leads to it 5 times in 100"
    )
    assert exits.scheduled(one.looks).said().startswith("It is looked at for the first time 14 days")
