# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether something else went on when the measure began: a public holiday, a school break, or an event that was told."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate import calendar
from hanze.experiments.evaluate.changing import without_times
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.levels import ALONE, BY_LOT
from hanze.experiments.evaluate.moments import listed, told_moment
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import holds, side, size
from hanze.experiments.evaluate.table import moment
from hanze.experiments.told import Told, Values

NAME = "coincidence"

NEAR = 7.0
"""Days: what begins within a week after the measure, or goes on when it begins, coincides with it; a public holiday on its day."""

KEPT = 0.75
"""Of the effect: with so much left, those days did not make it."""

FINEST = 8.0
"""Days between two moments: a month is longer than most breaks, and its season holds them."""

NAMED = 4
"""So many are told by name."""


class Happening(msgspec.Struct, frozen=True):
    """`since`, `until`: moments of the panel, the last one included. `ours`: it certainly was there, since somebody told it, or the
    country. `calendar`: it comes from a calendar, so that all places of a country have it."""

    name: Told
    since: float
    until: float
    ours: bool
    calendar: bool


def look(case: Case) -> Check | None:
    if case.design in BY_LOT:
        return None
    told, calendars = _told(case), _calendars(case)
    if not told and not calendars and not _fine(case):
        return None
    near = [one for one in (*told, *calendars) if _coincides(case, one)]
    if not near:
        text = _("No holiday, school break or other event that is known of began together with the measure.")
        return Check(NAME, "pass", Told(text))
    return _weigh(case, near)


def _weigh(case: Case, near: Sequence[Happening]) -> Check:
    """Each is left out in turn, with all its days; it is weighed by whether the answer is still the same."""
    start = told_moment(case.panel.times[case.panel.start])
    values: Values = {"start": start, "events": _names(near)}
    if case.design not in ALONE:
        text = _("The measure began (%(start)s) together with: %(events)s. The places compared with had these too.")
        return Check(NAME, "pass" if all(one.calendar for one in near) else "warn", Told(text, values))
    hang = [one for one in near if not _stands(case, one)]
    if not hang:
        text = _("The measure began (%(start)s) together with: %(events)s. Without those days the answer is the same.")
        return Check(NAME, "warn", Told(text, values))
    text = _("The measure began (%(start)s) together with: %(events)s. Without those days the answer is another one.")
    failed = any(one.ours for one in hang)
    return Check(
        NAME, "fail" if failed else "warn", Told(text, {"start": start, "events": _names(hang)}), doubts=failed
    )


def _stands(case: Case, one: Happening) -> bool:
    during = (case.panel.moments >= one.since) & (case.panel.moments <= one.until)
    after = np.arange(len(during)) >= case.panel.start
    if (during | ~after).all():
        # It lasts as long as the data do: an effect of it and one of the measure look the same.
        return side(case.finding) == 0
    found = case.again(without_times(case.panel, during))
    return found is None or holds(case.finding, found) or _as_large(case.finding, found)


def _as_large(real: Finding, other: Finding) -> bool:
    """With fewer moments an interval is wider; as long as the effect itself stays, it does not rest on those that were left out."""
    return side(real) != 0 and side(real) * size(other) >= KEPT * abs(size(real))


def _coincides(case: Case, one: Happening) -> bool:
    """Near is a week of days, or one moment where the time column counts something else."""
    start = float(case.panel.moments[case.panel.start])
    step = float(np.median(np.diff(case.panel.moments)))
    brief = not case.panel.dated or (one.calendar and one.until - one.since < 1)
    near = max(step, 1.0) if case.panel.dated and brief else step if brief else NEAR
    return one.since < start + near and one.until >= start


def _fine(case: Case) -> bool:
    panel = case.panel
    return panel.dated and len(panel.moments) > 2 and float(np.median(np.diff(panel.moments))) <= FINEST


def _calendars(case: Case) -> list[Happening]:
    """School breaks and public holidays of the country, or of all that are known where nobody said which."""
    if not _fine(case):
        return []
    day = _day(float(case.panel.moments[case.panel.start]))
    countries = [case.question.country] if case.question.country else list(calendar.PLACES)
    found = [one for country in countries for one in calendar.breaks(country, (day.year - 1, day.year, day.year + 1))]
    return [_happening(one, ours=bool(case.question.country)) for one in found]


def _happening(one: calendar.Break, *, ours: bool) -> Happening:
    place = Told(calendar.PLACES.get(one.country, one.country))
    name = Told(_("%(event)s in %(place)s"), {"event": Told(one.name), "place": place})
    # A day ends where the next one begins; moments within it count too.
    return Happening(name, float(_number(one.since)), _number(one.until) + 1 - 1e-6, ours, calendar=True)


def _told(case: Case) -> list[Happening]:
    """Those of the question. Errors: ConfigurationError where a moment is not written as the time column writes it."""
    found = []
    for event in case.question.events:
        ends = [moment(word) for word in (event.since, event.until)]
        if any(end is None or end[1] != case.panel.dated for end in ends):
            raise ConfigurationError(
                f"The event {event.name!r} is from {event.since!r} to {event.until!r}; write these as {case.question.time} does."
            )
        since, until = (end[0] for end in ends if end is not None)
        whole = until + 1 - 1e-6 if case.panel.dated and until == int(until) else until
        found.append(Happening(Told(event.name), since, whole, ours=True, calendar=False))
    return found


def _names(near: Sequence[Happening]) -> Told:
    """The longest first: they weigh most."""
    order = sorted(near, key=lambda one: (not one.ours, one.since - one.until))[:NAMED]
    return listed([one.name for one in order])


def _day(moment: float) -> date:
    return date(1970, 1, 1) + timedelta(days=int(moment // 1))


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
