# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a journey says in words: where the city is, what it promised, what is likely, and what that was worth."""

from collections.abc import Sequence

import msgspec

from hanze.goals.indicators.definition import Period
from hanze.goals.journey import forecasting, way
from hanze.goals.journey.foreseen import Outlook
from hanze.goals.journey.targets import Promise, Target
from hanze.goals.journey.way import Way
from hanze.goals.pages import wording
from hanze.web.drawing import times
from hanze.web.language import mark as _
from hanze.web.people.roles import ROLES
from hanze.web.room import Happening, Visit

WHY = {
    "flat": _("The number was the same all the time, so there is nothing to foresee."),
    "last value": _(
        "No forecast: on the past of this city none was clearly better than saying that it stays as it is."
    ),
    "season": _(
        "No forecast: on the past of this city it was better to say that it will be as it was a year or a week ago."
    ),
    "old": _("No forecast: the newest number is too old to go on from."),
}
"""Why there is no fan."""

KINDS: dict[Period, tuple[str, str]] = {
    "now": (_("1 day"), _("%(count)s days")), "day": (_("1 day"), _("%(count)s days")),
    "week": (_("1 week"), _("%(count)s weeks")), "month": (_("1 month"), _("%(count)s months")),
    "year": (_("1 year"), _("%(count)s years")),
}  # fmt: skip
"""How long so many periods are."""


class Said(msgspec.Struct, frozen=True):
    """A promise as it stands in the list: `state` is said, `tongue`: the language of the sentence. `back`: what the button that
    takes it back sends, empty where it does not count. `at`: microseconds."""

    number: str
    at: int
    when: str
    what: str
    says: str
    tongue: str
    role: str
    state: str
    back: str
    change: str


class Done(msgspec.Struct, frozen=True):
    """Something that was tried or learned."""

    number: str
    when: str
    title: str
    address: str


def now(visit: Visit, told: Way) -> str:
    """The newest number with its period; empty where there is none."""
    if not told.steps:
        return ""
    last = told.steps[-1]
    return (
        f"{told.subject.number(visit.language, last.value)} ({when(visit, told, last.period.start, last.period.end)})"
    )


def when(visit: Visit, told: Way, start: int, end: int) -> str:
    """A period in words."""
    kind: Period = told.subject.one.period if told.subject.one else "month"
    # What was measured at a moment of a day is told by that day.
    named = "day" if kind == "now" else kind
    return wording.period(visit.language, named, start, end, visit.now, visit.site.zone)


def aims(visit: Visit, told: Way) -> list[str]:
    """What is promised now, by year."""
    language = visit.language
    return [
        language.say(_("%(number)s in %(year)s"))
        % {"number": told.subject.number(language, one.newest.target), "year": one.year}
        for one in told.promised
    ]


def line(visit: Visit, told: Way) -> str:
    """The number that counts as good, where the city promised nothing for an indicator; else empty."""
    one = told.subject.one
    return "" if told.promised or one is None else told.subject.number(visit.language, one.scale.green)


def promises(visit: Visit, told: Way) -> list[Said]:
    """All that was ever promised, the earliest first."""
    every = sorted(
        ((one.at, target, number) for target in told.targets for number, one in enumerate(target.promises)),
        key=lambda x: x[0],
    )
    return [_promise(visit, told, target, place, str(number)) for number, (_at, target, place) in enumerate(every, 1)]


def _promise(visit: Visit, told: Way, target: Target, place: int, number: str) -> Said:
    language, one = visit.language, target.promises[place]
    newest = place == len(target.promises) - 1
    role = ROLES[one.role].name if one.role in ROLES else ""
    what = language.say(_("%(number)s in %(year)s")) % {
        "number": told.subject.number(language, one.target), "year": target.year
    }  # fmt: skip
    counts = newest and one.counts
    return Said(
        number, one.at, times.date(times.local(one.at, visit.site.zone), language.words), what, one.says, one.language,
        language.say(role), "" if counts else language.say(_state(one, newest)),
        f"{target.subject}/{target.year}" if counts else "",
        visit.address("goals/journey/target", subject=target.subject, year=str(target.year)) if counts else "",
    )  # fmt: skip


