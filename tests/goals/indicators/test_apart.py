# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of two numbers is better, and when that cannot be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.indicators import apart
from hanze.goals.indicators.apart import Number, judged

OTHER_WAY = {"better": "worse", "worse": "better", "same": "same", "unsure": "unsure"}


def sure(value: float) -> Number:
    return Number(value, value, value)


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    value = draw(st.floats(-1000, 1000))
    below, above = draw(st.floats(0, 50)), draw(st.floats(0, 50))
    return Number(value, value - below, value + above)


@pytest.mark.parametrize(
    ("one", "other", "more", "expected"),
    [
        (sure(12.0), sure(10.0), True, "better"),
        (sure(12.0), sure(10.0), False, "worse"),
        (Number(12.0, 11.0, 13.0), Number(10.0, 9.5, 10.9), False, "worse"),
        (Number(12.0, 11.0, 13.0), Number(10.0, 9.5, 11.0), False, "unsure"),
        (Number(12.0, 11.0, 13.0), Number(10.0, 9.0, 20.0), True, "unsure"),
        # What people are shown is the same, however sure it is.
        (sure(10.04), sure(10.01), True, "same"),
    ],
)
def test_by_hand(one: Number, other: Number, more: bool, expected: str) -> None:
    assert judged(one, other, 1, more=more) == expected


def test_ends_that_are_not_told_are_the_number() -> None:
    assert apart.number(3.0, None, None) == sure(3.0)
    assert apart.number(3.0, 2.0, None) == Number(3.0, 2.0, 3.0)
    assert apart.number(None, 2.0, 4.0) is None


@given(numbers(), numbers(), st.booleans())
def test_the_other_way_round_it_is_the_opposite(one: Number, other: Number, more: bool) -> None:
    verdict = judged(one, other, 1, more=more)
    assert judged(other, one, 1, more=more) == OTHER_WAY[verdict]
    assert judged(one, other, 1, more=not more) == OTHER_WAY[verdict]


@given(numbers(), numbers(), st.floats(0, 100))
def test_what_is_less_sure_is_never_told_apart_sooner(one: Number, other: Number, wider: float) -> None:
    before = judged(one, other, 1, more=True)
    after = judged(Number(one.value, one.low - wider, one.high + wider), other, 1, more=True)
    assert after in (before, "unsure")
