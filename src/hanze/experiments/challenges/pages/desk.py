# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to do about challenges, for the innovation officer and for who looks as the second person."""

from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.experiments.challenges import drafts, keeping, questions
from hanze.experiments.challenges.drafts import Kept, State
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.pages.drafting import OVERVIEW
from hanze.experiments.challenges.vaults import DRAFTS, QUESTIONS
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "challenges/desk"

STATES: dict[State, str] = {
    "writing": _("is being written"), "asked": _("waits for a second person"), "returned": _("was returned, to be changed"),
}  # fmt: skip


class Task(msgspec.Struct, frozen=True):
    """`what`: in words, what has to be done; `name`: of the challenge."""

    name: str
    address: str
    what: str


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def _page(visit: Visit) -> str:
    store = visit.site.store
    there = keeping.read(store, visit.scope)
    values: dict[str, Any] = {
        "drafts": [_draft(visit, one) for one in drafts.every(store.vault(DRAFTS))],
        "tasks": [task for one in there for task in _tasks(visit, one)] if visit.has_role(shared.OFFICERS) else [],
        "opens": visit.address("challenges/new") if visit.has_role(shared.OFFICERS) else "",
    }  # fmt: skip
    return visit.html("experiments/challenges/desk.html", **values)


def _draft(visit: Visit, one: Kept) -> Task:
    return Task(one.draft.name, visit.address(OVERVIEW, id=one.code), visit.language.say(STATES[one.state]))


def _tasks(visit: Visit, one: Challenge) -> list[Task]:
    """Of a public challenge; none where nothing waits for the city."""
    say, now = visit.language.say, one.phase(shared.today(visit))
    waiting = len(questions.waiting(visit.site.store.vault(QUESTIONS), one.code))
    found = []
    if waiting:
        told = say(_("%(count)s questions wait for an answer")) % {"count": waiting}
        found.append(Task(one.facts.name, visit.address("call/questions", id=one.code), told))
    if now == "judging":
        told = say(_("closed: the jury judges, and then the city decides"))
        found.append(Task(one.facts.name, visit.address("jury/desk", id=one.code), told))
    return found
