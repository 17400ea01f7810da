# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which numbers are entered: all indicators that wait, one of them with its form, and what it would make."""

from collections.abc import Sequence
from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import ResourceNotFound
from hanze.goals.computing.compute import earlier
from hanze.goals.computing.compute import period as period_of
from hanze.goals.entering import ACT, asking, reading, showing, uploading
from hanze.goals.entering.asking import ENTERERS
from hanze.goals.entering.reading import Ground, Unfit
from hanze.goals.indicators import judging
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import entered
from hanze.goals.keeping.entered import Number
from hanze.goals.pages import told, wording
from hanze.ngsild.checks import shown
from hanze.store.base import UnitOfWork
from hanze.web.forms import Filled
from hanze.web.language import mark as _
from hanze.web.room import Help, Page, Visit

PATH, STEP = "goals/enter", "start/indicator"
"""The pages of all indicators, and the step of setting up the city that leads there."""

BACK = "numbers taken back"
"""An act of the audit."""


async def answer(visit: Visit) -> Response:
    """The page of one indicator where the address names one, else of all; as CSV an empty table. Errors: ResourceNotFound."""
    if visit.format:
        return uploading.template(visit)
    work = (
        partial(_one, visit) if visit.asked("indicator") else partial(uploading.overview, visit, uploading.FORM.empty())
    )
    return await visit.site.store.read(work)


async def take(visit: Visit, data: FormData) -> Response:
    """What one of the forms of these pages sends."""
    if not visit.asked("indicator"):
        return await uploading.take(visit, data)
    if data.get("act") == "back":
        return await _back(visit)
    filled, found = await visit.site.store.read(partial(_read, visit, data))
    if not filled.good:
        return await visit.site.store.read(partial(_page, visit, filled, 422))
    if data.get("sure") != "yes":
        return await visit.site.store.read(partial(_check, visit, filled, found))
    await visit.site.store.write(partial(_keep, visit, found))
    return _kept(visit)


def _definition(visit: Visit) -> Definition:
    """Errors: ResourceNotFound where it is not entered."""
    one = told.known(visit)[visit.asked("indicator")]
    if not reading.entered(one):
        raise ResourceNotFound(f"The indicator {shown(one.code)} is not entered; it comes from data.")
    return one


def _one(visit: Visit) -> Response:
    """The form, with what the address says already, or what was entered before for its area and period."""
    one, ground = _definition(visit), asking.ground(visit)
    begun = period_of(one, visit.now, visit.site.zone)
    known = {"period": reading.written(earlier(one, begun, 1, visit.site.zone), one), "area": ground.whole}
    before = showing.versions(visit, one).get(_place(visit, one, ground), {})
    if before:
        known |= showing.answers(visit, one, before)
    form = asking.form(visit, one, ground)
    given = {field.name: visit.asked(field.name) for field in form.fields if visit.asked(field.name)}
    return _page(visit, form.empty({**known, **given}))


def _place(visit: Visit, one: Definition, ground: Ground) -> tuple[str, int]:
    """The area and the start of the period that the address names; an empty code where it names none that can be."""
    try:
        area, period = reading.area(visit.asked("area"), ground), reading.period(visit.asked("period"), one, ground)
    except Unfit:
        return "", 0
    return area, period.start


def _read(visit: Visit, data: FormData) -> tuple[Filled, list[Number]]:
    one, ground = _definition(visit), asking.ground(visit)
    filled = asking.form(visit, one, ground).read(data)
    return filled, asking.numbers(visit, one, ground, filled)


