# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The looks of a trial that is told afterwards: what each look of its plan saw, worked out from the data that there were then."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from hanze.experiments.telling.step import Place
from hanze.experiments.telling.story import Trying
from hanze.experiments.trials import days
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.looking import looks, made
from hanze.experiments.trials.looking.job import Data
from hanze.experiments.trials.looking.made import Made
from hanze.experiments.trials.outcome import Measured
from hanze.experiments.trials.plan import Plan
from hanze.store.base import Look

Work = Callable[..., Any]
"""Gives what a function returns for its arguments, in another process where a node runs."""


def looked(told: Trying, place: Place, look: Look, now: int, work: Work) -> list[Made]:
    """Of the looks whose day is over (`now`: microseconds); none where what counts is not measured by the city, for what was loaded
    or answered is not there before the story is told."""
    found: list[Made] = []
    for day, plan in _due(told, place, now):
        cut = days.until(day, place.zone)
        data = Data(look, place.city, told.code, str(place.zone), now, cut)
        asked = looks.Job(data, plan, tuple(looks.names(plan)), made.shares(found))
        found.append(Made(day, moment(day, place), True, tuple(work(looks.run, asked))))
    return found


def written(day: str) -> str:
    """When the look of a day was made: in the night after it, as a moment of a story."""
    return f"{date.fromisoformat(day) + timedelta(days=1)}T03:00"


def moment(day: str, place: Place) -> int:
    """The same in microseconds."""
    return place.moment(written(day))


def _due(told: Trying, place: Place, now: int) -> Iterator[tuple[str, Plan]]:
    """The days of the looks, and the plan as it was then."""
    last = told.stopped.at[:10] if told.stopped else told.plan.ends
    starts, ends = days.day(told.plan.starts), days.day(last)
    if not told.started or starts is None or ends is None:
        return
    versions = _versions(told, place)
    exits = told.plan.exits
    for each in exits.looks.days(starts, ends) if exits is not None else ():
        at = moment(each.isoformat(), place)
        plan = next(one for begins, one in reversed(versions) if begins <= at)
        if at <= now and plan.exits is not None and isinstance(plan.outcome, Measured):
            yield each.isoformat(), plan


def _versions(told: Trying, place: Place) -> Sequence[tuple[int, Plan]]:
    """From when on which plan counted."""
    found = [(place.moment(told.fixed), told.plan)]
    for change in told.changes:
        found.append((place.moment(change.at), changed(found[-1][1], change.plan)))
    return found


def changed(plan: Plan, differs: dict[str, Any]) -> Plan:
    """The plan with other fields. Errors: BadRequestData."""
    return plans.read({**msgspec.to_builtins(plan), **differs})
