# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which an officer sets a target, and the button that takes one back."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import BadRequestData, ResourceNotFound
from hanze.goals.journey import subject as subjects
from hanze.goals.journey import targets
from hanze.goals.journey.pages import officers, typed
from hanze.goals.journey.subject import Subject
from hanze.goals.model import TARGET, TargetFacts
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.store.base import UnitOfWork
from hanze.web.drawing.times import local
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH, BACK = "goals/journey/target", "goals/journey"

SETTERS = ("innovation-officer", "editor")

LAST_YEAR = 2100

LONGEST = 300
"""Signs of a promise."""

SET, TAKEN = "set target", "take target back"
"""Acts of the audit."""


def _form(visit: Visit) -> Form:
    language = visit.language
    known = told.known(visit)
    offered = [
        Choice(
            one.code,
            f"{language.say(_('Goal'))} {one.goal}: {one.name(language)}" if one.one is None else one.name(language),
        )
        for one in subjects.every(known)
    ]
    return Form(
        (
            Field(name="subject", label=_("For what"), kind="choice", choices=tuple(offered)),
            Field(name="year", label=_("By the end of the year"), kind="number", longest=4, help=_("Such as 2030 or 2050.")),
            Field(
                name="target", label=_("What the city wants to reach"), kind="number", longest=20,
                help=_("A number in the unit of the indicator; for a goal points from 0 to 100."),
            ),
            Field(
                name="says", label=_("The promise in a sentence"), kind="area", longest=LONGEST,
                help=_("Everyone reads it. Say in plain words what will be different."),
            ),
        ),
        _("Set this target"),
    )  # fmt: skip


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _form(visit).empty(_before(visit))))


def _before(visit: Visit) -> dict[str, str]:
    """What is promised now, so that it need not be typed again."""
    code, year = visit.asked("subject"), visit.asked("year")
    found = targets.read(visit.site.store, visit.scope, [code])
    one = next((one for one in found if str(one.year) == year and one.counts), None)
    if one is None:
        return {"subject": code, "year": year}
    value = f"{one.newest.target:g}".replace(".", visit.language.words.decimal)
    return {"subject": code, "year": year, "target": value, "says": one.newest.says}


def _page(visit: Visit, filled: Filled) -> Response:
    values = {"filled": filled, "hidden": not officers.readable(visit, TARGET), "back": visit.address(BACK)}
    return HTMLResponse(visit.html("goals/journey/target.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    """Sets it, or takes it back where the button for that was pressed."""
    if "back" in data:
        return await _taken_back(visit, str(data["back"]))
    filled = _form(visit).read(data)
    year, value = typed.whole(filled["year"]), typed.number(filled["target"], visit.language.words.decimal)
    one = next((one for one in subjects.every(told.known(visit)) if one.code == filled["subject"]), None)
    _look(visit, filled, one, year, value)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    assert one is not None and year is not None and value is not None
    name = one.one.name.en if one.one else GOALS[one.goal]
    role = officers.role(visit, SETTERS)
    facts = TargetFacts(name, one.code, year, value, one.unit, filled["says"], visit.language.code, role)
    await visit.site.store.write(partial(_set, visit, facts, SET))
    return RedirectResponse(visit.address(BACK, number=str(one.goal), show=one.code), 303)


def _look(visit: Visit, filled: Filled, one: Subject | None, year: int | None, value: float | None) -> None:
    """What is wrong beside what the fields see themselves."""
    this = local(visit.now, visit.site.zone).year
    if "year" not in filled.wrong and (year is None or not this <= year <= LAST_YEAR):
        filled.fail("year", _("Give a year from this one to 2100, such as 2030."))
    if "target" not in filled.wrong and value is None:
        filled.fail("target", _("This is no number. Write it in digits, such as 20 or 7,5."))
    most = one.most() if one else None
    if value is not None and most is not None and not 0 <= value <= most:
        filled.fail("target", _("This goes from 0 to 100."))


def _set(visit: Visit, facts: TargetFacts, act: str, uow: UnitOfWork) -> None:
    city = told.known(visit).city
    targets.write(uow, city, facts)
    audit.note(uow, visit.principal.id, act, targets.id_of(city, facts.subject, facts.year), target=facts.target)


async def _taken_back(visit: Visit, given: str) -> Response:
    """`given`: subject and year. It stays to be read that it was promised."""
    code, _slash, year = given.rpartition("/")
    one = subjects.find(told.known(visit), code)
    if typed.whole(year) is None:
        raise BadRequestData("back names no target; press the button on the page of the journey.")
    await visit.site.store.write(partial(_take_back, visit, code, int(year)))
    return RedirectResponse(visit.address(BACK, number=str(one.goal), show=code), 303)


def _take_back(visit: Visit, code: str, year: int, uow: UnitOfWork) -> None:
    entity = uow.entity("", targets.id_of(told.known(visit).city, code, year))
    if entity is None:
        raise ResourceNotFound("There is no such target.")
    was = TARGET.facts_of(entity, TargetFacts)
    role = officers.role(visit, SETTERS)
    _set(visit, msgspec.structs.replace(was, counts=False, promisedBy=role), TAKEN, uow)
