# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What forms answer becomes a plan, and a plan becomes the answers of its forms; nothing typed is guessed at."""

from typing import Any

import pytest

from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.pages import drafting, drafts
from tests.experiments.trials.place import LEVEL, NOISE, PLAN, TREATED, plan
from tests.experiments.trials.test_plan import BLOCKS, SURVEY

REASONS = [
    {"kind": "success", "beyond": "below", "threshold": -0.05, "alpha": 0.05},
    {"kind": "futility", "beyond": "above", "threshold": -0.02, "alpha": 0.05},
    {"kind": "harm", "beyond": "above", "threshold": 0.03, "alpha": 0.05},
    {"kind": "harm", "by": "value", "beyond": "above", "threshold": 75.0, "periods": 3},
]
EXITS = {"looks": {"first": 14, "every": 7, "most": 4}, "reasons": REASONS}
MORE: dict[str, Any] = {
    "exits": EXITS, "season": "weekday", "level": 0.9, "seed": 7, "cluster": "area", "existing": "accessed", "rules": "Geen.",
    "existing_says": "x", "sample": "y", "area": "N", "country": "NL", "placebo": {**PLAN["outcome"], "attribute": "LAmax"},
    "exclusions": [{"since": "2026-03-01", "until": "2026-03-02", "why": "storing van meter 3"}],
    "events": [{"since": "2026-03-20", "until": "2026-03-20", "name": "markt"}],
    "covariates": [{"name": "temperature", "measured": {"type": "WeatherObserved", "attribute": "temperature", "unit": "CEL"}}],
}  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {}, MORE,
        {"better": "higher", "exits": {**EXITS, "reasons": [
            {"kind": "success", "beyond": "above", "threshold": 0.05, "alpha": 0.05},
            {"kind": "harm", "beyond": "below", "threshold": -0.03, "alpha": 0.05},
        ]}},
        {"design": "staggered", "first": {TREATED[0]: "2026-02-10", TREATED[1]: "2026-03-01"}},
        {"design": "switchback", "blocks": BLOCKS, "order": "Met munten."},
        {"outcome": SURVEY, "units": "areas", "treated": ["N"], "compared": ["S"]},
        {"outcome": {"kind": "indicator", "indicator": "waste-full"}, "placebo": {"kind": "indicator", "indicator": "air-no2-year"},
         "units": "areas", "treated": ["N"], "compared": ["S"]},
        {"outcome": {"kind": "table", "unit_column": "a", "time_column": "b", "column": "c", "unit": "dB", "together": "mean"},
         "units": "rows", "treated": ["Kade"], "compared": ["Laan"]},
    ],
)  # fmt: skip
def test_a_plan_goes_through_its_forms_and_back(other: dict[str, Any]) -> None:
    one = plan(**other)
    again, wrong = drafting.plan(drafting.answers(one), str)
    assert again == one and not [each for each in wrong if each not in plans.wrong(one)]


def test_names_become_ids() -> None:
    answers = {**drafting.answers(plan()), "treated": ["Kade\nLaan"]}
    one, _wrong = drafting.plan(answers, lambda text: f"urn:{text}")
    assert one is not None and one.treated == ("urn:Kade", "urn:Laan")


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [("bought", "7,5", 0.075), ("bought", "7.5 %", 0.075), ("level", "90", 0.9), ("bought", "", None)],
)
def test_numbers_are_read_as_people_write_them(name: str, typed: str, expected: float | None) -> None:
    one, wrong = drafting.plan({**drafting.answers(plan()), name: [typed]}, str)
    assert one is not None and getattr(one, name) == expected and not wrong


@pytest.mark.parametrize(
    ("name", "typed"), [("bought", "veel"), ("bought", "1.2.3"), ("harm_value", "x"), ("look_first", "-")]
)
def test_what_is_no_number_is_told_beside_its_field(name: str, typed: str) -> None:
    _one, wrong = drafting.plan({**drafting.answers(plan(exits=EXITS)), name: [typed]}, str)
    assert [each.told.text for each in wrong if each.field == name] == [drafting.NUMBER]


def test_too_little_for_a_plan_says_what_to_choose() -> None:
    one, wrong = drafting.plan({"kind": ["measured"]}, str)
    assert one is None and {each.field for each in wrong} == {"better", "design", "outcome.type"}
    assert [drafts.step_of(drafts.field_of(each)) for each in wrong] == ["expect", "places", "outcome"]


def test_answers_without_what_they_count_as_are_told() -> None:
    answers = {**drafting.answers(plan(outcome=SURVEY, units="areas")), "answers": ["Goed\nSlecht = 0"]}
    _one, wrong = drafting.plan(answers, str)
    assert "outcome.answers" in [each.field for each in wrong]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-03-01 2026-03-04 markt", ("2026-03-01", "2026-03-04", "markt")),
        ("2026-03-01: storing", ("2026-03-01", "2026-03-01", "storing")),
        ("2026-03-01T07:00 \u2013 2026-03-01T19:00", ("2026-03-01T07:00", "2026-03-01T19:00", "")), ("morgen", ("", "", "morgen")),
    ],
)  # fmt: skip
def test_lines_of_days_are_read_in_each_usual_way(line: str, expected: tuple[str, str, str]) -> None:
    assert drafting._Reading({"events": [line]}).stretches("events") == [expected]


def test_the_outcome_is_known_before_the_rest_of_the_plan() -> None:
    found = drafts.outcome(
        {"kind": ["measured"], "series": [f"{NOISE}|{LEVEL}|2N"], "hypothesis": [""], "bought": ["x"]}
    )
    assert found == plan().outcome
    assert drafts.outcome({}) is None
