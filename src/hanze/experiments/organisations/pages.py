# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a partner registers an organisation, changes what is known of it, invites colleagues, and joins."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.errors import AlreadyExists, ResourceNotFound
from hanze.experiments.challenges.eligibility import KIND, PLACE, SIZE
from hanze.experiments.organisations import keeping, letters
from hanze.experiments.organisations.keeping import KINDS, LOCALITIES, SIZES, Organisation
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.entrance import onward
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.people.people import Person
from hanze.web.room import Page, Visit

PATH, CHANGE, INVITE, JOIN = "organisation", "organisation/change", "organisation/invite", "organisation/join"

PARTNERS = ("partner",)

TAKEN = _("There is an organisation of this name already. Ask a colleague there to invite you, or give another name.")
GONE = _("This invitation works no more. Ask for a new one.")
HELD = _("You speak for an organisation already. Leave that one first.")

FORM = Form(
    (
        Field(name="name", label=_("Name of the organisation"), longest=100, autocomplete="organization"),
        Field(name="kind", label=_("What is it?"), kind="choice", choices=tuple(Choice(one, KIND[one]) for one in KINDS)),
        Field(
            name="size", label=_("How many people work there?"), kind="choice",
            choices=tuple(Choice(one, SIZE[one]) for one in SIZES),
        ),
        Field(
            name="locality", label=_("Where is its seat?"), kind="choice",
            choices=tuple(Choice(one, PLACE[one]) for one in LOCALITIES),
        ),
        Field(name="newcomer", label=_("It never worked for this city before"), kind="tick", required=False),
        Field(
            name="contact", label=_("Mail address of the organisation"), kind="mail", longest=200, autocomplete="email",
            help=_("The city writes to it. It is not public."),
        ),
    ),
    _("Save"),
)  # fmt: skip

INVITATION = Form(
    (
        Field(
            name="mail", label=_("Mail address of your colleague"), kind="mail", longest=200,
            help=_("Your colleague needs an account of this site with the role of partner."),
        ),
    ),
    _("Invite"),
)  # fmt: skip


def _person(visit: Visit) -> Person:
    assert visit.person is not None
    return visit.person


def _own(visit: Visit) -> Organisation:
    """Errors: ResourceNotFound for who speaks for none."""
    found = keeping.of(visit.site.store, _person(visit).id)
    if found is None:
        raise ResourceNotFound("You speak for no organisation yet; register it first.")
    return found


def _html(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(visit.html(f"experiments/organisations/{template}.html", **values), status)


async def show(visit: Visit) -> Response:
    """What is known of it, or the form by which it is registered."""
    return await visit.site.store.read(partial(_shown, visit, FORM.empty({"contact": _person(visit).mail})))


def _shown(visit: Visit, filled: Filled) -> Response:
    found = keeping.of(visit.site.store, _person(visit).id)
    if found is None:
        return _html(visit, "register", 200 if filled.good else 422, filled=filled)
    members = keeping.members(visit.site.store, found.id)
    kind, size, place = KIND[found.kind], SIZE[found.size], PLACE[found.locality]
    return _html(visit, "one", found=found, members=members, kind=kind, size=size, place=place)


async def take(visit: Visit, data: FormData) -> Response:
    """Registers it, or leaves it."""
    person = _person(visit)
    if data.get("act") == "leave":
        await visit.site.store.write(lambda uow: keeping.leave(uow, person.id, visit.principal.id))
        return RedirectResponse(visit.address(PATH), 303)
    filled = FORM.read(data)
    if filled.good:
        made = _organisation(filled, tokens.made(visit.site.chance)[:16])
        try:
            await visit.site.store.write(partial(_register, made=made, person=person, by=visit.principal.id))
            return RedirectResponse(onward(visit, PATH), 303)
        except AlreadyExists:
            taken = keeping.named(visit.site.store, made.name) is not None
            filled.fail("name" if taken else "", TAKEN if taken else HELD)
    return await visit.site.store.read(partial(_shown, visit, filled))


def _organisation(filled: Filled, id: str) -> Organisation:
    kind = next(one for one in KINDS if one == filled["kind"])
    size = next(one for one in SIZES if one == filled["size"])
    locality = next(one for one in LOCALITIES if one == filled["locality"])
    return Organisation(id, filled["name"], kind, size, locality, bool(filled["newcomer"]), filled["contact"])


def _register(uow: UnitOfWork, made: Organisation, person: Person, by: str) -> None:
    keeping.save(uow, made, by)
    keeping.join(uow, made.id, person.id, by)


async def change(visit: Visit) -> Response:
    found = _own(visit)
    known = {name: getattr(found, name) for name in ("name", "kind", "size", "locality", "contact")}
    return _html(visit, "change", filled=FORM.empty({**known, "newcomer": "yes" if found.newcomer else ""}))


async def take_change(visit: Visit, data: FormData) -> Response:
    found, filled = _own(visit), FORM.read(data)
    if filled.good:
        made = _organisation(filled, found.id)
        try:
            await visit.site.store.write(lambda uow: keeping.save(uow, made, visit.principal.id))
            return RedirectResponse(visit.address(PATH), 303)
        except AlreadyExists:
            filled.fail("name", TAKEN)
    return _html(visit, "change", 422, filled=filled)


async def invite(visit: Visit) -> Response:
    return _html(visit, "invite", found=_own(visit), filled=INVITATION.empty())


async def take_invite(visit: Visit, data: FormData) -> Response:
    """The link is mailed, or shown once where the site sends no mail."""
    found, filled = _own(visit), INVITATION.read(data)
    if not filled.good:
        return _html(visit, "invite", 422, found=found, filled=filled)
    mail = filled["mail"]
    token = await visit.site.store.write(partial(_invite, visit=visit, found=found, mail=mail))
    address = "" if visit.site.mails else _link(visit, token)
    return _html(visit, "invited", found=found, mail=mail, address=address)


def _invite(uow: UnitOfWork, visit: Visit, found: Organisation, mail: str) -> str:
    token = keeping.invite(uow, visit.site.chance, found.id, visit.principal.id)
    if visit.site.mails:
        outbox.put(uow, letters.invitation(visit.language, visit.site.city, found.name, mail, _link(visit, token)))
    return token


def _link(visit: Visit, token: str) -> str:
    root = visit.site.address or visit.site.base
    return f"{root}/{visit.language.code}/{JOIN}?token={token}"


async def join(visit: Visit) -> Response:
    found = keeping.invited(visit.site.store, visit.asked("token"), visit.real)
    return _html(visit, "join", 200 if found else 410, found=found, told="" if found else GONE)


async def take_join(visit: Visit, data: FormData) -> Response:
    token, person = visit.asked("token"), _person(visit)
    try:
        await visit.site.store.write(lambda uow: keeping.accept(uow, token, person.id, visit.principal.id))
    except ResourceNotFound:
        return _html(visit, "join", 410, found=None, told=GONE)
    except AlreadyExists:
        return _html(visit, "join", 409, found=None, told=HELD)
    return RedirectResponse(visit.address(PATH), 303)


PAGES = (
    Page(PATH, show, post=take, roles=PARTNERS),
    Page(CHANGE, change, post=take_change, roles=PARTNERS),
    Page(INVITE, invite, post=take_invite, roles=PARTNERS),
    Page(JOIN, join, post=take_join, roles=PARTNERS),
)
