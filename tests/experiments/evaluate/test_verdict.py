# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verdict follows from interval, direction, checks and what was bought; a null is told with what it could have seen."""

import msgspec
import pytest

from hanze.experiments.evaluate import power
from hanze.experiments.evaluate.levels import levels
from hanze.experiments.evaluate.question import Better
from hanze.experiments.evaluate.result import Check, Verdict
from hanze.experiments.evaluate.verdict import advise, decide, doubting, see, sure
from tests.experiments.evaluate.findings import QUESTION, check, found


def said(
    estimate: float, wide: float, *checks: Check, better: Better = "lower", bought: float | None = None
) -> Verdict:  # fmt: skip
    question = msgspec.structs.replace(QUESTION, better=better, bought=bought)
    finding = found(estimate, wide)
    return decide(finding, question, checks, see(finding, question, power.after(finding)))


@pytest.mark.parametrize(
    ("estimate", "wide", "better", "verdict"),
    [
        (-20, 10, "lower", "worked"),
        (20, 10, "lower", "made it worse"),
        (20, 10, "higher", "worked"),
        (-20, 10, "higher", "made it worse"),
        (-20, 30, "lower", "cannot tell"),
        (0, 1, "lower", "cannot tell"),
    ],
)
def test_the_side_of_the_interval_decides(estimate: float, wide: float, better: Better, verdict: Verdict) -> None:
    assert said(estimate, wide, better=better) == verdict


def test_nothing_is_believed_that_a_check_casts_doubt_on() -> None:
    assert said(-20, 10, check("fail", doubts=True)) == "cannot tell"
    assert said(20, 10, check("fail", doubts=True)) == "cannot tell"
    assert said(0, 1, check("fail", doubts=True), bought=0.1) == "cannot tell"
    assert said(-20, 10, check("fail"), check("warn", doubts=True)) == "worked"


@pytest.mark.parametrize(
    ("estimate", "wide", "bought", "verdict"),
    [
        (0, 2, 0.1, "did not work"),  # 3 % would have been seen, 10 % lies outside
        (0, 9, 0.1, "cannot tell"),  # only 13 % would have been seen
        (-5, 5.5, 0.1, "cannot tell"),  # 8 % would have been seen, and 10 % still lies inside
        (0, 2, None, "cannot tell"),  # nobody said what was bought
        (1, 2, 0.1, "did not work"),
    ],
)
def test_a_null_is_no_failure_unless_the_effect_could_have_been_seen(
    estimate: float, wide: float, bought: float | None, verdict: Verdict
) -> None:
    assert said(estimate, wide, bought=bought) == verdict


def test_what_was_bought_lies_in_the_better_direction() -> None:
    # Up to 11 % higher is possible, which nobody bought where lower is better.
    assert said(5, 6, bought=0.1) == "did not work"
    assert said(5, 6, bought=0.1, better="higher") == "cannot tell"


def test_how_sure_names_the_reason() -> None:
    clear, good, bad = found(-20, 10), check("pass"), check("fail", doubts=True)
    assert "Quite sure" in sure("worked", [good], levels("did", clear, [good])).said()
    assert "Fairly sure" in sure("worked", [good], levels("its", clear, [good])).said()
    assert "Fairly sure" in sure("worked", [check("warn")], levels("did", clear, [])).said()
    assert sure("worked", [good, check("warn")], levels("did", clear, [])).said().endswith("It stood 1 of 2 checks.")
    assert "It was looked at." in sure("cannot tell", [bad], levels("did", clear, [bad])).said()
    assert doubting([good, bad, check("fail")]) == [bad]


def test_advice_tells_how_long_to_go_on() -> None:
    finding = found(0, 9)
    question = msgspec.structs.replace(QUESTION, bought=0.1)
    told = advise("cannot tell", finding, question, [], see(finding, question, 0.2)).said()
    # To see half as much takes four times as long.
    assert "about 24 moments" in told and "now there are 6" in told
    assert "larger" in advise("cannot tell", finding, question, [], see(finding, question, 0.9)).said()
    assert "Say which effect" in advise("cannot tell", finding, QUESTION, [], see(finding, QUESTION, 0.2)).said()
