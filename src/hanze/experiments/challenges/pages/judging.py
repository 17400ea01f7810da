# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk of a juror: juries that somebody sits in, the declaration of interests, and the applications to be judged."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict, ResourceNotFound
from hanze.experiments.challenges import deciding, judging, jurors, keeping, phases
from hanze.experiments.challenges.deciding import Case
from hanze.experiments.challenges.judging import SCORES, Score
from hanze.experiments.challenges.jurors import Juror
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.pages.applying import rows, shown
from hanze.store.base import UnitOfWork
from hanze.web.entrance import sign_in
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH, CALL, ONE = "jury", "jury/call", "jury/score"


async def seats(visit: Visit) -> Response:
    if visit.person is None:
        return sign_in(visit)
    return HTMLResponse(await visit.site.store.read(lambda: _seats(visit)))


def _seats(visit: Visit) -> str:
    store, found = visit.site.store, []
    for code in jurors.seats(store, shared.person(visit).id):
        try:
            one = keeping.find(store, shared.city(visit), code, visit.scope)
        except ResourceNotFound:
            continue
        found.append((shared.line(visit, one), visit.address(CALL, id=code)))
    return visit.html("experiments/challenges/seats.html", seats=found)


async def call(visit: Visit) -> Response:
    if visit.person is None:
        return sign_in(visit)
    return await visit.site.store.read(lambda: _call(visit, None))


def _form(cases: list[Case]) -> Form:
    choices = tuple(Choice(case.submission.id, _named(case)) for case in cases)
    return Form(
        (
            Field(name="conflicts", label=_("With which of these do you have an interest?"), kind="options", required=False,
                  choices=choices, help=_("You work for it, own a part of it, or are family or a close friend.")),
            Field(name="tells", label=_("What is your interest?"), kind="area", required=False, longest=600,
                  help=_("Only where you chose one. The city reads it.")),
            Field(name="honest", label=_("I have no other interest, and tell nobody what I read here."), kind="tick"),
        ),
        _("Declare this"),
    )  # fmt: skip


def _named(case: Case) -> str:
    return f"{case.organisation.name}: {case.submission.sent.name if case.submission.sent else ''}"


def _call(visit: Visit, filled: Filled | None) -> Response:
    """Before the call closes a juror sees nothing but when it does."""
    one, person = shared.found(visit), shared.person(visit)
    juror = jurors.known(visit.site.store, one.code, person.id)
    now = one.phase(shared.today(visit))
    cases = _cases(visit, one) if now in phases.MAY["open applications"] else []
    all = jurors.scores(visit.site.store, one.code)
    listed = [
        (case, _named(case), case.submission.id in juror.conflicts, person.id in all.get(case.submission.id, {}),
         visit.address(ONE, id=one.code, application=case.submission.id))
        for case in cases
    ]  # fmt: skip
    values: dict[str, Any] = {
        "one": one, "juror": juror, "when": shared.when(visit, one), "now": now, "cases": listed,
        "filled": filled or _form(cases).empty({"conflicts": list(juror.conflicts), "tells": juror.tells}),
        "action": visit.address(CALL, id=one.code), "begun": any(person.id in given for given in all.values()),
    }  # fmt: skip
    return HTMLResponse(
        visit.html("experiments/challenges/jury.html", **values), 200 if filled is None or filled.good else 422
    )


def _cases(visit: Visit, one: Challenge) -> list[Case]:
    """In the order in which they came: that of the scores would tell what others gave."""
    found = deciding.cases(visit.site.store, one, shared.today(visit))
    return sorted(found, key=lambda case: (case.submission.sent_at or 0, case.submission.id))


async def declare(visit: Visit, data: FormData) -> Response:
    """Errors: ResourceNotFound, NoRightToAccess, Conflict before the call closes and once judging began."""
    if visit.person is None:
        return sign_in(visit)
    one = await visit.site.store.read(partial(shared.found, visit))
    cases = await visit.site.store.read(lambda: _cases(visit, one))
    filled = _form(cases).read(data)
    if filled.all("conflicts") and not filled["tells"]:
        filled.fail("tells", _("Say in a few words what your interest is."))
    if not filled.good:
        return await visit.site.store.read(lambda: _call(visit, filled))
    await visit.site.store.write(partial(_declare, visit, filled))
    return RedirectResponse(visit.address(CALL, id=one.code), 303)