def _state(one: Promise, newest: bool) -> str:
    if not one.counts:
        return _("Taken back.")
    return _("Counted until the next one.") if not newest else ""


def happened(visit: Visit, found: Sequence[Happening], kind: str) -> list[Done]:
    """What rooms tell of one kind, the earliest first."""
    words, zone = visit.language.words, visit.site.zone
    return [
        Done(str(number), times.date(times.local(one.at, zone), words), one.title, one.address)
        for number, one in enumerate((one for one in found if one.kind == kind), 1)
    ]


def span(visit: Visit, told: Way, count: int) -> str:
    one, more = KINDS[told.subject.one.period if told.subject.one else "month"]
    return visit.language.say(one if count == 1 else more) % {"count": count}


def foreseen(visit: Visit, told: Way) -> list[str]:
    """Sentences about the newest forecast: what is likely, what that was worth on the past, how far it reaches; or why there is
    none."""
    if told.subject.one is None:
        return []
    outlook = told.outlook
    if outlook is None:
        return [_short(visit, told)]
    if not outlook.starts:
        return [visit.language.say(WHY[outlook.why]), *_tried(visit, outlook)]
    return [_likely(visit, told, outlook), *_tried(visit, outlook), _reach(visit, told, outlook)]


def _short(visit: Visit, told: Way) -> str:
    there = sum(one.over for one in told.steps)
    if there >= forecasting.LEAST:
        return visit.language.say(
            _("A forecast is made once a month. The first one has not been made yet, or the history has gaps.")
        )
    text = _("There is no forecast yet: it takes a history of %(least)s without a gap, and there are %(there)s.")
    return visit.language.say(text) % {"least": span(visit, told, forecasting.LEAST), "there": there}


def _likely(visit: Visit, told: Way, outlook: Outlook) -> str:
    language, subject = visit.language, told.subject
    last = way.periods(subject, outlook, way.zone_of(visit))[-1]
    low, middle, high = (
        subject.number(language, edges[-1]) for edges in (outlook.lowest, outlook.middle, outlook.highest)
    )
    text = _("What is likely for %(period)s: about %(middle)s. In 8 of 10 cases it lies between %(low)s and %(high)s.")
    return language.say(text) % {"period": named(visit, told, last.start), "middle": middle, "low": low, "high": high}


def named(visit: Visit, told: Way, start: int) -> str:
    """A period that is still to come, in words."""
    kind: Period = told.subject.one.period if told.subject.one else "month"
    return wording.period(visit.language, "day" if kind == "now" else kind, start, start, start, visit.site.zone)


def _tried(visit: Visit, outlook: Outlook) -> list[str]:
    """How it did on the past; nothing where nothing was tried."""
    if outlook.gain is None or outlook.outer is None:
        return []
    language = visit.language
    share = language.words.fixed(abs(100 * outlook.gain), 0)
    better = _(
        "Tried at %(times)s moments of the past it was %(share)s%% less wrong than saying that it stays as it is."
    )
    worse = _(
        "Tried at %(times)s moments of the past it was %(share)s%% more wrong than saying that it stays as it is."
    )
    said = language.say(better if outlook.gain >= 0 else worse) % {"times": outlook.times, "share": share}
    if not outlook.starts:
        return [said]
    inside = language.say(_("Of what came then, %(share)s%% lay in the wide band; 80%% was meant to."))
    return [said, inside % {"share": language.words.fixed(100 * outlook.outer, 0)}]


def _reach(visit: Visit, told: Way, outlook: Outlook) -> str:
    text = _(
        "It reaches %(reach)s ahead and no further: about a sixth of the history of %(used)s, for so far it could be tried. "
        "Nobody can tell from these numbers what comes after that."
    )
    values = {"reach": span(visit, told, len(outlook.starts)), "used": span(visit, told, outlook.used)}
    return visit.language.say(text) % values


def came(visit: Visit, told: Way) -> str:
    """What earlier forecasts were worth; empty where nothing has come of them yet."""
    inside, total = way.came(told)
    if not total:
        return ""
    text = _("Earlier forecasts, in grey: of %(total)s numbers that came since, %(inside)s lay in the wide band.")
    return visit.language.say(text) % {"total": total, "inside": inside}
