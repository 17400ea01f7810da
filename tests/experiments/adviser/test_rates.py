# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limits of chances, as published tables have them."""

import math

import pytest

from hanze.experiments.adviser.rates import least, most


@pytest.mark.parametrize(("happened", "of"), [(3, 40), (15, 300), (66, 1000)])
def test_at_the_upper_limit_so_few_come_up_once_in_twenty(happened: int, of: int) -> None:
    chance = most(happened, of)
    tail = sum(math.comb(of, count) * chance**count * (1 - chance) ** (of - count) for count in range(happened + 1))
    assert tail == pytest.approx(0.05, rel=1e-6)
    assert most(of, of) == 1.0


def test_nothing_in_three_hundred_is_the_rule_of_three() -> None:
    assert most(0, 300) == pytest.approx(3 / 300, rel=0.01)


def test_the_lower_limit_is_that_of_what_did_not_happen() -> None:
    assert least(0, 40) == 0.0
    assert least(7, 40) == pytest.approx(1 - most(33, 40))


def test_nothing_tried_says_nothing() -> None:
    assert (least(0, 0), most(0, 0)) == (0.0, 1.0)
