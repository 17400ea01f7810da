# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of trials share: who runs trials, which one is meant, and how a day, a place and a sentence are said."""

from collections.abc import Iterable

import msgspec

from hanze.experiments.model import EXPERIMENT, REGISTERED
from hanze.experiments.told import Told
from hanze.experiments.trials import days, keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.observed import Place
from hanze.experiments.trials.outcome import Wrong
from hanze.experiments.trials.running import By
from hanze.goals.journey.pages.officers import role
from hanze.goals.pages import told
from hanze.web.forms import Filled
from hanze.web.people.roles import ROLES
from hanze.web.room import Visit

RUNNERS = ("innovation-officer",)
"""Roles that prepare, start, stop and follow up trials."""

TRIALS, TRIAL, LEARNED, DOSSIER = "trials", "trial", "learned", "dossier"
"""Paths of the pages that others lead to."""

VERDICTS = ("worked", "did not work", "cannot tell", "made it worse")


def city(visit: Visit) -> str:
    """The code of the city."""
    return told.known(visit).city


def trial(visit: Visit) -> Trial:
    """The one that the address names. Errors: ResourceNotFound."""
    visit.site.access.note_read(visit.principal, "", (EXPERIMENT.iri, REGISTERED.iri))
    return keeping.demand(visit.site.store, city(visit), visit.asked("id"), visit.scope)


def place(visit: Visit, code: str) -> Place:
    """Where and when the outcome of a trial is looked for."""
    return Place(city(visit), code, visit.site.zone, visit.now)


def runs(visit: Visit) -> bool:
    """The visitor runs trials."""
    return visit.has_role(RUNNERS)


def by(visit: Visit) -> By:
    """Who acts, by role: the names of people who work for the city stand in the audit alone."""
    return By(visit.principal.id, role(visit, RUNNERS))


def today(visit: Visit) -> str:
    """In the city, such as 2026-03-01."""
    return days.text(visit.now, visit.site.zone)


def day(visit: Visit, text: str) -> str:
    """A day such as 2026-03-01, or a moment of it, in words."""
    found = days.day(text[:10])
    if found is None:
        return text
    words = visit.language.words
    return f"{found.day} {words.months[found.month - 1]} {found.year}" + (f", {text[11:16]}" if len(text) > 10 else "")


def sentence(visit: Visit, one: Told) -> str:
    """In the language of the visitor."""
    return one.said(visit.language.say, visit.language.words.number)


def role_name(visit: Visit, code: str) -> str:
    return visit.language.say(ROLES[code].name) if code in ROLES else code


def fail(visit: Visit, filled: Filled, found: Iterable[Wrong], names: Iterable[str]) -> Filled:
    """What is wrong beside the fields that have these names; the rest about the whole form."""
    known = set(names)
    for one in found:
        name = one.field.rpartition(".")[2]
        filled.fail(name if name in known else "", sentence(visit, one.told))
    return filled


class Link(msgspec.Struct, frozen=True):
    """A text and where it leads."""

    text: str
    address: str
