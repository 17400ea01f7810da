# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for people in calls: for the city, for a second person, for a juror, for who applies."""

from collections.abc import Iterator, Mapping, Sequence

from hanze.experiments.challenges import drafts, jurors, keeping, questions, submissions
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.pages.drafting import OVERVIEW
from hanze.experiments.challenges.vaults import DRAFTS, QUESTIONS, SCORES
from hanze.web.language import mark as _
from hanze.web.room import Task, Visit


def tasks(visit: Visit) -> Sequence[Task]:
    """What is late first is for the desk to do; here it stands by whom it waits for."""
    return [*_reviews(visit), *_calls(visit), *_juries(visit), *_applications(visit)]


def _reviews(visit: Visit) -> Iterator[Task]:
    if not visit.has_role(shared.REVIEWERS):
        return
    own = shared.person(visit).id
    for one in drafts.every(visit.site.store.vault(DRAFTS)):
        given = {"name": one.draft.name}
        if one.state == "asked" and one.person != own:
            yield _task(visit, _("Look at a challenge, and publish it: %(name)s"), OVERVIEW, one.code, given)
        elif one.state == "returned" and one.person == own:
            yield _task(visit, _("Change a challenge that was returned: %(name)s"), OVERVIEW, one.code, given)


def _calls(visit: Visit) -> Iterator[Task]:
    if not visit.has_role(shared.OFFICERS):
        return
    today = shared.today(visit)
    waiting = [one.challenge for one in questions.waiting(visit.site.store.vault(QUESTIONS))]
    for one in keeping.read(visit.site.store, visit.scope):
        given = {"name": one.facts.name, "count": waiting.count(one.code)}
        if given["count"]:
            yield _task(visit, _("Answer questions (%(count)s): %(name)s"), "call/questions", one.code, given)
        if one.phase(today) == "judging":
            late = one.call.decided < today.isoformat()
            yield _task(visit, _("Follow the jury, and decide: %(name)s"), "jury/desk", one.code, given, late=late)


def _juries(visit: Visit) -> Iterator[Task]:
    """Calls that have closed, and in which the visitor has something to judge."""
    store, person = visit.site.store, visit.person
    for code in jurors.seats(store, person.id) if person is not None else ():
        one = _there(visit, code)
        if person is None or one is None or one.phase(shared.today(visit)) != "judging":
            continue
        juror = jurors.known(store, code, person.id)
        done = store.vault(SCORES).count({"challenge": code, "person": person.id})
        if done + len(juror.conflicts) < submissions.count(store, code):
            yield _task(visit, _("Judge applications: %(name)s"), "jury/call", code, {"name": one.facts.name})


def _applications(visit: Visit) -> Iterator[Task]:
    """Those of the visitor's organisation that were begun and not sent, while that can be done."""
    organisation = shared.organisation(visit)
    found = () if organisation is None else submissions.of_organisation(visit.site.store, organisation.id)
    for each in found:
        one = _there(visit, each.challenge)
        if one is not None and each.sent is None and one.phase(shared.today(visit)) == "open":
            yield _task(visit, _("Send your application: %(name)s"), "call/apply", one.code, {"name": one.facts.name})


def _there(visit: Visit, code: str) -> Challenge | None:
    entity = visit.site.store.get("", keeping.id_of(shared.city(visit), code), visit.scope)
    return None if entity is None else keeping.challenge_of(entity)


def _task(visit: Visit, text: str, path: str, code: str, given: Mapping[str, object], *, late: bool = False) -> Task:
    return Task(visit.language.say(text) % given, visit.address(path, id=code), late)