def _declare(visit: Visit, filled: Filled, uow: UnitOfWork) -> None:
    one, id = keeping.within(uow, shared.city(visit), visit.asked("id")), shared.person(visit).id
    conflicts, tells = filled.all("conflicts"), filled["tells"]
    jurors.declare(uow, one, shared.today(visit), id, conflicts, tells, visit.principal.name)


async def score(visit: Visit) -> Response:
    if visit.person is None:
        return sign_in(visit)
    return await visit.site.store.read(lambda: _score(visit, None))


def scoring(one: Challenge) -> Form:
    """A score and a sentence for each criterion."""
    choices = tuple(Choice(str(value), f"{value}") for value in SCORES)
    fields: list[Field] = []
    for place, criterion in enumerate(one.call.criteria):
        label = f"{criterion.name} ({criterion.weight}%)"
        fields += [
            Field(name=f"score{place}", label=label, kind="choice", choices=choices,
                  help=_("5: very good, 4: good, 3: enough, 2: not enough, 1: bad.")),
            Field(name=f"why{place}", label=_("Why, in a sentence"), kind="area", longest=600),
        ]  # fmt: skip
    return Form(tuple(fields), _("Give these scores, for good"))


def _score(visit: Visit, filled: Filled | None, status: int = 0) -> Response:
    one, case, juror = _asked(visit)
    jurors.demand(juror, case.submission.id)
    all = jurors.scores(visit.site.store, one.code)
    seen = jurors.seen(all, juror.person, case.submission.id)
    assert case.submission.sent is not None
    values: dict[str, Any] = {
        "one": one, "name": _named(case), "rows": rows(visit, case.submission.sent), "given": juror.person in seen,
        "filled": filled or scoring(one).empty(), "others": list(enumerate(seen.values(), 1)), "criteria": one.call.criteria,
        "picture": shown(visit, one, case.submission.id), "action": visit.address(ONE, id=one.code, application=case.submission.id),
        "back": visit.address(CALL, id=one.code), "closed": one.phase(shared.today(visit)) != "judging",
    }  # fmt: skip
    code = status or (200 if filled is None or filled.good else 422)
    return HTMLResponse(visit.html("experiments/challenges/score.html", **values), code)


def _asked(visit: Visit) -> tuple[Challenge, Case, Juror]:
    """Errors: ResourceNotFound, NoRightToAccess for who does not sit in the jury, Conflict before the call closes."""
    one = shared.found(visit)
    juror = jurors.known(visit.site.store, one.code, shared.person(visit).id)
    for case in _cases(visit, one):
        if case.submission.id == visit.asked("application"):
            return one, case, juror
    raise ResourceNotFound("There is no such application here.")


async def give(visit: Visit, data: FormData) -> Response:
    """The scores of one application. Errors: ResourceNotFound, NoRightToAccess, Conflict."""
    if visit.person is None:
        return sign_in(visit)
    one, case, _juror = await visit.site.store.read(partial(_asked, visit))
    filled = scoring(one).read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _score(visit, filled))
    places = range(len(one.call.criteria))
    given = [Score(int(filled[f"score{place}"]), filled[f"why{place}"]) for place in places]
    try:
        await visit.site.store.write(partial(_give, visit, case.submission.id, given))
    except Conflict as error:
        told = error.detail
        return await visit.site.store.read(lambda: _score(visit, filled.fail("", told), 409))
    return RedirectResponse(visit.address(ONE, id=one.code, application=case.submission.id), 303)


def _give(visit: Visit, application: str, given: judging.Given, uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    jurors.judge(uow, one, shared.today(visit), shared.person(visit).id, application, given, visit.principal.name)
