# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which is said what comes after the verdict, that it was done, and that the trial is closed."""

from functools import partial
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments import routes
from hanze.experiments.trials import followup, running
from hanze.experiments.trials.followup import WHAT, FollowUp
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, verdicts
from hanze.experiments.trials.pages.drafting import NUMBER
from hanze.experiments.trials.pages.judging import choices
from hanze.goals.journey.pages import typed
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/follow-up"

FORM = Form(
    (
        Field(name="what", label=_("What follows?"), kind="choice", choices=choices(WHAT)),
        Field(name="why", label=_("Why"), kind="area", longest=1000, help=_("Everyone reads it.")),
        Field(name="owner", label=_("Who does it"), longest=100, help=_("Name or role. Everyone reads it.")),
        Field(name="by", label=_("By when"), kind="date", longest=10),
        Field(name="budget", label=_("What it may cost, in euros"), kind="number", required=False, longest=15),
        Field(name="route", label=_("How it is bought"), kind="choice", choices=choices(routes.NAMES)),
    ),
    _("Save this"),
)  # fmt: skip


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _trial(visit), FORM.empty({"route": "none"})))


def _trial(visit: Visit) -> Trial:
    """Errors: ResourceNotFound, Conflict before it was judged."""
    trial = common.trial(visit)
    if trial.status not in ("evaluated", "closed"):
        raise Conflict("What follows is decided when the trial was judged.")
    return trial


def _page(visit: Visit, trial: Trial, filled: Filled) -> Response:
    steps = followup.read(trial.facts.followUp)
    today = common.today(visit)
    values: dict[str, Any] = {
        "trial": trial, "filled": filled, "action": visit.address(PATH, id=trial.code), "verdict": verdicts.told(visit, trial),
        "steps": [
            (number, visit.language.say(WHAT[one.what]), one.owner, common.day(visit, one.by), one.done, one.late(today))
            for number, one in enumerate(steps)
        ],
        "closes": trial.status == "evaluated" and bool(steps),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/follow-up.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    """What follows; or, by its button, that a thing was done, or that the trial is closed."""
    store = visit.site.store
    trial = await store.read(lambda: _trial(visit))
    city, by = common.city(visit), common.by(visit)
    if "close" in data:
        await store.write(lambda uow: running.close(uow, city, trial.code, by))
        return RedirectResponse(visit.address(common.TRIAL, id=trial.code), 303)
    if "done" in data:
        await store.write(partial(_done, visit, trial, str(data["done"]), str(data.get("came", "")).strip()[:1000]))
        return RedirectResponse(visit.address(PATH, id=trial.code), 303)
    filled = FORM.read(data)
    step = _step(visit, filled)
    if filled.good:
        common.fail(visit, filled, followup.wrong(step, common.today(visit)), (one.name for one in FORM.fields))
    if not filled.good:
        return await store.read(lambda: _page(visit, trial, filled))
    await store.write(lambda uow: running.follow(uow, city, trial.code, step, by))
    return RedirectResponse(visit.address(common.TRIAL, id=trial.code) + "#follow-up", 303)


def _step(visit: Visit, filled: Filled) -> FollowUp:
    words = visit.language.words
    typed_budget = filled["budget"].replace(words.thousands, "").replace("\u00a0", "").replace(" ", "")
    budget = typed.number(typed_budget, words.decimal) if typed_budget else None
    if typed_budget and budget is None:
        filled.fail("budget", NUMBER)
    told = {name: filled[name] for name in ("why", "owner", "by", "route")}
    what = filled["what"] if filled["what"] in WHAT else "stop"
    return msgspec.convert({**told, "what": what, "budget": budget, "at": common.today(visit)}, FollowUp)


def _done(visit: Visit, trial: Trial, given: str, came: str, uow: UnitOfWork) -> None:
    number = typed.whole(given)
    running.finish(
        uow, common.city(visit), trial.code, -1 if number is None else number, came, visit.site.zone, common.by(visit)
    )
