# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the participation officer asks residents what will be needed: for a year, from a day to a day."""

from datetime import date, timedelta
from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import BadRequestData, ResourceNotFound
from hanze.goals.journey import questions, wishes
from hanze.goals.journey.pages import officers, typed
from hanze.goals.journey.vaults import WISHES
from hanze.goals.model import QUESTION, QuestionFacts
from hanze.goals.pages import told
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.drawing import times
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "goals/question/plan"

ASKERS = ("participation-officer",)

USUAL_DAYS = 30

ASKED, STOPPED = "ask residents", "close question"
"""Acts of the audit."""

FORM = Form(
    (
        Field(name="year", label=_("Of which year"), kind="number", longest=4),
        Field(name="opens", label=_("First day"), kind="date", longest=10),
        Field(name="closes", label=_("Last day"), kind="date", longest=10, help=_("At most a year later.")),
        Field(
            name="says", label=_("What you want to add"), kind="area", required=False, longest=600,
            help=_("Such as what the council will do with the answers. It stands above the question."),
        ),
    ),
    _("Ask this"),
)  # fmt: skip


class Row(msgspec.Struct, frozen=True):
    """A question of a year. `state` is said; `closing`: it can be closed now."""

    year: int
    days: str
    state: str
    shown: int
    waiting: int
    closing: bool


def today(visit: Visit) -> date:
    return times.local(visit.now, visit.site.zone).date()


def said(visit: Visit, day: str) -> str:
    """A day such as 2026-03-31 in words."""
    found = date.fromisoformat(day)
    return f"{found.day} {visit.language.words.months[found.month - 1]} {found.year}"


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, FORM.empty(_usual(visit))))


def _usual(visit: Visit) -> dict[str, str]:
    day = today(visit)
    found = next(
        (one for one in questions.read(visit.site.store, EVERYTHING) if str(one.year) == visit.asked("year")), None
    )
    if found is not None:
        return {"year": str(found.year), "opens": found.opens, "closes": found.closes, "says": found.says}
    return {
        "year": str(day.year), "opens": day.isoformat(), "closes": (day + timedelta(days=USUAL_DAYS)).isoformat(),
    }  # fmt: skip


def _page(visit: Visit, filled: Filled) -> Response:
    found = questions.read(visit.site.store, EVERYTHING)
    values = {
        "filled": filled,
        "rows": [_row(visit, one) for one in found],
        "hidden": not officers.readable(visit, QUESTION),
    }
    return HTMLResponse(visit.html("goals/journey/plan.html", **values), 200 if filled.good else 422)


def _row(visit: Visit, one: QuestionFacts) -> Row:
    vault, day = visit.site.store.vault(WISHES), today(visit).isoformat()
    state = (
        _("closed early")
        if one.stopped
        else _("not open yet")
        if day < one.opens
        else _("open")
        if day <= one.closes
        else _("closed")
    )
    return Row(
        one.year, f"{said(visit, one.opens)} \u2013 {said(visit, one.closes)}", visit.language.say(state),
        wishes.counted(vault, one.year, "shown"), wishes.counted(vault, one.year, "new"), questions.is_open(one, today(visit)),
    )  # fmt: skip


async def take(visit: Visit, data: FormData) -> Response:
    """Asks it, or closes the one of a year where the button for that was pressed."""
    if "stop" in data:
        year = typed.whole(str(data["stop"]))
        if year is None:
            raise BadRequestData("stop names no year; press the button on the page.")
        await visit.site.store.write(partial(_stop, visit, year))
        return RedirectResponse(visit.address(PATH), 303)
    filled = FORM.read(data)
    facts = _facts(visit, filled)
    if facts is not None:
        crossing = await visit.site.store.write(partial(_ask, visit, facts))
        if crossing:
            filled.fail(
                "opens", _("Another year can be answered on some of these days. One question is open at a time.")
            )
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    return RedirectResponse(visit.address(PATH), 303)


def _facts(visit: Visit, filled: Filled) -> QuestionFacts | None:
    """None where something is wrong, which then stands in the form."""
    year, opens, closes = typed.whole(filled["year"]), typed.day(filled["opens"]), typed.day(filled["closes"])
    wrong = [
        name for name, found in (("opens", opens), ("closes", closes)) if found is None and name not in filled.wrong
    ]
    for name in wrong:
        filled.fail(name, _("This is no day. Write it like 2026-03-31."))
    if "year" not in filled.wrong and (year is None or abs(year - today(visit).year) > 1):
        filled.fail("year", _("Give this year, or the one before or after it."))
    if opens and closes and not timedelta() <= closes - opens <= timedelta(days=questions.LONGEST_DAYS):
        filled.fail("closes", _("The last day comes after the first one, and at most a year later."))
    if not filled.good or year is None or opens is None or closes is None:
        return None
    return QuestionFacts(
        questions.NAME, year, opens.isoformat(), closes.isoformat(), filled["says"], visit.language.code,
        officers.role(visit, ASKERS),
    )  # fmt: skip


def _ask(visit: Visit, facts: QuestionFacts, uow: UnitOfWork) -> bool:
    """Whether it crosses another one, in which case nothing is written."""
    if questions.crossing(questions.within(uow), facts):
        return True
    _write(visit, facts, ASKED, uow)
    return False


def _stop(visit: Visit, year: int, uow: UnitOfWork) -> None:
    entity = uow.entity("", questions.id_of(told.known(visit).city, year))
    if entity is None:
        raise ResourceNotFound("There is no question of this year.")
    _write(visit, msgspec.structs.replace(QUESTION.facts_of(entity, QuestionFacts), stopped=True), STOPPED, uow)


def _write(visit: Visit, facts: QuestionFacts, act: str, uow: UnitOfWork) -> None:
    city = told.known(visit).city
    questions.write(uow, city, facts)
    audit.note(uow, visit.principal.id, act, questions.id_of(city, facts.year), opens=facts.opens, closes=facts.closes)
