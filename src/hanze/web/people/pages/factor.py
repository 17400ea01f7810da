# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page between: a code of the telephone, or the way to get such codes."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.web import cookies
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import entering, second, waiting
from hanze.web.people.pages import answers
from hanze.web.people.people import Person
from hanze.web.room import Visit

_CODE = Field(
    name="code", label=_("Code of six digits"), kind="code", autocomplete="one-time-code", longest=12,
    help=_("The app on your telephone shows it, another one every half minute."),
)  # fmt: skip

FORM = Form((_CODE,), _("Go on"))

NEW = Form((Field(name="secret", label="", kind="hidden", longest=32), _CODE), _("Go on"))

WRONG = _("This code is not right, or was used already. Wait for the next one.")


def new(visit: Visit) -> Filled:
    """The form for a new second factor, with a secret of its own."""
    return NEW.empty({"secret": second.made(visit.site.chance)})


def shown(visit: Visit, template: str, person: Person, filled: Filled, status: int | None = None) -> Response:
    """The page with such a form: the secret as a picture, and to be typed."""
    if not second.SECRET.fullmatch(filled["secret"]):
        filled = msgspec.structs.replace(new(visit), wrong=filled.wrong)
    secret = filled["secret"]
    picture = second.picture(secret, visit.site.city, person.mail)
    typed = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return answers.asked(visit, template, filled, status, picture=picture, typed=typed)


async def ask(visit: Visit) -> Response:
    person = _half(visit)
    if person is None:
        return _again(visit)
    if person.has_totp:
        return answers.asked(visit, "code", FORM.empty())
    if not entering.bare(visit.site.store.vault, person):
        return answers.page(visit, "by-passkey")
    return shown(visit, "new-code", person, new(visit))


async def take(visit: Visit, data: FormData) -> Response:
    person = _half(visit)
    if person is None:
        return _again(visit)
    if waited := visit.site.callers.take(visit.client, visit.real):
        return answers.asked(visit, "code", FORM.empty().fail("", waiting.told(waited)), 429)
    return await (_code if person.has_totp else _new)(visit, data, person)


async def _code(visit: Visit, data: FormData, person: Person) -> Response:
    filled = FORM.read(data)
    if not filled.good:
        return answers.asked(visit, "code", filled)
    work = partial(
        entering.by_code, door=answers.door(visit), token=visit.jar.read(cookies.STEP), code=filled["code"],
        now=visit.real,
    )  # fmt: skip
    entered = await visit.site.store.write(work)
    if isinstance(entered, int):
        return answers.asked(visit, "code", filled.fail("", waiting.told(entered)), 429)
    if entered is None:
        return answers.asked(visit, "code", filled.fail("code", WRONG))
    return answers.enter(visit, entered)


async def _new(visit: Visit, data: FormData, person: Person) -> Response:
    filled = NEW.read(data)
    if not second.SECRET.fullmatch(filled["secret"]):
        filled.fail("code", WRONG)
    if not filled.good:
        return shown(visit, "new-code", person, filled)
    work = partial(
        entering.by_new_factor, door=answers.door(visit), token=visit.jar.read(cookies.STEP), secret=filled["secret"],
        code=filled["code"], now=visit.real,
    )  # fmt: skip
    entered = await visit.site.store.write(work)
    if entered is None:
        return shown(visit, "new-code", person, filled.fail("code", WRONG))
    return answers.enter(visit, entered)


def _half(visit: Visit) -> Person | None:
    """Who is half-way in at this browser."""
    return entering.half(visit.site.store.vault, visit.jar.read(cookies.STEP), visit.real)


def _again(visit: Visit) -> Response:
    return answers.go(visit.address("sign-in", next=visit.asked("next")))
