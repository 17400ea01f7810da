# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk of who runs a call: how the jury judges and where it is divided, and the form of the decision."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import BadRequestData, Conflict
from hanze.experiments.challenges import deciding, jurors, keeping, letters, phases
from hanze.experiments.challenges.deciding import Case, Choice
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.pages.applying import rows
from hanze.store.base import UnitOfWork
from hanze.web import forms
from hanze.web.drawing.rows import Table
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

DESK, DECIDE = "jury/desk", "jury/decide"

DIVIDED = 2
"""Points between the highest and the lowest score of a criterion from which on the jury is divided."""

DIVIDED_BY = _(" (divided: %(points)s apart)")

OWN = _(
    "You sit in this jury yourself. You see what others gave once you have judged all applications that you may judge."
)


async def desk(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _desk(visit)))


def _desk(visit: Visit) -> str:
    """Errors: Conflict before the call has closed."""
    one = shared.found(visit)
    cases = deciding.cases(visit.site.store, one, shared.today(visit))
    jury, all = jurors.of(visit.site.store, one.code), jurors.scores(visit.site.store, one.code)
    waiting = jurors.waiting(jury, all, [case.submission.id for case in cases])
    names = {each.person: _name(visit, each.person) for each in jury}
    blind = shared.person(visit).id in waiting
    values: dict[str, Any] = {
        "one": one, "when": shared.when(visit, one), "cases": [] if blind else [_case(visit, each) for each in cases],
        "table_of": None if blind or not cases else _table(visit, one, cases), "blind": visit.language.say(OWN) if blind else "",
        "waiting": [(names[person], count) for person, count in waiting.items()], "many": len(cases),
        "conflicts": [(names[each.person], len(each.conflicts), each.tells) for each in jury if each.conflicts],
        "jury": len(jury), "decide": visit.address(DECIDE, id=one.code), "now": one.phase(shared.today(visit)),
        "gone": not cases and (made := deciding.decision(one)) is not None and bool(made.lines),
    }  # fmt: skip
    return visit.html("experiments/challenges/table.html", **values)


def _name(visit: Visit, id: str) -> str:
    found = people.find(visit.site.store.vault(PEOPLE), id=id)
    return found.name if found else visit.language.say(_("a juror whose account is gone"))


def _case(visit: Visit, case: Case) -> tuple[str, str, list[tuple[str, str]]]:
    """Its name, that of who sent it, and what it says."""
    offer = case.submission.sent
    assert offer is not None
    return offer.name, case.organisation.name, rows(visit, offer)


def _table(visit: Visit, one: Challenge, cases: list[Case]) -> Table:
    """Means and, where the jury is divided, how far its scores lie apart."""
    say, words = visit.language.say, visit.language.words
    head = (
        say(_("Application")), *(f"{each.name} ({each.weight}%)" for each in one.call.criteria), say(_("Together, out of 100")),
        say(_("Jurors")),
    )  # fmt: skip
    told = []
    for case in cases:
        name, judged = _case(visit, case)[0], case.judged
        if judged is None:
            told.append((name, *("\u2013" for _each in one.call.criteria), "\u2013", "0"))
            continue
        cells = [
            words.fixed(mean, 1) + (say(DIVIDED_BY) % {"points": apart} if apart >= DIVIDED else "")
            for mean, apart in zip(judged.means, judged.spread, strict=True)
        ]
        told.append((name, *cells, words.fixed(judged.total, 1), str(judged.jurors)))
    return Table(say(_("How the jury judges, from 1 to 5")), head, tuple(told))


def _form(cases: list[Case]) -> Form:
    fields: list[Field] = []
    for place, case in enumerate(cases):
        offer = case.submission.sent
        assert offer is not None
        fields += [
            Field(name=f"choice{place}", label=f"{offer.name} ({case.organisation.name})", kind="choice",
                  choices=(forms.Choice("chosen", _("chosen")), forms.Choice("not", _("not chosen")))),
            Field(name=f"why{place}", label=_("Why"), kind="area", longest=1000,
                  help=_("The applicant and everyone else read it. Do not name who is not chosen.")),
        ]  # fmt: skip
    return Form(tuple(fields), _("Decide, and tell everyone"))


async def decide(visit: Visit) -> Response:
    """Who sits in the jury and has not judged everything yet is sent to the desk, which says so."""
    if await visit.site.store.read(partial(_blind, visit)):
        return RedirectResponse(visit.address(DESK, id=visit.asked("id")), 303)
    return await visit.site.store.read(lambda: _decide(visit, None))


def _blind(visit: Visit) -> bool:
    one, cases = _cases(visit)
    jury, all = jurors.of(visit.site.store, one.code), jurors.scores(visit.site.store, one.code)
    return shared.person(visit).id in jurors.waiting(jury, all, [case.submission.id for case in cases])


def _cases(visit: Visit) -> tuple[Challenge, list[Case]]:
    """Errors: ResourceNotFound; Conflict where it is too early or too late."""
    one = shared.found(visit)
    phases.demand("decide", one.phase(shared.today(visit)))
    return one, deciding.cases(visit.site.store, one, shared.today(visit))


def _decide(visit: Visit, filled: Filled | None, status: int = 0) -> Response:
    one, cases = _cases(visit)
    empty = _form(cases).empty({f"choice{place}": "not" for place in range(one.call.places, len(cases))})
    values: dict[str, Any] = {
        "one": one, "filled": filled or empty, "table_of": _table(visit, one, cases) if cases else None, "many": len(cases),
        "action": visit.address(DECIDE, id=one.code), "places": one.call.places,
    }  # fmt: skip
    code = status or (200 if filled is None or filled.good else 422)
    return HTMLResponse(visit.html("experiments/challenges/decide.html", **values), code)


async def take(visit: Visit, data: FormData) -> Response:
    """Errors: ResourceNotFound; Conflict where it is too early or too late."""
    store = visit.site.store
    if await store.read(partial(_blind, visit)):
        raise Conflict(OWN)
    _one, cases = await store.read(partial(_cases, visit))
    filled = _form(cases).read(data)
    if filled.good:
        choices = {
            case.submission.id: Choice(filled[f"choice{place}"] == "chosen", filled[f"why{place}"])
            for place, case in enumerate(cases)
        }
        try:
            await store.write(partial(_write, visit, choices))
        except (BadRequestData, Conflict) as error:
            filled.fail("", error.detail)
    if not filled.good:
        return await store.read(lambda: _decide(visit, filled, 422))
    return RedirectResponse(visit.address("challenge", id=visit.asked("id")), 303)


def _write(visit: Visit, choices: dict[str, Choice], uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    role, by = shared.role(visit), visit.principal.name
    found = deciding.decide(uow, shared.city(visit), one, shared.today(visit), choices, role, by)
    for number, case in enumerate(found):
        to = people.find(uow.vault(PEOPLE), id=case.submission.person)
        if to is not None:
            choice, language = choices[case.submission.id], languages()[case.submission.language]
            label = deciding.label(number)
            told = letters.decided(visit.site, language, to.mail, one, label, chosen=choice.chosen, why=choice.why)
            shared.post(visit, uow, told)
