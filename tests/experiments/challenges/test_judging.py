# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores become an order that anyone can check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.experiments.challenges import judging
from hanze.experiments.challenges.call import Criterion
from hanze.experiments.challenges.judging import Score

TWO = (Criterion("Works", 60), Criterion("Energy", 40, True))


def scores(*given: int) -> list[Score]:
    return [Score(one, "since") for one in given]


def test_weights_and_means() -> None:
    found = judging.judged(TWO, {"a": [scores(5, 3), scores(3, 3)], "b": [scores(4, 5)], "c": []})
    assert [(one.application, one.means, one.jurors) for one in found] == [("b", (4.0, 5.0), 1), ("a", (4.0, 3.0), 2)]
    assert [one.total for one in found] == [pytest.approx(88.0), pytest.approx(72.0)]
    assert found[1].spread == (2, 0) and found[1].apart == pytest.approx(24.0)


@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=2), min_size=1, max_size=5))
def test_the_total_lies_between_those_of_the_jurors(given: list[list[int]]) -> None:
    (found,) = judging.judged(TWO, {"a": [scores(*one) for one in given]})
    totals = [judging.total(TWO, one) for one in given]
    assert min(totals) - 1e-9 <= found.total <= max(totals) + 1e-9 and 20 <= found.total <= 100


def test_criteria_as_people_type_them() -> None:
    assert judging.criteria("60 Works\n\n 40*  Energy ") == TWO
    assert judging.criteria("60 Works\n40 * Energy") == TWO
    assert judging.criteria(judging.written(TWO)) == TWO and judging.criteria("") == ()


@pytest.mark.parametrize(
    "text", ["60 Works", "Works 60", "0 A\n100 B", "50 A\n50 a", "101 A", "-5 A\n105 B", "60\n40 B"]
)
def test_criteria_that_cannot_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        judging.criteria(text)
