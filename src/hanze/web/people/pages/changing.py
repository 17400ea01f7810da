# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes of the own account: name and language, password, second factor, and its end."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.errors import BadRequestData
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Form
from hanze.web.language import mark as _
from hanze.web.people import own, people, second
from hanze.web.people.pages import account, answers, factor
from hanze.web.people.pages.invited import NAME, long_enough
from hanze.web.people.passwords import LONGEST
from hanze.web.people.vaults import SESSIONS
from hanze.web.room import Visit

NAMES = Form((NAME,), _("Keep this"))

PASSWORD = Form(
    (
        Field(
            name="password", label=_("New password"), kind="password", autocomplete="new-password", longest=LONGEST,
            checks=(long_enough,), help=_("At least 10 characters; a short sentence is good."),
        ),
    ),
    _("Keep this password"),
)  # fmt: skip

ERASE = Form(
    (Field(name="sure", label=_("Yes, erase my account. I know that this cannot be undone."), kind="tick"),),
    _("Erase my account"),
)

ONLY = _("You are the only administrator. Give somebody else that role first.")
MUST = _("Who works for the city signs in with two factors. You can take another telephone, but not go without.")


async def name(visit: Visit) -> Response:
    person, _ = account.signed_in(visit)
    return answers.asked(visit, "name", NAMES.empty({"name": person.name}))


async def take_name(visit: Visit, data: FormData) -> Response:
    """The language of the page is that in which the city writes from now on."""
    filled = NAMES.read(data)
    if not filled.good:
        return answers.asked(visit, "name", filled)
    return await _changed(visit, "changed name", name=filled["name"], language=visit.language.code)


async def password(visit: Visit) -> Response:
    return answers.asked(visit, "password", PASSWORD.empty(), person=visit.person)


async def take_password(visit: Visit, data: FormData) -> Response:
    if data.get("remove"):
        return await _changed(visit, "took password away", password=None)
    filled = PASSWORD.read(data)
    if not filled.good:
        return answers.asked(visit, "password", filled, person=visit.person)
    hash = await visit.site.passwords.hashed(filled["password"])
    return await _changed(visit, "changed password", password=hash)


async def second_factor(visit: Visit) -> Response:
    person, _ = account.signed_in(visit)
    return factor.shown(visit, "second", person, factor.new(visit))


async def take_second(visit: Visit, data: FormData) -> Response:
    person, _ = account.signed_in(visit)
    if data.get("remove"):
        if person.staff:
            return factor.shown(visit, "second", person, factor.new(visit).fail("", MUST))
        return await _changed(visit, "took second factor away", totp=None, totp_step=None)
    filled = factor.NEW.read(data)
    step = second.step(filled["secret"], filled["code"], visit.real) if _usable(filled["secret"]) else None
    if not filled.good or step is None:
        return factor.shown(visit, "second", person, filled if filled.wrong else filled.fail("code", factor.WRONG))
    return await _changed(visit, "changed second factor", totp=filled["secret"], totp_step=step)


async def erase(visit: Visit) -> Response:
    return answers.asked(visit, "erase", ERASE.empty())


async def take_erase(visit: Visit, data: FormData) -> Response:
    person, _ = account.signed_in(visit)
    filled = ERASE.read(data)
    if not filled.good:
        return answers.asked(visit, "erase", filled)
    try:
        await visit.site.store.write(lambda uow: own.erase(uow, person, person.principal.name, visit.site.vaults))
    except BadRequestData:
        return answers.asked(visit, "erase", filled.fail("", ONLY))
    visit.site.access.forget_keys()
    return account.out(visit)


def _usable(secret: str) -> bool:
    return second.SECRET.fullmatch(secret) is not None


async def _changed(visit: Visit, act: str, **values: Any) -> Response:
    """Back to the account after one change of it."""
    await visit.site.store.write(partial(_change, visit=visit, act=act, values=values))
    return answers.go(visit.address("account"))


def _change(uow: UnitOfWork, visit: Visit, act: str, values: dict[str, Any]) -> None:
    """Who changes how to come in ends all other sessions: one of them may be why."""
    person, session = account.signed_in(visit)
    people.change(uow, person.id, person.principal.name, act, **values)
    if not values.keys().isdisjoint(("password", "totp")):
        uow.vault(SESSIONS).delete({"person": person.id, "hash": ("!=", session.hash)})
