# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a call promises and what is chosen from after a trial is one list, each with its words."""

from hanze.experiments.challenges.call import Call
from hanze.experiments.routes import NAMES, PROMISES, ROUTES
from hanze.experiments.trials.followup import FollowUp, wrong
from hanze.experiments.trials.pages.following import FORM

TODAY = "2026-03-10"


def test_both_have_words_for_all_of_the_list() -> None:
    assert tuple(NAMES) == tuple(PROMISES) == ROUTES


def test_whatever_a_call_promised_can_follow_a_trial() -> None:
    offered = next(one for one in FORM.fields if one.name == "route").choices
    for route in Call(routes=ROUTES).routes:
        step = FollowUp(what="scale", why="It worked.", owner="Ina", by=TODAY, budget=0.0, route=route)
        assert not list(wrong(step, TODAY)) and route in [one.value for one in offered]
    gift = FollowUp(what="scale", why="It worked.", owner="Ina", by=TODAY, budget=0.0, route="gift")
    assert [one.field for one in wrong(gift, TODAY)] == ["route"]
