# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Power before a trial: tried on the past, and in closed form where that is near to the design."""

import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import Layout
from hanze.experiments.adviser.powering import power
from tests.experiments.adviser.city import QUESTION, town

NAMES = tuple(f"street {number}" for number in range(1, 13))
DID = Layout(design="did", treatable=NAMES, count=4)


def test_larger_effects_and_longer_trials_are_seen_more() -> None:
    found = power(town(own=0.05), DID, QUESTION, 12, (0.01, 0.03, 0.08), 20)
    shares = [share for _, share in found.seen]
    assert shares == sorted(shares) and shares[0] < 0.5 < shares[2]
    assert [one.weeks for one in found.lengths] == [3, 6, 12, 24]
    least = [one.tried for one in found.lengths]
    assert least[0] is not None and least[3] is not None and least[0] > least[3]


def test_what_is_tried_and_the_closed_form_agree() -> None:
    for one in power(town(own=0.05), DID, QUESTION, 12, (), 40).lengths:
        assert one.tried is not None and one.formula is not None
        assert 0.6 < one.tried / one.formula < 1.7


def test_a_past_that_is_too_short_leaves_the_closed_form() -> None:
    found = power(town(weeks=20), DID, QUESTION, 12, (0.1,), 10)
    assert found.tried is None and not found.seen
    assert all(one.formula is not None for one in found.lengths)


def test_the_closed_form_is_not_told_of_what_is_switched() -> None:
    layout = Layout(design="switchback", treatable=NAMES[:4], count=4, block=1)
    assert all(one.formula is None for one in power(town(), layout, QUESTION, 12, (), 5).lengths)


def test_a_design_that_cannot_be_used_says_why() -> None:
    with pytest.raises(ConfigurationError, match="synthetic-control cannot be used on this past"):
        power(town(), Layout(design="synthetic-control", treatable=NAMES, count=12), QUESTION, 12, (), 5)
