# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line of time of a journey in both sizes, and the same as a table."""

from collections.abc import Sequence

from markupsafe import Markup

from hanze.goals.journey import drawing, way
from hanze.goals.journey.drawing import Lane, Line, Point
from hanze.goals.journey.pages import sayings
from hanze.goals.journey.pages.sayings import Said
from hanze.goals.journey.way import Way
from hanze.web.drawing.rows import Table
from hanze.web.language import mark as _
from hanze.web.room import Happening, Visit

SIZES = {"phone": drawing.PHONE, "wide": drawing.WIDE}


def pictures(visit: Visit, told: Way, promises: Sequence[Said], happened: Sequence[Happening]) -> dict[str, Markup]:
    """By the width of the screen; empty where there is nothing to draw."""
    if not told.steps and not told.targets and not happened:
        return {}
    line = _line(visit, told, promises, happened)
    words, zone = visit.language.words, visit.site.zone
    return {size: Markup(drawing.draw(line, room, words, zone, f"journey-{size}")) for size, room in SIZES.items()}


def _line(visit: Visit, told: Way, promises: Sequence[Said], happened: Sequence[Happening]) -> Line:
    say, zone = visit.language.say, way.zone_of(visit)
    fans = [fan for made in told.made[-way.SHOWN - 1 :] if (fan := way.fan(told, made.outlook, zone)) is not None]
    newest = way.fan(told, told.outlook, zone) if told.outlook else None
    name = told.subject.name(visit.language)
    return Line(
        title=say(_("The way to: %(goal)s")) % {"goal": name}, told=_heard(visit, told), what=told.subject.measure(visit.language),
        fold=say(_("narrower scale")), today=say(_("today")), now=visit.now, course=_course(visit, told), fan=newest,
        earlier=[one for one in fans if one != newest],
        targets=[(way.year_ends(one.year, zone), one.newest.target) for one in told.promised], was=_was(visit, told),
        limit=_limit(visit, told), lanes=_lanes(visit, promises, happened),
    )  # fmt: skip


def _heard(visit: Visit, told: Way) -> str:
    """What a screen reader says in place of the picture."""
    parts = [sayings.now(visit, told), *sayings.aims(visit, told), *sayings.foreseen(visit, told)[:1]]
    return " · ".join(part for part in parts if part)


def _course(visit: Visit, told: Way) -> list[Point]:
    """What still runs stands at the moment."""
    return [one.point if one.over else (visit.now, one.value) for one in told.steps]


def _was(visit: Visit, told: Way) -> list[Point]:
    """What was promised before and does not count any more."""
    zone = way.zone_of(visit)
    return [
        (way.year_ends(target.year, zone), one.target)
        for target in told.targets
        for one in (target.promises[:-1] if target.counts else target.promises)
        if one.counts and (not target.counts or one.target != target.newest.target)
    ]


def _limit(visit: Visit, told: Way) -> tuple[float, str] | None:
    one = told.subject.one
    if told.promised or one is None:
        return None
    label = (
        _("good below this line; no target of the city")
        if one.better == "less"
        else _("good above this line; no target of the city")
    )
    return one.scale.green, visit.language.say(label)


def _lanes(visit: Visit, promises: Sequence[Said], happened: Sequence[Happening]) -> list[Lane]:
    say = visit.language.say
    lanes = [
        Lane(say(_("Promised")), [drawing.Happening(one.at, one.number) for one in promises], say(_("nothing yet")))
    ]
    for kind, name in (("tried", _("Tried")), ("learned", _("Learned"))):
        found = [one for one in happened if one.kind == kind]
        marks = [drawing.Happening(one.at, str(number)) for number, one in enumerate(found, 1)]
        lanes.append(Lane(say(name), marks, say(_("nothing yet"))))
    return lanes


def table(visit: Visit, told: Way) -> Table:
    """A row for each number that is drawn: when, what, and what it is."""
    language = visit.language
    say, number = language.say, told.subject.number
    rows = [
        (
            sayings.when(visit, told, one.period.start, one.period.end),
            number(language, one.value),
            say(_("what was measured")),
        )
        for one in told.steps
    ]
    outlook = told.outlook
    if outlook is not None and outlook.starts:
        for place, period in enumerate(way.periods(told.subject, outlook, way.zone_of(visit))):
            low, high = number(language, outlook.lowest[place]), number(language, outlook.highest[place])
            between = say(_("%(low)s to %(high)s")) % {"low": low, "high": high}
            rows.append((sayings.named(visit, told, period.start), between, say(_("likely, in 8 of 10 cases"))))
    rows += [(str(one.year), number(language, one.newest.target), say(_("promised"))) for one in told.promised]
    head = (say(_("When")), say(_("Number")), say(_("What it is")))
    return Table(told.subject.name(language), head, tuple(rows))
