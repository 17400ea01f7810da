# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms by which a trial is started, extended and stopped."""

from collections.abc import Callable
from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.trials import days, registered, running
from hanze.experiments.trials.keeping import Status, Trial
from hanze.experiments.trials.pages import common
from hanze.experiments.trials.running import By
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Handler, Taker, Visit

START = Form(
    (Field(name="began", label=_("The measure began on the day that the plan says."), kind="tick"),),
    _("Start the trial"),
)

EXTEND = Form(
    (
        Field(name="until", label=_("Until"), kind="date", longest=10),
        Field(name="who", label=_("Who extends it"), longest=100, help=_("Name or role. Everyone reads it.")),
        Field(name="why", label=_("Why"), kind="area", longest=1000, help=_("Everyone reads it.")),
    ),
    _("Extend the trial"),
)  # fmt: skip

STOP = Form(
    (
        Field(name="why", label=_("Why"), kind="area", longest=1000, help=_("Everyone reads it.")),
        Field(name="sure", label=_("Stop it today. It cannot begin again."), kind="tick"),
    ),
    _("Stop the trial"),
)  # fmt: skip


class Act(msgspec.Struct, frozen=True):
    """`title`: what is done; `about`: what comes of it, both English texts of the catalogues. `states`: in which it can be done.
    `look`: what is wrong beside what the fields see themselves; `do`: writes it."""

    path: str
    title: str
    about: str
    form: Form
    states: tuple[Status, ...]
    look: Callable[[Visit, Trial, Filled], None]
    do: Callable[[Visit, Filled, UnitOfWork], None]

    def pages(self) -> tuple[Handler, Taker]:
        """What answers its page, and what takes its form."""
        return partial(_answer, self), partial(_take, self)


async def _answer(act: Act, visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(act, visit, _trial(act, visit), act.form.empty()))


def _trial(act: Act, visit: Visit) -> Trial:
    """Errors: ResourceNotFound, Conflict where this cannot be done with it now."""
    trial = common.trial(visit)
    if trial.status not in act.states:
        raise Conflict(f"This trial is {trial.status}; that cannot be done with it now.")
    return trial


def _page(act: Act, visit: Visit, trial: Trial, filled: Filled) -> Response:
    say = visit.language.say
    values = {
        "trial": trial, "filled": filled, "title": say(act.title), "action": visit.address(act.path, id=trial.code),
        "about": say(act.about) % {
            "first": common.day(visit, trial.facts.starts), "last": common.day(visit, trial.facts.sunset),
            "latest": common.day(visit, running.latest(trial)),
        },
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/act.html", **values), 200 if filled.good else 422)


async def _take(act: Act, visit: Visit, data: FormData) -> Response:
    store = visit.site.store
    trial = await store.read(lambda: _trial(act, visit))
    filled = act.form.read(data)
    if filled.good:
        await store.read(lambda: act.look(visit, trial, filled))
    if not filled.good:
        return await store.read(lambda: _page(act, visit, trial, filled))
    await store.write(partial(act.do, visit, filled))
    return RedirectResponse(visit.address(common.TRIAL, id=trial.code), 303)


def _nothing(visit: Visit, trial: Trial, filled: Filled) -> None:
    """The fields see all themselves."""


def _look_start(visit: Visit, trial: Trial, filled: Filled) -> None:
    today = common.today(visit)
    if today < trial.facts.starts:
        filled.fail("began", _("The first day of the plan is still to come. Change the plan if it begins earlier."))
    elif today > trial.facts.sunset:
        filled.fail("began", _("The last day of the plan is over. Change the plan first."))


def _start(visit: Visit, filled: Filled, uow: UnitOfWork) -> None:
    city, code = common.city(visit), visit.asked("id")
    entity = uow.entity("", registered.id_of(city, code))
    if entity is None:
        raise Conflict("No plan was fixed for this trial.")
    running.start(uow, city, code, registered.plan_of(entity), visit.site.zone, common.by(visit))


def _look_extend(visit: Visit, trial: Trial, filled: Filled) -> None:
    until = days.day(filled["until"])
    if until is None:
        filled.fail("until", _("This is no day. Write it like 2026-03-31."))
    elif filled["until"] <= trial.facts.sunset:
        filled.fail("until", _("Give a day after the one on which it ends now."))
    elif filled["until"] > running.latest(trial):
        filled.fail("until", _("This is later than the longest that was allowed. Give an earlier day."))


def _extend(visit: Visit, filled: Filled, uow: UnitOfWork) -> None:
    by = By(visit.principal.id, filled["who"])
    running.extend(uow, common.city(visit), visit.asked("id"), filled["until"], filled["why"], by)


def _stop(visit: Visit, filled: Filled, uow: UnitOfWork) -> None:
    running.stop(uow, common.city(visit), visit.asked("id"), visit.site.zone, filled["why"], common.by(visit))


ACTS = (
    Act(
        "trial/start", _("Start the trial"),
        _("By the plan it begins on %(first)s and ends on %(last)s. If the measure began on another day, change the plan first."),
        START, ("registered",), _look_start, _start,
    ),
    Act(
        "trial/extend", _("Extend the trial"),
        _("It ends by itself after %(last)s. It may be extended until %(latest)s. What is judged stays as the plan says."),
        EXTEND, ("running",), _look_extend, _extend,
    ),
    Act(
        "trial/stop", _("Stop the trial"),
        _("It ends today instead of after %(last)s. What was measured until now is judged all the same."),
        STOP, ("registered", "running"), _nothing, _stop,
    ),
)  # fmt: skip
