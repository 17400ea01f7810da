# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of the room to experiment: the rule that is deviated from, and within which bounds."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import Conflict
from hanze.experiments.trials import deviation, keeping
from hanze.experiments.trials.deviation import DAYS, LABELS, Deviation
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, offers
from hanze.store.base import UnitOfWork
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/room"

DEVIATED = "give room to a trial"
"""An act of the audit."""

HELP = {
    "rule": _("The law, the bylaw or the decision, by its name."),
    "version": _("Such as the day since which it reads so."),
    "ends": _("However often the trial is extended, it is over then."),
    "body": _("Who decided that this may be, and answers for it."),
    "objection": _("Where, until when, and that it costs nothing."),
}
LONG = ("goal", "instead", "judged", "termination", "objection")


def _form(visit: Visit) -> Form:
    return Form(tuple(_field(name, label, offers.areas(visit)) for name, label in LABELS.items()), _("Save this"))


def _field(name: str, label: str, areas: tuple[Choice, ...]) -> Field:
    if name == "area" and areas:
        return Field(name=name, label=label, kind="choice", choices=areas)
    kind = "date" if name in DAYS else "area" if name in LONG else "text"
    return msgspec.convert(
        {
            "name": name,
            "label": label,
            "kind": kind,
            "longest": 2000 if kind == "area" else 200,
            "help": HELP.get(name, ""),
        },
        Field,
    )


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    trial = _trial(visit)
    known = dict(trial.facts.room or {"area": trial.facts.area, "starts": trial.facts.starts})
    return _page(visit, trial, _form(visit).empty({name: str(value) for name, value in known.items()}))


def _trial(visit: Visit) -> Trial:
    """Errors: ResourceNotFound, Conflict where it began: the bounds are fixed beforehand, as the plan is."""
    trial = common.trial(visit)
    if trial.status not in ("preparing", "registered"):
        raise Conflict("This trial began; its room to experiment was fixed before.")
    return trial


def _page(visit: Visit, trial: Trial, filled: Filled) -> Response:
    values = {"trial": trial, "filled": filled, "action": visit.address(PATH, id=trial.code)}
    return HTMLResponse(visit.html("experiments/trials/room.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    store = visit.site.store
    trial, form = await store.read(lambda: (_trial(visit), _form(visit)))
    filled = form.read(data)
    one = Deviation(**{name: filled[name] for name in LABELS})
    if filled.good:
        common.fail(visit, filled, deviation.wrong(one), LABELS)
    if not filled.good:
        return await store.read(lambda: _page(visit, trial, filled))
    await store.write(partial(_keep, visit, trial, one))
    return RedirectResponse(visit.address(common.TRIAL, id=trial.code) + "#room", 303)


def _keep(visit: Visit, trial: Trial, one: Deviation, uow: UnitOfWork) -> None:
    city = common.city(visit)
    audit.note(uow, visit.principal.id, DEVIATED, keeping.id_of(city, trial.code), rule=one.rule, until=one.ends)
    keeping.change(uow, city, trial.code, room=msgspec.to_builtins(one))
