# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page to sign in, by password or by a link that works once."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import entering, people, tickets, waiting
from hanze.web.people.pages import answers, by_passkey
from hanze.web.people.passwords import LONGEST
from hanze.web.people.vaults import PEOPLE, TICKETS
from hanze.web.room import Visit

_MAIL = Field(name="mail", label=_("Mail address"), kind="mail", autocomplete="username", longest=200)

FORM = Form(
    (
        _MAIL,
        Field(name="password", label=_("Password"), kind="password", autocomplete="current-password", longest=LONGEST),
    ),
    _("Sign in"),
)

WITH_LINK = Form(
    (
        _MAIL,
        Field(
            name="password", label=_("Password"), kind="password", required=False, autocomplete="current-password",
            longest=LONGEST, help=_("Leave this empty, and we send you a link that works once."),
        ),
    ),
    _("Sign in"),
)  # fmt: skip
"""Where the site can send mail."""

WRONG = _("The mail address or the password is not right.")
"""Also where there is no such account: who asks learns nothing of who has one."""

GONE = 410


async def ask(visit: Visit) -> Response:
    known = {} if visit.person is None else {"mail": visit.person.mail}
    return _asked(visit, _form(visit).empty(known))


async def take(visit: Visit, data: FormData) -> Response:
    if data.get(by_passkey.FIELD):
        return await _by_passkey(visit, data)
    filled = _form(visit).read(data)
    if not filled.good:
        return _asked(visit, filled)
    if waited := visit.site.callers.take(visit.client, visit.real):
        return _asked(visit, filled.fail("", waiting.told(waited)), 429)
    return await (_by_password if filled["password"] else _send)(visit, filled)


def _asked(visit: Visit, filled: Filled, status: int | None = None) -> Response:
    """The page with all ways in."""
    return answers.asked(visit, "sign-in", filled, status, passkey=by_passkey.asked(visit))


def _form(visit: Visit) -> Form:
    return WITH_LINK if visit.site.mails else FORM


async def _by_passkey(visit: Visit, data: FormData) -> Response:
    entered = await by_passkey.enter(visit, data)
    if isinstance(entered, by_passkey.Refused):
        return _asked(visit, _form(visit).empty().fail("", entered.told), entered.status)
    return answers.enter(visit, entered)


async def _send(visit: Visit, filled: Filled) -> Response:
    """A link by mail, where there is such an account; the page says the same where there is none."""
    await visit.site.store.write(partial(_put, visit=visit, mail=filled["mail"]))
    return answers.page(visit, "sent", mail=filled["mail"])


def _put(uow: UnitOfWork, visit: Visit, mail: str) -> None:
    """Who has got many links gets no more for a while; those before still work."""
    waits, person = waiting.take(uow, "link", mail), people.find(uow.vault(PEOPLE), mail=mail)
    if person is not None and not waits:
        token = tickets.make(uow, visit.site.chance, "sign-in", person.mail, by=person.principal.name)
        outbox.put(uow, answers.letter(visit, "sign-in", person.mail, token))


async def _by_password(visit: Visit, filled: Filled) -> Response:
    mail, store = filled["mail"], visit.site.store
    if waited := await store.write(lambda uow: waiting.take(uow, "password", mail)):
        return _asked(visit, filled.fail("", waiting.told(waited)), 429)
    person = people.find(store.vault(PEOPLE), mail=mail)
    hash = entering.password(store.vault(PEOPLE), person)
    passwords = visit.site.passwords
    right = await passwords.matches(hash, filled["password"])
    if person is None or hash is None or not right:
        return _asked(visit, filled.fail("", WRONG))
    renewed = await passwords.hashed(filled["password"]) if passwords.stale(hash) else None
    door = answers.door(visit)
    entered = await store.write(lambda uow: entering.by_password(uow, door, person, hash, renewed))
    return _asked(visit, filled.fail("", WRONG)) if entered is None else answers.enter(visit, entered)


async def link(visit: Visit) -> Response:
    """Asks before it uses the link up: programs that look through mail open links too."""
    ticket = tickets.find(visit.site.store.vault(TICKETS), visit.asked("token"), "sign-in", visit.real)
    return answers.page(visit, "gone", GONE) if ticket is None else answers.page(visit, "link", mail=ticket.mail)


async def follow(visit: Visit, data: FormData) -> Response:
    work = partial(entering.by_link, door=answers.door(visit), token=visit.asked("token"))
    entered = await visit.site.store.write(work)
    return answers.page(visit, "gone", GONE) if entered is None else answers.enter(visit, entered)
