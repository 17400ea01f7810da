# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The live line of a trial: the mean of the outcome where it is tried and where it is not, and what that is in a sentence."""

from collections.abc import Mapping, Sequence

import msgspec
from markupsafe import Markup

from hanze.experiments.trials import days, drawing
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.drawing import Lines, Mark, Point
from hanze.experiments.trials.keeping import OVER, Trial
from hanze.experiments.trials.observed import Observed, Observing
from hanze.experiments.trials.pages import common, saying
from hanze.experiments.trials.plan import Plan
from hanze.web.drawing.rows import Table
from hanze.web.drawing.words import measure
from hanze.web.language import mark as _
from hanze.web.room import Visit

MOST_COMPARED = 40
"""Places of each side that a page reads; a download has all."""

MOST_ROWS = 30
"""Periods of the table below the picture, the newest ones."""

BEFORE_AND_SINCE = _("Where it is tried it was %(before)s before and %(since)s since.")
BESIDE = _("Elsewhere it was %(before)s before and %(since)s since.")
NOT_YET = _("This says nothing yet about what the trial did: that is worked out by the plan.")
ONLY_BEFORE = _("Before the trial it was %(before)s where it is tried.")


class Line(msgspec.Struct, frozen=True):
    """`told`: in a sentence; `cut`: not all places are in it."""

    pictures: Mapping[str, Markup]
    told: str
    names: tuple[str, str]
    table: Table | None
    cut: bool


def line(visit: Visit, trial: Trial, plan: Plan, name: str = "") -> Line:
    """Read as of now; takes a while where there are many readings. `name`: begins the ids of its pictures, where there are more."""
    sides = plan.treated[:MOST_COMPARED], plan.compared[:MOST_COMPARED]
    observing = Observing(visit.site.store, visit.scope, common.place(visit, trial.code), plan)
    treated, compared = (_mean(observing.series(plan.outcome, side, plan.units)) for side in sides)
    say = visit.language.say
    names = say(_("where it is tried")), say(_("elsewhere")) if plan.compared else ""
    told = _told(visit, plan, treated, compared, judged=bool(trial.facts.verdict))
    lines = Lines(
        trial.facts.name, told, _what(visit, plan), treated, compared, names, _marks(visit, trial, plan), visit.now
        if trial.status not in OVER else 0,
    )  # fmt: skip
    sizes = {"phone": drawing.PHONE, "wide": drawing.WIDE}
    pictures = {
        size: Markup(drawing.draw(lines, room, visit.language.words, visit.site.zone, f"{name}trial-{size}"))
        for size, room in sizes.items()
    }
    return Line(
        pictures, told, names, _table(visit, plan, treated, compared, names), len(plan.all) > sum(map(len, sides))
    )


def _what(visit: Visit, plan: Plan) -> str:
    unit = saying.unit(visit, plan.outcome)
    named = saying.outcome(visit, plan.outcome)
    return f"{named}, {unit}" if unit else named


def _mean(found: Sequence[Observed]) -> list[Point]:
    """Over units, by period; what rests on more answers counts for more."""
    sums: dict[int, list[float]] = {}
    for one in found:
        total = sums.setdefault(one.start, [0.0, 0.0])
        total[0] += one.weight * one.value
        total[1] += one.weight
    return [(start, total / weight) for start, (total, weight) in sorted(sums.items())]


def _marks(visit: Visit, trial: Trial, plan: Plan) -> list[Mark]:
    zone, say = visit.site.zone, visit.language.say
    found = [Mark(days.since(plan.starts, zone), say(_("it begins")))]
    if trial.facts.ended:
        found.append(Mark(days.until(trial.facts.ended, zone), say(_("it ends"))))
    return found


def _told(visit: Visit, plan: Plan, treated: Sequence[Point], compared: Sequence[Point], *, judged: bool) -> str:
    own, other = _halves(visit, plan, treated), _halves(visit, plan, compared)
    say = visit.language.say
    if own is None:
        return say(_("Nothing was measured yet."))
    if own["since"] is None:
        return (
            say(ONLY_BEFORE) % {"before": own["before"]} if own["before"] else say(_("Nothing was measured before it."))
        )
    told = [say(BEFORE_AND_SINCE) % {name: value or say(_("not known")) for name, value in own.items()}]
    if other is not None and other["before"] and other["since"]:
        told.append(say(BESIDE) % other)
    return " ".join(told if judged else [*told, say(NOT_YET)])


def _halves(visit: Visit, plan: Plan, points: Sequence[Point]) -> dict[str, str | None] | None:
    if not points:
        return None
    begins, words = days.since(plan.starts, visit.site.zone), visit.language.words
    parts = {
        "before": [value for moment, value in points if moment < begins],
        "since": [value for moment, value in points if moment >= begins],
    }  # fmt: skip
    unit = saying.unit(visit, plan.outcome)
    return {
        name: measure(words.number(float(f"{sum(part) / len(part):.3g}")), unit) if part else None
        for name, part in parts.items()
    }


def _table(
    visit: Visit, plan: Plan, treated: Sequence[Point], compared: Sequence[Point], names: tuple[str, str]
) -> Table | None:
    """The newest periods as numbers."""
    if not treated and not compared:
        return None
    say, words = visit.language.say, visit.language.words
    own, other = dict(treated), dict(compared)
    moments = sorted({*own, *other}, reverse=True)[:MOST_ROWS]
    head = (say(_("Period")), names[0], *((names[1],) if names[1] else ()))
    columns = [own, *([other] if names[1] else [])]
    body = tuple(
        (
            visit.language.when(moment, visit.now, visit.site.zone)
            if plans.hourly(plan)
            else common.day(visit, days.text(moment, visit.site.zone)),
            *("\u2013" if moment not in column else words.number(float(f"{column[moment]:.4g}")) for column in columns),
        )
        for moment in moments
    )
    return Table(say(_("The newest numbers")), head, body)
