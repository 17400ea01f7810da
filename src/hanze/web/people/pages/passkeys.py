# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The passkeys of a person: seen, added, named anew, removed."""

import asyncio
from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.errors import AlreadyExists, BadRequestData, ResourceNotFound
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import agents
from hanze.web.people.pages import account, answers, by_passkey
from hanze.web.people.passkeys import asking, checking, kept, party
from hanze.web.people.passkeys.checking import Made
from hanze.web.people.passkeys.kept import Passkey
from hanze.web.people.vaults import PASSKEYS
from hanze.web.room import Visit

_NAME = Field(
    name="name", label=_("Name of the passkey"), longest=60,
    help=_("So that you know it again: the device, or where it lies."),
)  # fmt: skip

ADD = Form(
    (Field(name=by_passkey.FIELD, label="", kind="hidden", required=False, longest=checking.LONGEST), _NAME),
    _("Add a passkey"),
)

RENAME = Form((_NAME,), _("Keep this name"))

KNOWN = _("This passkey is there already.")
FAILED = _("Your device did not show that it is you. Try again.")
MANY = _("You have 20 passkeys already. Remove one first.")
ONLY = _(
    "This is your only way to sign in, so it stays. Set up the code of your telephone first, or add another passkey."
)


async def show(visit: Visit) -> Response:
    return _shown(visit, ADD.empty({"name": _device(visit)}))


async def take(visit: Visit, data: FormData) -> Response:
    """A device made a passkey."""
    person, _session = account.signed_in(visit)
    filled = ADD.read(data)
    if not filled.good:
        return _shown(visit, filled)
    made = await _made(visit, data)
    if isinstance(made, str):
        return _shown(visit, filled.fail("", made))
    work = partial(kept.add, person=person, name=filled["name"], id=made.id, key=made.key, count=made.count)
    try:
        await visit.site.store.write(work)
    except AlreadyExists:
        return _shown(visit, filled.fail("", KNOWN))
    except BadRequestData:
        return _shown(visit, filled.fail("", MANY))
    return answers.go(visit.address("account/passkeys"))


async def one(visit: Visit) -> Response:
    found = _found(visit)
    return answers.asked(visit, "passkey", RENAME.empty({"name": found.name}), found=found)


async def change(visit: Visit, data: FormData) -> Response:
    """One of the acts of that page."""
    found, store, (person, session) = _found(visit), visit.site.store, account.signed_in(visit)
    if data.get("remove"):
        filled = RENAME.empty({"name": found.name})
        try:
            await store.write(partial(kept.remove, person=person, passkey=found, session=session.hash))
        except BadRequestData:
            return answers.asked(visit, "passkey", filled.fail("", ONLY), found=found)
        return answers.go(visit.address("account/passkeys"))
    filled = RENAME.read(data)
    if not filled.good:
        return answers.asked(visit, "passkey", filled, found=found)
    await store.write(lambda uow: kept.rename(uow, found, filled["name"]))
    return answers.go(visit.address("account/passkeys"))


async def _made(visit: Visit, data: FormData) -> Made | str:
    """What the device made, or what is wrong, an English sentence of the catalogues."""
    signed = by_passkey.came(visit, data, "add")
    if signed is None:
        return by_passkey.LATE
    made = await asyncio.to_thread(checking.made, *signed)
    if made is None or not visit.site.challenges.use(signed[0].challenge, visit.real):
        return FAILED
    return made


def _shown(visit: Visit, filled: Filled) -> Response:
    person, _session = account.signed_in(visit)
    found = kept.of(visit.site.store.vault(PASSKEYS), person.id)
    here = party.of(visit.site.address)
    asked = None
    if here is not None:
        options = asking.to_make(here, visit.site.city, person, found, by_passkey.challenge(visit, "add"))
        asked = by_passkey.Asked(options, here.origin)
    return answers.asked(visit, "passkeys", filled, found=found, asked=asked)


def _device(visit: Visit) -> str:
    """What the browser is called, for a name to begin with."""
    program, system = agents.told(visit.agent)
    if not (program and system):
        return program or system
    return visit.language.say("%(program)s on %(system)s") % {"program": program, "system": system}


def _found(visit: Visit) -> Passkey:
    person, _session = account.signed_in(visit)
    found = kept.one(visit.site.store.vault(PASSKEYS), person.id, visit.asked("number"))
    if found is None:
        raise ResourceNotFound("There is no such passkey.")
    return found
