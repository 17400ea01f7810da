# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an invitation: it makes an account, with a password or without."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.errors import AlreadyExists
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Form
from hanze.web.language import mark as _
from hanze.web.people import entering, giving, tickets
from hanze.web.people.entering import Door, Entered
from hanze.web.people.pages import answers
from hanze.web.people.passwords import LONGEST, SHORTEST
from hanze.web.people.roles import ROLES
from hanze.web.people.tickets import Ticket
from hanze.web.people.vaults import TICKETS
from hanze.web.room import Visit


def long_enough(password: str) -> str:
    return "" if len(password) >= SHORTEST else _("This is too short. Use at least 10 characters.")


NAME = Field(
    name="name", label=_("Your name"), autocomplete="name", longest=100,
    help=_("As others may see it, for example on your desk."),
)  # fmt: skip

PASSWORD = Field(
    name="password", label=_("Password"), kind="password", required=False, autocomplete="new-password", longest=LONGEST,
    checks=(long_enough,),
    help=_("At least 10 characters; a short sentence is good. Without one you sign in by a link that the city sends you."),
)  # fmt: skip

FORM = Form((NAME, PASSWORD), _("Make my account"))

TAKEN = _("There is an account for this mail address already. Sign in with it.")


async def ask(visit: Visit) -> Response:
    ticket = _ticket(visit)
    if ticket is None:
        return answers.page(visit, "gone", 410)
    return answers.asked(visit, "invitation", FORM.empty(), ticket=ticket, roles=ROLES)


async def take(visit: Visit, data: FormData) -> Response:
    ticket, filled = _ticket(visit), FORM.read(data)
    if ticket is None:
        return answers.page(visit, "gone", 410)
    if not filled.good:
        return answers.asked(visit, "invitation", filled, ticket=ticket, roles=ROLES)
    hash = await visit.site.passwords.hashed(filled["password"]) if filled["password"] else None
    work = partial(
        _enter, door=answers.door(visit), token=visit.asked("token"), name=filled["name"], language=visit.language.code,
        password=hash,
    )  # fmt: skip
    try:
        entered = await visit.site.store.write(work)
    except AlreadyExists:
        return answers.asked(visit, "invitation", filled.fail("", TAKEN), ticket=ticket, roles=ROLES)
    return answers.page(visit, "gone", 410) if entered is None else answers.enter(visit, entered)


def _enter(uow: UnitOfWork, door: Door, token: str, name: str, language: str, password: str | None) -> Entered | None:
    person = giving.accept(uow, door.chance, token, name=name, language=language, password=password)
    return None if person is None else entering.first(uow, door, person, "link")


def _ticket(visit: Visit) -> Ticket | None:
    return tickets.find(visit.site.store.vault(TICKETS), visit.asked("token"), "invitation", visit.real)
