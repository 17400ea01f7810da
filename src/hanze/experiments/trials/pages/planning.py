# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a plan is written, step by step; each step is kept, so that one may go on later."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Loaded, Outcome
from hanze.experiments.trials.pages import common, drafts, forms
from hanze.experiments.trials.pages.drafting import Answers
from hanze.experiments.trials.pages.forms import STEPS, Step
from hanze.web.forms import Filled, Form
from hanze.web.room import Visit

PATH, FIX = "trial/plan", "trial/fix"


def open_trial(visit: Visit) -> Trial:
    """The trial whose plan may be written. Errors: ResourceNotFound, Conflict where it was judged already."""
    trial = common.trial(visit)
    if trial.status in ("evaluated", "closed"):
        raise Conflict("This trial was judged by its plan; the plan cannot be changed any more.")
    return trial


def step_asked(visit: Visit) -> Step:
    return next((one for one in STEPS if one == visit.asked("step")), STEPS[0])


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    trial = open_trial(visit)
    found = drafts.answers(visit, trial.code)
    step = _possible(step_asked(visit), found)
    outcome = drafts.outcome(found)
    form = forms.form(visit, step, trial.code, outcome, found)
    return _page(visit, trial, step, form.empty(_shown(form, found)), outcome)


def _shown(form: Form, found: Answers) -> dict[str, str | list[str]]:
    """Answers as the fields take them: several only where these are ticked."""
    ticked = {one.name for one in form.fields if one.kind == "options"}
    return {name: list(told) if name in ticked else "\n".join(told) for name, told in found.items()}


def _possible(step: Step, found: Answers) -> Step:
    """What it is judged by depends on what was chosen in the first step."""
    return step if step == "expect" or any(found.get("kind", ())) else "expect"


def _page(
    visit: Visit, trial: Trial, step: Step, filled: Filled, outcome: Outcome | None, status: int = 200
) -> Response:
    values: dict[str, Any] = {
        "trial": trial, "filled": filled, "step": step, "title": visit.language.say(forms.TITLES[step]),
        "steps": [
            (visit.language.say(forms.TITLES[one]), visit.address(PATH, id=trial.code, step=one), one == step) for one in STEPS
        ],
        "action": visit.address(PATH, id=trial.code, step=step), "changes": trial.status != "preparing",
        "table": visit.address("trial/table", id=trial.code) if step == "places" and isinstance(outcome, Loaded) else "",
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/plan.html", **values), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps this step and goes on, with what is wrong beside its fields."""
    store = visit.site.store
    trial, found = await store.read(lambda: _begun(visit))
    step = _possible(step_asked(visit), found)
    form = await store.read(lambda: forms.form(visit, step, trial.code, drafts.outcome(found), found))
    filled = form.read(data)
    now: Answers = {**found, **{one.name: list(filled.given.get(one.name, [])) for one in form.fields}}
    if filled.good:
        await store.read(partial(_look, visit, trial, step, filled, now))
    if not filled.good:
        return await store.read(lambda: _page(visit, trial, step, filled, drafts.outcome(found), 422))
    await store.write(lambda uow: drafts.keep(uow, trial.code, now))
    place = STEPS.index(step) + 1
    if place == len(STEPS):
        return RedirectResponse(visit.address(FIX, id=trial.code), 303)
    return RedirectResponse(visit.address(PATH, id=trial.code, step=STEPS[place]), 303)


def _begun(visit: Visit) -> tuple[Trial, Answers]:
    trial = open_trial(visit)
    return trial, drafts.answers(visit, trial.code)


def _look(visit: Visit, trial: Trial, step: Step, filled: Filled, now: Answers) -> None:
    """What is wrong with the answers of this step, as far as the others are there."""
    _plan, wrong = drafts.made(visit, trial.code, now)
    names = {one.name for one in filled.form.fields}
    for one in wrong:
        name = drafts.field_of(one)
        if name in names and name not in filled.wrong:
            filled.fail(name, common.sentence(visit, one.told))
