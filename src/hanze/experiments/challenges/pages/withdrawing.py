# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the city withdraws a challenge, with the reason; who applied is told."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.experiments.challenges import deciding, keeping, letters, phases
from hanze.experiments.challenges.pages import shared
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

PATH = "challenge/withdraw"

FORM = Form(
    (
        Field(
            name="why", label=_("Why does the city withdraw it?"), kind="area", longest=1000,
            help=_("It stands on the page, and goes by mail to who applied. Their applications are not opened."),
        ),
    ),
    _("Withdraw this challenge"),
)  # fmt: skip


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, FORM.empty()))


def _page(visit: Visit, filled: Filled) -> Response:
    one = shared.found(visit)
    phases.demand("withdraw", one.phase(shared.today(visit)))
    values = {
        "one": one,
        "filled": filled,
        "title": _("Withdraw a challenge"),
        "action": visit.address(PATH, id=one.code),
    }
    return HTMLResponse(visit.html("experiments/challenges/form.html", **values), 200 if filled.good else 422)


async def take(visit: Visit, data: FormData) -> Response:
    """Errors: ResourceNotFound; Conflict where it was decided already."""
    filled = FORM.read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    await visit.site.store.write(partial(_withdraw, visit, filled["why"]))
    return RedirectResponse(visit.address("challenge", id=visit.asked("id")), 303)


def _withdraw(visit: Visit, why: str, uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    for row in deciding.withdraw(uow, one, shared.today(visit), why, shared.role(visit), visit.principal.name):
        to = people.find(uow.vault(PEOPLE), id=row.person)
        if to is not None:
            shared.post(visit, uow, letters.withdrawn(visit.site, languages()[row.language], to.mail, one, why))
