# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a trial is looked at, when it can be judged, and how sure its interval is after looks."""

from typing import Any

import msgspec
import pytest

from hanze.experiments.model import ExperimentFacts
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import due
from hanze.experiments.trials.looking.looks import Seen
from hanze.experiments.trials.looking.made import Made, public, shares
from hanze.ngsild import times
from tests.experiments.trials.place import CITY, ZONE, City, plan
from tests.experiments.trials.test_plan import SURVEY

pytestmark = pytest.mark.anyio

HARM = {"kind": "harm", "beyond": "above", "threshold": 0.05, "alpha": 0.05}
SUCCESS = {"kind": "success", "beyond": "below", "threshold": -0.1, "alpha": 0.05}
WEEKLY = {"first": 7, "every": 7, "most": 3}

PLAN = plan(exits={"looks": WEEKLY, "reasons": [SUCCESS, HARM]})


def trial(status: str = "running", **facts: Any) -> Trial:
    told = {
        "name": "x",
        "question": "x",
        "description": "x",
        "language": "nl",
        "status": status,
        "starts": "2026-02-09",
    }
    return Trial("stil", msgspec.convert({**told, **facts}, ExperimentFacts))


def at(day: str, hour: str = "11:00") -> int:
    return times.parse(f"{day}T{hour}:00Z")


def look(day: str, *, share: float = 0.1, planned: bool = True) -> Made:
    one = Seen(name="success-effect-1", kind="success", by="effect", could=True, share=share)
    return Made(day, at(day), planned, (one,))


def test_harm_is_looked_for_every_night_and_the_rest_as_planned() -> None:
    first = due.look(trial(), PLAN, [], at("2026-02-10"), ZONE)
    assert first is not None and (first.day, first.planned, first.reasons) == ("2026-02-09", False, ("harm-effect-1",))
    # The last readings of a day may come in the hour after it.
    assert due.look(trial(), PLAN, [], at("2026-02-09", "23:30"), ZONE) is None
    assert due.look(trial(), PLAN, [look("2026-02-09")], at("2026-02-10"), ZONE) is None
    weekly = due.look(trial(), PLAN, [look("2026-02-15")], at("2026-02-17"), ZONE)
    assert weekly is not None and weekly.planned and weekly.reasons == ("success-effect-1", "harm-effect-1")


def test_looks_that_were_missed_are_made_as_one_and_none_after_the_end() -> None:
    late = due.look(trial(), PLAN, [look("2026-02-12")], at("2026-02-28"), ZONE)
    assert late is not None and (late.day, late.planned) == ("2026-02-27", True)
    after = due.look(trial(), PLAN, [look("2026-03-03")], at("2026-06-10"), ZONE)
    assert after is not None and (after.day, after.planned) == ("2026-04-30", False)
    assert due.look(trial(), PLAN, [look("2026-04-30")], at("2026-06-10"), ZONE) is None


@pytest.mark.parametrize(("status", "one"), [("running", plan()), ("stopped", PLAN), ("registered", PLAN)])
def test_nobody_looks_without_a_reason_or_before_and_after(status: str, one: Any) -> None:
    assert due.look(trial(status), one, [], at("2026-02-20"), ZONE) is None


def test_without_harm_only_the_days_of_the_plan_are_looks() -> None:
    one = plan(exits={"looks": WEEKLY, "reasons": [SUCCESS]})
    assert due.look(trial(), one, [], at("2026-02-12"), ZONE) is None
    assert due.look(trial(), one, [], at("2026-02-17"), ZONE) is not None


async def test_it_is_judged_when_all_that_the_plan_waits_for_is_there(city: City) -> None:
    ended = trial("ended", ended="2026-04-30")
    assert not due.judged(ended, plan(), city.store, at("2026-04-30", "22:30"), ZONE)
    assert due.judged(ended, plan(), city.store, at("2026-05-01"), ZONE)
    assert due.cut(ended, plan(), at("2026-06-01"), ZONE) == times.parse("2026-04-30T22:00:00Z")
    stopped = trial("stopped", stopped={"at": "2026-03-01T10:00:00Z", "ran": True})
    assert due.cut(stopped, plan(), at("2026-06-01"), ZONE) == times.parse("2026-03-01T10:00:00Z")
    never = trial("stopped", stopped={"at": "2026-03-01T10:00:00Z", "ran": False})
    assert not due.judged(never, plan(), city.store, at("2026-06-01"), ZONE)
    table = plan(outcome={"kind": "table", "unit_column": "a", "time_column": "b", "column": "c"}, units="rows")
    assert not due.judged(ended, table, city.store, at("2026-06-01"), ZONE)
    survey = plan(outcome=SURVEY, units="areas", treated=["N"], compared=["S"])
    assert due.cut(ended, survey, at("2027-01-01"), ZONE) > times.parse("2026-04-30T22:00:00Z") or CITY


def test_looks_that_could_have_stopped_it_make_the_interval_wider() -> None:
    over = trial("ended")
    assert due.confidence(over, PLAN, []) == 0.95
    three = [look("2026-02-16", share=0.25), look("2026-02-23", share=0.5), look("2026-03-02", share=0.75)]
    assert 0.95 < due.confidence(over, PLAN, three) < 0.965
    # Where it stopped since it worked, only what that look could spend counts.
    stopped = trial("stopped", stopped={"kind": "success", "at": "2026-03-01T10:00:00Z"})
    assert due.confidence(stopped, PLAN, three[:2]) > 0.99
    assert due.confidence(over, plan(exits={"looks": WEEKLY, "reasons": [HARM]}), three) == 0.95


def test_what_looks_estimate_is_not_among_what_everyone_may_know() -> None:
    told = public([look("2026-02-16"), look("2026-02-17", planned=False)])
    assert [one["day"] for one in told["steps"]] == ["2026-02-16"] and "share" not in str(told)
    assert shares([look("2026-02-16", share=0.2), look("2026-02-17", share=0.3)]) == {"success-effect-1": [0.2, 0.3]}
