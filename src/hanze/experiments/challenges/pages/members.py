# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the innovation officer invites the jury of a call."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.challenges import jurors, keeping, letters, phases
from hanze.experiments.challenges.pages import shared
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.people import giving, links, people
from hanze.web.people.pages import answers
from hanze.web.people.people import Person
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

PATH = "jury/members"

ROLE = "juror"

FORM = Form(
    (
        Field(
            name="mail", label=_("Mail address"), kind="mail", longest=200,
            help=_("Who has no account gets an invitation; invite them here once more when they have made one."),
        ),
    ),
    _("Invite for the jury"),
)  # fmt: skip

ALREADY = _("This person sits in the jury already.")


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, FORM.empty()))


def _page(visit: Visit, filled: Filled, status: int = 0) -> Response:
    one = shared.found(visit)
    vault = visit.site.store.vault(PEOPLE)
    seated = [(people.find(vault, id=each.person), each) for each in jurors.of(visit.site.store, one.code)]
    values: dict[str, Any] = {
        "one": one, "filled": filled, "action": visit.address(PATH, id=one.code), "invited": visit.asked("invited"),
        "members": [(person.name, each) for person, each in seated if person is not None], "when": shared.when(visit, one),
        "final": one.phase(shared.today(visit)) in phases.FINAL,
    }  # fmt: skip
    return HTMLResponse(
        visit.html("experiments/challenges/members.html", **values), status or (200 if filled.good else 422)
    )


async def take(visit: Visit, data: FormData) -> Response:
    """Seats somebody, or takes somebody out who did not judge yet. Errors: ResourceNotFound, Conflict."""
    store, code = visit.site.store, visit.asked("id")
    if "out" in data:
        await store.write(partial(_unseat, visit, str(data["out"])))
        return RedirectResponse(visit.address(PATH, id=code), 303)
    filled = FORM.read(data)
    if not filled.good:
        return await store.read(lambda: _page(visit, filled))
    try:
        link = await store.write(partial(_seat, visit, filled["mail"]))
    except Conflict as error:
        told = error.detail
        return await store.read(lambda: _page(visit, filled.fail("mail", told), 409))
    if link and not visit.site.mails:
        return answers.page(visit, "hand-over", mail=filled["mail"], address=link, purpose="invitation")
    return RedirectResponse(visit.address(PATH, id=code, invited="new" if link else "seated"), 303)


def _seat(visit: Visit, mail: str, uow: UnitOfWork) -> str:
    """Empty where the person is seated; else the address of an invitation to make an account first."""
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    found, by = people.find(uow.vault(PEOPLE), mail=mail), visit.principal.name
    if found is None:
        token = giving.invite(uow, visit.site.chance, mail, [ROLE], by)
        shared.post(visit, uow, answers.letter(visit, "invitation", mail, token))
        return links.address(visit.site.address or visit.site.base, visit.language.code, "invitation", token)
    if not jurors.seat(uow, one, shared.today(visit), found.id, by):
        raise Conflict(ALREADY)
    _give(uow, found, by)
    shared.post(visit, uow, letters.seat(visit.site, languages()[found.language], found.mail, one))
    return ""


def _give(uow: UnitOfWork, person: Person, by: str) -> None:
    """The role opens nothing by itself; with it the pages of juries stand on the person's desk."""
    if ROLE not in person.roles:
        giving.give(uow, person.mail, [*person.roles, ROLE], by)


def _unseat(visit: Visit, id: str, uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    jurors.unseat(uow, one, shared.today(visit), id, visit.principal.name)
