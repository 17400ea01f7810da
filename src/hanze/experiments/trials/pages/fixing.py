# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the whole plan is looked at and fixed; from then on each change is a version beside it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import BadRequestData
from hanze.experiments.trials import changes, registered, running, seen
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Wrong
from hanze.experiments.trials.pages import common, drafts, forms, saying
from hanze.experiments.trials.pages.common import Link
from hanze.experiments.trials.pages.planning import PATH as PLANNING
from hanze.experiments.trials.pages.planning import open_trial
from hanze.experiments.trials.plan import Plan
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "trial/fix"

FIRST = Form((), _("Fix this plan"))

CHANGE = Form(
    (
        Field(
            name="why", label=_("Why is it changed?"), kind="area", longest=1000,
            help=_("Everyone reads it beside the result, with what was there before."),
        ),
    ),
    _("Fix this change"),
)  # fmt: skip

SAME = _("Nothing differs from the plan that was fixed last.")


class Draft(msgspec.Struct, frozen=True):
    """A plan as far as it is written, and the one that was fixed before."""

    trial: Trial
    plan: Plan | None
    wrong: Sequence[Wrong]
    before: Plan | None


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    draft = _draft(visit)
    return _page(visit, draft, (CHANGE if draft.before else FIRST).empty())


def _draft(visit: Visit) -> Draft:
    trial = open_trial(visit)
    plan, wrong = drafts.made(visit, trial.code, drafts.answers(visit, trial.code))
    fixed = registered.newest(visit.site.store, common.city(visit), trial.code)
    return Draft(trial, plan, wrong, None if fixed is None else fixed.plan)


def _page(visit: Visit, draft: Draft, filled: Filled, status: int = 200) -> Response:
    trial, plan = draft.trial, draft.plan
    found = None if plan is None else _seen(visit, plan)
    values: dict[str, Any] = {
        "trial": trial, "filled": filled, "action": visit.address(PATH, id=trial.code),
        "wrong": [_link(visit, trial, one) for one in draft.wrong],
        "rows": [] if plan is None else saying.rows(visit, plan),
        "changed": _changed(visit, draft), "late": plan is not None and plan.starts <= common.today(visit),
        "seen": [] if found is None else [common.sentence(visit, one) for one in seen.told(found)],
        "cannot": [common.sentence(visit, one) for one in seen.cannot()],
        "contradicts": plan is not None and found is not None and seen.contradicts(found, plan.existing),
        "back": visit.address(PLANNING, id=trial.code),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/trials/fix.html", **values), status)


def _seen(visit: Visit, plan: Plan) -> seen.Seen:
    return seen.look(visit.site.store, plan.outcome, visit.now, visit.principal.id)


def _link(visit: Visit, trial: Trial, one: Wrong) -> Link:
    name = drafts.field_of(one)
    step = drafts.step_of(name)
    text = f"{visit.language.say(forms.TITLES[step])}: {common.sentence(visit, one.told)}"
    return Link(text, visit.address(PLANNING, id=trial.code, step=step) + f"#{name}")


def _changed(visit: Visit, draft: Draft) -> list[tuple[str, list[str], list[str]]]:
    """Of each field that differs from what was fixed: what it is called, how it was, how it becomes."""
    if draft.plan is None or draft.before is None:
        return []
    names = changes.differing(draft.before, draft.plan)
    was = {one.name: list(one.lines) for one in saying.rows(visit, draft.before, names)} if names else {}
    now = {one.name: list(one.lines) for one in saying.rows(visit, draft.plan, names)} if names else {}
    return [(visit.language.say(changes.FIELDS[name]), was.get(name, []), now.get(name, [])) for name in names]


async def take(visit: Visit, data: FormData) -> Response:
    """Fixes the plan as the form before showed it."""
    store = visit.site.store
    # What was read in this minute counts too.
    gathered = visit.site.access.flush()
    if gathered is not None:
        await asyncio.wrap_future(gathered)
    draft = await store.read(lambda: _draft(visit))
    filled = (CHANGE if draft.before else FIRST).read(data)
    if draft.plan is not None and draft.plan == draft.before:
        filled.fail("", SAME)
    if draft.wrong or draft.plan is None:
        filled.fail("", _("Mend first what stands above."))
    if not filled.good:
        return await store.read(lambda: _page(visit, draft, filled, 422))
    assert draft.plan is not None
    found = await store.read(partial(_seen, visit, draft.plan))
    await store.write(partial(_fix, visit, draft, found, filled))
    return RedirectResponse(visit.address(common.TRIAL, id=draft.trial.code), 303)


def _fix(visit: Visit, draft: Draft, found: seen.Seen, filled: Filled, uow: UnitOfWork) -> None:
    city, plan = common.city(visit), draft.plan
    if plan is None:
        raise BadRequestData("The plan is not whole.")
    running.register(
        uow, city, draft.trial.code, plan, common.by(visit), why=filled["why"] if draft.before else "",
        seen=msgspec.to_builtins(found),
    )  # fmt: skip
    drafts.drop(uow, draft.trial.code)
