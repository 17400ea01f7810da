# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would go wrong is told from what happened in the fakes, the heaviest first."""

from hanze.experiments.adviser.laying import Layout
from hanze.experiments.adviser.trying import Fake, Tried
from hanze.experiments.adviser.wrong import sound, wrong

FIXED = Layout(design="its", treatable=("a",), count=1)
LOTS = Layout(design="did", treatable=("a", "b", "c"), count=1)


def found(
    relatives: list[float], width: float = 0.05, layout: Layout = LOTS, broken: tuple[str, ...] = (), windows: int = 9
) -> Tried:  # fmt: skip
    fakes = tuple(Fake(f"week {place}", one, one - width, one + width) for place, one in enumerate(relatives))
    return Tried(layout=layout, after=12, fakes=fakes, broken=broken, windows=windows)


def said(tried: Tried, power: float = 0.9) -> list[str]:
    return [one.said() for one in wrong(tried, power, 0.1, 0.95)]


GOOD = [0.01, -0.01] * 20


def test_nothing_is_wrong_with_a_good_one() -> None:
    assert said(found(GOOD)) == []


def test_false_alarms_come_first_and_when_they_were_where_they_stand_together() -> None:
    tried = found([*GOOD[:30], *[0.1, -0.1] * 5])
    assert not sound(tried, 0.95) and sound(found([*GOOD[:38], 0.1, -0.1]), 0.95)
    first, second = said(tried)[:2]
    assert first == "It sees effects that are not there: in 10 of 40 periods without a measure, where about 2 is fair."
    assert "begin from week 30 to week 39" in second


def test_false_alarms_that_are_spread_have_no_season() -> None:
    assert not any("begin from" in one for one in said(found([0.1, -0.1, 0.01, -0.01] * 10)))


def test_an_effect_that_is_missed() -> None:
    assert said(found(GOOD), 0.4) == ["An effect of 10 % would be seen in 40 % of the trials; four in five is usual."]


def test_one_that_leans_to_a_side() -> None:
    assert said(found([0.02, 0.03] * 20)) == [
        "In periods without a measure it finds 2.5 % on average: it leans to one side."
    ]


def test_sliding_over_few_periods_does_not_prove_that_it_leans() -> None:
    assert not any("leans" in one for one in said(found([0.03] * 20 + [-0.01] * 20, layout=FIXED, windows=2)))


def test_one_start_and_a_short_past_are_told() -> None:
    assert said(found(GOOD, layout=FIXED, windows=2)) == [
        "It has one starting date: whatever else begins at that time counts as its effect.",
        "The past holds only 2 periods of this length that do not overlap, so that these figures are rough.",
    ]


def test_where_it_could_not_be_used() -> None:
    assert said(found(GOOD[:38], broken=("Too few.", "Too few."))) == [
        "It could not be used in 2 of 40 periods: Too few."
    ]
