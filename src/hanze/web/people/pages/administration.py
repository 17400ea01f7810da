# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an administrator does for others: sees who has an account, invites, gives roles, opens a door anew."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.errors import AlreadyExists, BadRequestData, ResourceNotFound
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import giving, links, own, people
from hanze.web.people.pages import answers
from hanze.web.people.pages.invited import TAKEN
from hanze.web.people.people import Person
from hanze.web.people.roles import ROLES
from hanze.web.people.tickets import Purpose
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

_ROLES = Field(
    name="roles", label=_("Roles"), kind="options", choices=tuple(Choice(code, role.name) for code, role in ROLES.items()),
    help=_("Somebody may have several. Who gets one that works for the city signs in with two factors from then on."),
)  # fmt: skip

INVITE = Form(
    (Field(name="mail", label=_("Mail address"), kind="mail", longest=200), _ROLES),
    _("Make an invitation"),
)

GIVE = Form((_ROLES,), _("Give these roles"))

ONLY = _("This is the only administrator. Give somebody else that role first.")


async def show(visit: Visit) -> Response:
    found = people.every(visit.site.store.vault(PEOPLE))
    return answers.page(visit, "people", found=found, roles=ROLES)


async def ask(visit: Visit) -> Response:
    return answers.asked(visit, "invite", INVITE.empty())


async def invite(visit: Visit, data: FormData) -> Response:
    filled = INVITE.read(data)
    if not filled.good:
        return answers.asked(visit, "invite", filled)
    mail = filled["mail"]
    try:
        token = await visit.site.store.write(partial(_invite, visit=visit, mail=mail, roles=filled.all("roles")))
    except AlreadyExists:
        return answers.asked(visit, "invite", filled.fail("mail", TAKEN))
    return _link(visit, "invitation", mail, token)


async def person(visit: Visit) -> Response:
    found = _found(visit)
    return _person(visit, found, GIVE.empty({"roles": list(found.roles)}))


async def give(visit: Visit, data: FormData) -> Response:
    """One of the acts of that page."""
    found, by = _found(visit), visit.principal.name
    store, act = visit.site.store, str(data.get("act", ""))
    if act == "link":
        token = await store.write(partial(_let_in, visit=visit, mail=found.mail))
        return _link(visit, "sign-in", found.mail, token)
    if act == "reset":
        await store.write(lambda uow: giving.reset(uow, found.mail, by))
        return answers.go(visit.address("people/person", id=found.id))
    filled = GIVE.empty({"roles": list(found.roles)}) if act == "erase" else GIVE.read(data)
    if not filled.good:
        return _person(visit, found, filled)
    work = partial(_give, person=found, by=by, roles=filled.all("roles"))
    if act == "erase":
        work = partial(own.erase, person=found, by=by, vaults=visit.site.vaults)
    try:
        await store.write(work)
    except BadRequestData:
        return _person(visit, found, filled.fail("", ONLY))
    visit.site.access.forget_keys()
    return answers.go(visit.address("people"))


def _invite(uow: UnitOfWork, visit: Visit, mail: str, roles: list[str]) -> str:
    token = giving.invite(uow, visit.site.chance, mail, roles, visit.principal.name)
    return _posted(uow, visit, "invitation", mail, token)


def _let_in(uow: UnitOfWork, visit: Visit, mail: str) -> str:
    return _posted(uow, visit, "sign-in", mail, giving.link(uow, visit.site.chance, mail, visit.principal.name))


def _posted(uow: UnitOfWork, visit: Visit, purpose: Purpose, mail: str, token: str) -> str:
    """The token, which a mail takes to the person where the site sends any."""
    if visit.site.mails:
        outbox.put(uow, answers.letter(visit, purpose, mail, token))
    return token


def _give(uow: UnitOfWork, person: Person, by: str, roles: list[str]) -> None:
    giving.give(uow, person.mail, roles, by)


def _person(visit: Visit, found: Person, filled: Filled) -> Response:
    return answers.asked(visit, "person", filled, found=found, roles=ROLES)


def _found(visit: Visit) -> Person:
    found = people.find(visit.site.store.vault(PEOPLE), id=visit.asked("id")) if visit.asked("id") else None
    if found is None:
        raise ResourceNotFound("There is no such account.")
    return found


def _link(visit: Visit, purpose: Purpose, mail: str, token: str) -> Response:
    """Sent, or shown once, since only its hash is kept."""
    if visit.site.mails:
        return answers.page(visit, "mailed", mail=mail)
    root = visit.site.address or visit.site.base
    address = links.address(root, visit.language.code, purpose, token)
    return answers.page(visit, "hand-over", mail=mail, address=address, purpose=purpose)