def _page(visit: Visit, filled: Filled, status: int = 200) -> Response:
    one, ground, code = _definition(visit), asking.ground(visit), visit.language.code
    known = showing.versions(visit, one)
    place = _place(visit, one, ground)
    counts = place in known and any(versions[-1].counts for versions in known[place].values())
    values = {
        "one": one, "name": one.name[code], "says": one.says[code], "waits": one.waits[code] if one.waits else "",
        "filled": filled, "action": _address(visit), "all": visit.address(PATH),
        "rows": showing.rows(visit, one, ground, known), "most": showing.MOST,
        "back": _address(visit, area=visit.asked("area"), period=visit.asked("period")) if counts else "",
        "kept": visit.asked("kept"), "there": visit.address("goals/indicator", code=one.code),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/entering/one.html", **values), status)


def _address(visit: Visit, **more: str) -> str:
    return visit.address(PATH, indicator=visit.asked("indicator"), then=visit.asked("then"), **more)


def _check(visit: Visit, filled: Filled, found: Sequence[Number]) -> Response:
    """What it would make, in words."""
    one, ground = _definition(visit), asking.ground(visit)
    first = found[0]
    value = showing.result(visit, one, found)
    before = showing.versions(visit, one).get((first.area, first.start), {})
    said = {name: filled[name] for name in filled.given if filled[name]}
    values = {
        "one": one, "name": one.name[visit.language.code], "place": ground.areas[first.area],
        "period": showing.period(visit, one, first.start),
        "value": "" if value is None else wording.number(visit.language, one, value),
        "colour": judging.colour(one, value), "word": wording.COLOURS[judging.colour(one, value)],
        "parts": _parts(visit, one, found), "grade": wording.GRADES[first.grade],
        "source": first.source, "was": [showing.number(visit, one, part, each[-1].number) for part, each in before.items()],
        "same": {**said, "sure": "yes"}, "action": _address(visit), "change": _address(visit, **said),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/entering/check.html", **values))


def _parts(visit: Visit, one: Definition, found: Sequence[Number]) -> list[tuple[str, str]]:
    asked = {part.name: (part.asks or one.name)[visit.language.code] for part in one.part}
    return [(asked[each.part], showing.number(visit, one, each.part, each.number)) for each in found]


def _keep(visit: Visit, found: Sequence[Number], uow: UnitOfWork, act: str = ACT) -> None:
    role = next(one for one in ENTERERS if visit.has_role((one,)))
    entered.write(uow, told.known(visit).city, found, role)
    first = found[0]
    audit.note(uow, visit.principal.id, act, first.code, area=first.area, count=len(found))


def _kept(visit: Visit) -> Response:
    """Back to the page of the indicator, or to the step that led here."""
    if visit.asked("then") == "start":
        return RedirectResponse(visit.address(STEP, kept="yes"), 303)
    return RedirectResponse(_address(visit, kept="yes"), 303)


async def _back(visit: Visit) -> Response:
    """What was entered for an area and a period counts no more. Errors: ResourceNotFound where there is nothing."""
    found = await visit.site.store.read(partial(_counting, visit))
    await visit.site.store.write(partial(_keep, visit, found, act=BACK))
    return _kept(visit)


def _counting(visit: Visit) -> list[Number]:
    """What counts for the area and period of the address, taken back."""
    one = _definition(visit)
    area, start = _place(visit, one, asking.ground(visit))
    units = {part.name: part.unit for part in one.part}
    found = []
    for part, versions in showing.versions(visit, one).get((area, start), {}).items():
        last = versions[-1]
        if last.counts and part in units:
            found.append(
                Number(
                    one.code,
                    one.name.en,
                    part,
                    units[part],
                    area,
                    start,
                    last.number,
                    last.grade,
                    last.source,
                    counts=False,
                )
            )
    if not found:
        raise ResourceNotFound("There is no number that could be taken back; it may be so already.")
    return found


PAGES = (
    Page(
        PATH, answer, ("csv",), post=take, roles=ENTERERS, most=uploading.MOST_SENT,
        desk=_("Enter numbers that no sensor measures"),
        help=Help(_("Enter numbers that no sensor measures"), "goals/help/enter.html"),
    ),
)  # fmt: skip
