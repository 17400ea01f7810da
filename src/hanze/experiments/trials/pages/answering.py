# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which residents answer the short question of a trial: no account, once a browser and wave."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import ResourceNotFound
from hanze.experiments.trials import answers, registered
from hanze.experiments.trials.answers import Answered
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.pages import common
from hanze.experiments.trials.plan import Plan
from hanze.goals.pages import told
from hanze.store.base import UnitOfWork
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/answer"


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    trial, survey, plan = _asked(visit)
    return _page(visit, trial, survey, _form(visit, survey, plan).empty())


def _asked(visit: Visit) -> tuple[Trial, Surveyed, Plan]:
    """Errors: ResourceNotFound where the trial asks residents nothing."""
    trial = common.trial(visit)
    fixed = registered.newest(visit.site.store, common.city(visit), trial.code, visit.scope)
    plan = None if fixed is None else fixed.plan
    if plan is None or not isinstance(plan.outcome, Surveyed):
        raise ResourceNotFound("This trial asks residents nothing.")
    return trial, plan.outcome, plan


def _form(visit: Visit, survey: Surveyed, plan: Plan) -> Form:
    named = told.several(visit, plan.all)
    areas = tuple(Choice(code, named[code].name) for code in plan.all if code in named)
    return Form(
        (
            Field(
                name="answer", label=survey.question, kind="choice",
                choices=tuple(Choice(str(number), one.text) for number, one in enumerate(survey.answers)),
            ),
            Field(name="area", label=_("Where do you live?"), kind="choice", choices=areas),
        ),
        _("Send this answer"),
    )  # fmt: skip


def _wave(visit: Visit, trial: Trial, survey: Surveyed) -> int | None:
    """The one that is open; nothing is asked of a trial that is over."""
    if trial.status not in ("registered", "running"):
        return None
    return answers.open_wave(survey, visit.now, visit.site.zone)


def _page(visit: Visit, trial: Trial, survey: Surveyed, filled: Filled, status: int = 200) -> Response:
    wave = _wave(visit, trial, survey)
    later = [one.since for one in survey.waves if one.since > common.today(visit)]
    values: dict[str, Any] = {
        "trial": trial, "filled": filled if wave is not None else None, "action": visit.address(PATH, id=trial.code),
        "last": "" if wave is None else common.day(visit, survey.waves[wave].until),
        "next": common.day(visit, later[0]) if later and wave is None else "", "said": visit.asked("said"),
        "fewest": answers.FEWEST,
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/answer.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps one answer of this browser in this wave."""
    store = visit.site.store
    trial, survey, plan = await store.read(lambda: _asked(visit))
    filled = await store.read(lambda: _form(visit, survey, plan).read(data))
    wave = _wave(visit, trial, survey)
    if wave is None:
        return await store.read(lambda: _page(visit, trial, survey, filled, 409))
    if filled.good and visit.site.callers.take(visit.client, visit.real, "answer"):
        filled.fail("", _("Too many answers came from here. Try again in ten minutes."))
        return await store.read(lambda: _page(visit, trial, survey, filled, 429))
    if not filled.good:
        return await store.read(lambda: _page(visit, trial, survey, filled, 422))
    # Whoever signs in has another browser key at each session, and one person all the same.
    held = visit.key.held if visit.person is None else visit.person.id
    browser = answers.mark(held, trial.code, wave)
    given = Answered(wave, filled["area"], int(filled["answer"]))
    kept = await store.write(partial(_put, trial.code, given, browser))
    return RedirectResponse(visit.address(PATH, id=trial.code, said="yes" if kept else "before"), 303)


def _put(trial: str, given: Answered, browser: str, uow: UnitOfWork) -> bool:
    return answers.put(uow, trial, given, browser)
