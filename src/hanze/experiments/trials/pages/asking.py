# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which the result of a trial that is over is asked for, now or once more."""

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, result
from hanze.web.forms import Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/judge"

FORM = Form((), _("Work out the result"))

ABOUT = _(
    "The result is worked out from what is there now, by the plan that was fixed. Nothing can be chosen here. An earlier result "
    "stays in the history, and so does the signature of it."
)


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, _trial(visit)))


def _trial(visit: Visit) -> Trial:
    """Errors: ResourceNotFound, Conflict where there is nothing to judge."""
    trial = common.trial(visit)
    if trial.status not in ("stopped", "ended", "evaluated") or not (trial.facts.stopped or {}).get("ran", True):
        raise Conflict("Only a trial that ran and is over can be judged, until it is closed.")
    return trial


def _page(visit: Visit, trial: Trial) -> Response:
    say = visit.language.say
    values = {
        "trial": trial, "filled": FORM.empty(), "title": say(_("Judge the trial")), "about": say(ABOUT),
        "action": visit.address(PATH, id=trial.code),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/act.html", **values))


async def take(visit: Visit, data: FormData) -> Response:
    trial = await visit.site.store.read(lambda: _trial(visit))
    result.ask(visit, trial)
    return RedirectResponse(visit.address(common.TRIAL, id=trial.code) + "#result", 303)
