# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of practice data takes: make them, make a key, revoke one."""

from functools import partial

from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from hanze.errors import BadRequestData, TooManyResults
from hanze.experiments.agreements.pages.keys import FORM, FULL
from hanze.experiments.practice import delivering
from hanze.experiments.practice.granting import Shown
from hanze.experiments.practice.keeping import Practice
from hanze.experiments.practice.pages import showing, subject
from hanze.experiments.practice.pages.subject import Subject
from hanze.store.base import UnitOfWork
from hanze.web.room import Visit


async def take(visit: Visit, data: FormData) -> Response:
    about = await visit.site.store.read(partial(subject.found, visit))
    match data.get("act"):
        case "make":
            return await _make(visit, about)
        case "revoke":
            key = str(data.get("key", ""))
            await visit.site.store.write(lambda uow: delivering.revoke(uow, about.id, key, visit.principal.id))
            visit.site.access.forget_keys()
            return RedirectResponse(subject.address(visit, about), 303)
        case None:
            return await _key(visit, about, data)
    raise BadRequestData("act is not known; use a form of the page.")


async def _make(visit: Visit, about: Subject) -> Response:
    def begin(uow: UnitOfWork) -> tuple[Practice | None, Shown]:
        shown = subject.shown(visit, about, uow)
        return delivering.begin(uow, visit.site.chance, about.id, shown, visit.principal.id), shown

    one, shown = await visit.site.store.write(begin)
    visit.site.access.forget_keys()
    task = None if one is None else BackgroundTask(delivering.run, visit.site, one, shown, visit.asker)
    return RedirectResponse(subject.address(visit, about), 303, background=task)


async def _key(visit: Visit, about: Subject, data: FormData) -> Response:
    """It is shown once, on the page that answers."""
    filled, made, by = FORM.read(data), "", visit.principal.id
    if filled.good:
        try:
            made, _key = await visit.site.store.write(
                lambda uow: delivering.key(uow, visit.site.chance, about.id, filled["name"], by)
            )
            filled = FORM.empty()
            visit.site.access.forget_keys()
        except TooManyResults:
            filled.fail("", FULL)
    return await visit.site.store.read(partial(showing.page, visit, filled, made))
