# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue of what residents answered: the participation officer shows each answer, or leaves it out and says why."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.goals.journey import wishes
from hanze.goals.journey.pages.answering import REASONS
from hanze.goals.journey.vaults import WISHES
from hanze.goals.journey.wishes import State, Wish
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.store.base import UnitOfWork
from hanze.web.drawing import times
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "goals/question/answers"

AT_ONCE = 20

STATES: dict[State, str] = {"new": _("To look at"), "shown": _("Shown"), "out": _("Left out")}

SHOWED, LEFT = "show answer", "leave answer out"
"""Acts of the audit; they name the answer, never its text."""


class Row(msgspec.Struct, frozen=True):
    """An answer as the officer sees it. `reason` is said."""

    id: str
    text: str
    tongue: str
    year: int
    when: str
    area: str
    goals: str
    reason: str


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit))


def _page(visit: Visit, wrong: str = "") -> Response:
    """`wrong`: the id of an answer that was to be left out without a reason."""
    vault = visit.site.store.vault(WISHES)
    here: State = next((one for one in STATES if one == visit.asked("state")), "new")
    found = wishes.of_state(vault, here, AT_ONCE)
    names = {one.code: one.name for one in told.several(visit, {one.area for one in found if one.area}).values()}
    states = [
        (visit.language.say(name), vault.count({"state": state}), visit.address(PATH, state=state), state == here)
        for state, name in STATES.items()
    ]
    values = {
        "rows": [_row(visit, one, names.get(one.area, "")) for one in found], "states": states, "here": here,
        "reasons": [(code, visit.language.say(text)) for code, text in REASONS.items()],
        "action": visit.address(PATH, state=here), "wrong": wrong,
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/journey/answers.html", **values), 422 if wrong else 200)


def _row(visit: Visit, one: Wish, area: str) -> Row:
    say = visit.language.say
    goals = ", ".join(f"{number}. {say(GOALS[number])}" for number in one.goals if number in GOALS)
    when = times.date(times.local(one.at, visit.site.zone), visit.language.words)
    return Row(
        one.id, one.text, one.language, one.year, when, area, goals, say(REASONS[one.reason]) if one.reason else ""
    )


async def take(visit: Visit, data: FormData) -> Response:
    """One answer is shown, or left out. Errors: ResourceNotFound."""
    id, given = str(data.get("id", "")), str(data.get("reason", ""))
    reason = next((one for one in wishes.REASONS if one == given), None)
    if given != "show" and reason is None:
        return await visit.site.store.read(lambda: _page(visit, id or "?"))
    await visit.site.store.write(partial(_decide, visit, id, reason or ""))
    here = visit.asked("state")
    return RedirectResponse(visit.address(PATH, state=here if here in STATES else ""), 303)


def _decide(visit: Visit, id: str, reason: wishes.Reason | wishes.Nothing, uow: UnitOfWork) -> None:
    wishes.decide(uow, id, reason)
    if reason:
        audit.note(uow, visit.principal.id, LEFT, f"wish:{id}", reason=reason)
    else:
        audit.note(uow, visit.principal.id, SHOWED, f"wish:{id}")
