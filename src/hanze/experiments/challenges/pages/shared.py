# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of calls share: which challenge is meant, in which role somebody acts, for which organisation."""

from datetime import date

import msgspec

from hanze.errors import ResourceNotFound
from hanze.experiments.challenges import keeping
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.phases import WORDS, Phase
from hanze.experiments.challenges.saying import said
from hanze.experiments.model import CHALLENGE
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.goals.indicators.definition import Definition
from hanze.goals.journey.pages.officers import role as role_of
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.language import mark as _
from hanze.web.outbox import Mail
from hanze.web.people.people import Person
from hanze.web.room import Visit

OFFICERS = ("innovation-officer",)
"""Roles that open challenges, run their calls and decide."""

REVIEWERS = ("innovation-officer", "editor", "administrator")
"""Roles that may look at a challenge as the second person, and publish it."""


class Line(msgspec.Struct, frozen=True):
    """A challenge in a list. `when`: what comes next, in words; `goals`: numbers with their names."""

    code: str
    name: str
    address: str
    phase: Phase
    word: str
    when: str
    problem: str
    goals: list[tuple[int, str]]


def city(visit: Visit) -> str:
    """The code of the city."""
    return told.known(visit).city


def today(visit: Visit) -> date:
    """In the city, by its clock."""
    return keeping.day(visit.now, visit.site.zone)


def found(visit: Visit) -> Challenge:
    """That which the address names. Errors: ResourceNotFound where there is none for this visitor."""
    visit.site.access.note_read(visit.principal, "", (CHALLENGE.iri,))
    return keeping.find(visit.site.store, city(visit), visit.asked("id"), visit.scope)


def person(visit: Visit) -> Person:
    """Who is signed in; a page that names roles has somebody."""
    assert visit.person is not None
    return visit.person


def role(visit: Visit, roles: tuple[str, ...] = OFFICERS) -> str:
    """In which of these the visitor acts."""
    return role_of(visit, roles)


def organisation(visit: Visit) -> Organisation | None:
    """For which the visitor speaks; None for nobody, and for who speaks for none."""
    return None if visit.person is None else organisations.of(visit.site.store, visit.person.id)


def post(visit: Visit, uow: UnitOfWork, mail: Mail) -> None:
    """Sent with what is written; nothing where the site sends no mail."""
    if visit.site.mails:
        outbox.put(uow, mail)


def indicator(visit: Visit, code: str) -> Definition | None:
    """None where the city has no such indicator any more."""
    if not code:
        return None
    try:
        return told.known(visit)[code]
    except ResourceNotFound:
        return None


def line(visit: Visit, one: Challenge) -> Line:
    now, say = one.phase(today(visit)), visit.language.say
    goals = sorted({int(target.partition(".")[0]) for target in one.facts.targets or ()})
    return Line(
        one.code, one.facts.name, visit.address("challenge", id=one.code), now, say(WORDS[now]), when(visit, one),
        one.facts.description, [(number, say(GOALS[number])) for number in goals if number in GOALS],
    )  # fmt: skip


def when(visit: Visit, one: Challenge) -> str:
    """What comes next, and on which day."""
    now, say, facts = one.phase(today(visit)), visit.language.say, one.facts
    if now == "announced":
        return say(_("You can apply from %(day)s.")) % {"day": said(visit.language, facts.opens)}
    if now == "open":
        left = (date.fromisoformat(facts.closes) - today(visit)).days
        if left == 0:
            return say(_("Today is the last day to apply."))
        text = (
            _("You can apply until %(day)s: %(left)s more days.")
            if left > 1
            else _("You can apply until tomorrow, %(day)s.")
        )
        return say(text) % {"day": said(visit.language, facts.closes), "left": left}
    if now == "judging":
        return say(_("The call has closed. The decision comes by %(day)s.")) % {
            "day": said(visit.language, one.call.decided)
        }
    at = str((facts.decision or {}).get("at", ""))
    text = _("Decided on %(day)s.") if now == "decided" else _("Withdrawn on %(day)s.")
    return say(text) % {"day": said(visit.language, at)}
