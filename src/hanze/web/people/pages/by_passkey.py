# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in by a passkey: what the page asks of the device, and what comes back in the hidden field of its form."""

import asyncio
from functools import partial

import msgspec
from starlette.datastructures import FormData

from hanze.web.language import mark as _
from hanze.web.people import entering, people, waiting
from hanze.web.people.entering import Entered
from hanze.web.people.pages import answers
from hanze.web.people.passkeys import asking, checking, kept, party
from hanze.web.people.passkeys.challenges import Act
from hanze.web.people.passkeys.checking import Came
from hanze.web.people.passkeys.kept import Passkey
from hanze.web.people.passkeys.party import Party
from hanze.web.people.vaults import PASSKEYS, PEOPLE
from hanze.web.room import Visit

FIELD = "passkey"

LATE = _("This took too long, or was done already. Try again.")
UNKNOWN = _("This passkey does not open an account here. Was it removed? Sign in another way.")
WRONG = _("Your device did not show that it is you. Try again, or sign in another way.")


class Refused(msgspec.Struct, frozen=True):
    """`told`: an English sentence of the catalogues. `status`: of HTTP."""

    told: str
    status: int = 422


class Asked(msgspec.Struct, frozen=True):
    """`options`: what the device is asked, JSON; `origin`: where the page must be for it."""

    options: str
    origin: str


def asked(visit: Visit) -> Asked | None:
    """None where the site has no address with which passkeys work."""
    here = party.of(visit.site.address)
    return None if here is None else Asked(asking.to_sign(here, challenge(visit, "sign-in")), here.origin)


def challenge(visit: Visit, act: Act) -> bytes:
    return visit.site.challenges.make(act, visit.key.held, visit.real)


def came(visit: Visit, data: FormData, act: Act) -> tuple[Came, Party] | None:
    """What a device signed for this browser, with whom it must have signed for; None where the challenge counts no more."""
    found, here = checking.read(str(data.get(FIELD, ""))[: checking.LONGEST]), party.of(visit.site.address)
    if found is None or here is None:
        return None
    good = visit.site.challenges.good(found.challenge, act, visit.key.key, visit.real)
    return (found, here) if good else None


async def enter(visit: Visit, data: FormData) -> Entered | Refused:
    store = visit.site.store
    if waited := visit.site.callers.take(visit.client, visit.real):
        return Refused(waiting.told(waited), 429)
    signed = came(visit, data, "sign-in")
    if signed is None:
        return Refused(LATE)
    passkey = kept.known(store.vault(PASSKEYS), signed[0].id)
    person = None if passkey is None else people.find(store.vault(PEOPLE), id=passkey.person)
    if passkey is None or person is None:
        return Refused(UNKNOWN)
    if waited := await store.write(lambda uow: waiting.take(uow, "passkey", person.mail)):
        return Refused(waiting.told(waited), 429)
    return await _checked(visit, *signed, passkey) or Refused(WRONG)


async def _checked(visit: Visit, signed: Came, here: Party, passkey: Passkey) -> Entered | None:
    """The device says whose passkey it is, and signed with it."""
    told = await asyncio.to_thread(checking.counted, signed, here, passkey.key)
    if told is None or signed.person != passkey.person:
        return None
    if not visit.site.challenges.use(signed.challenge, visit.real):
        return None
    work = partial(entering.by_passkey, door=answers.door(visit), passkey=passkey, told=told)
    return await visit.site.store.write(work)
