# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fake starts lie evenly over the past, and the power that is told is that of effects that are really planted."""

import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import Layout
from hanze.experiments.adviser.trying import Fake, seen, starts, tried
from tests.experiments.adviser.city import QUESTION, town

NAMES = tuple(f"street {number}" for number in range(1, 13))
DID = Layout(design="did", treatable=NAMES, count=4)


def test_starts_leave_half_of_the_past_before_and_all_of_the_trial_after() -> None:
    found = starts(80, 12, 40)
    assert found[0] == 40 and found[-1] == 68 and len(found) == 29
    assert starts(80, 12, 5) == [40, 47, 54, 61, 68]
    assert starts(80, 12, 5, before=60) == [60, 62, 64, 66, 68]


def test_a_past_that_is_too_short_says_how_long_it_must_be() -> None:
    with pytest.raises(ConfigurationError, match="give a past of 48 or more, or fewer weeks"):
        starts(40, 24, 10)


def test_an_effect_moves_the_interval() -> None:
    assert Fake("", 0.0, -0.1, 0.1).with_effect(-0.2) == pytest.approx((-0.28, -0.12))


def test_what_is_reckoned_from_none_is_what_planted_effects_give() -> None:
    past = town(own=0.03)
    found = tried(DID, past, QUESTION, 12, 40)
    assert len(found.fakes) == 40 and not found.broken and found.windows == 3
    least = found.detectable(-1.0)
    assert least is not None and 0.005 < least < 0.1
    for share in (least / 2, least):
        assert seen(DID, past, QUESTION, 12, -share, 40) == pytest.approx(found.power(-share), abs=0.051)


def test_it_is_the_same_each_time() -> None:
    assert tried(DID, town(), QUESTION, 12, 8) == tried(DID, town(), QUESTION, 12, 8)


def test_why_it_cannot_be_used_is_kept() -> None:
    found = tried(Layout(design="synthetic-control", treatable=NAMES, count=12), town(), QUESTION, 12, 3)
    assert not found.fakes and len(found.broken) == 3
    assert found.power(-0.1) == 0.0 and found.detectable(-1.0) is None
