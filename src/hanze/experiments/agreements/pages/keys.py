# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which a partner makes keys of an agreement, sees each once, and revokes them; the city can revoke them too."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from hanze.access import keys as every
from hanze.errors import Conflict, TooManyResults
from hanze.experiments.agreements import signing
from hanze.experiments.agreements.keeping import Agreement, Side
from hanze.experiments.agreements.pages import shared
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

HOLDERS = tuple(shared.ROLES.values())

FULL = _("There are 10 keys already. Revoke one first.")

FORM = Form(
    (
        Field(
            name="name", label=_("What is the key for?"), longest=60,
            help=_("Such as the name of the program that uses it. It stands in the access log."),
        ),
    ),
    _("Make a key"),
)  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    id: str
    name: str
    made: str


def _meant(visit: Visit) -> tuple[Agreement, Side]:
    """Errors: ResourceNotFound, NoRightToAccess, Conflict where it does not hold."""
    one, _waiting = shared.seen(visit)
    if one is None or one.status != "signed":
        raise Conflict("Keys are made once both sides have signed, and as long as the agreement is not stopped.")
    return one, shared.acting(visit, one.terms)


async def ask(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_page, visit, FORM.empty()))


def _page(visit: Visit, filled: Filled, made: str = "") -> Response:
    one, side = _meant(visit)
    lines = [
        Line(key.id, key.name, visit.language.when(key.created, visit.now, visit.site.zone))
        for key in every.listed(visit.site.store)
        if key.agreement == one.id and key.revoked is None
    ]
    return shared.html(
        visit, "keys", 200 if filled.good else 422, filled=filled, one=one, lines=lines, made=made, makes=side == "partner",
        back=shared.address(visit, shared.ONE, one.id),
    )  # fmt: skip


async def take(visit: Visit, data: FormData) -> Response:
    one, side = await visit.site.store.read(partial(_meant, visit))
    by = visit.principal.id
    if data.get("act") == "revoke":
        key = str(data.get("key", ""))
        await visit.site.store.write(lambda uow: signing.revoke(uow, one.id, key, by))
        visit.site.access.forget_keys()
        return RedirectResponse(shared.address(visit, shared.KEYS, one.id), 303)
    if side != "partner":
        raise Conflict("Keys are made by the partner, who alone gets to see them.")
    filled, made = FORM.read(data), ""
    if filled.good:
        try:
            made, _key = await visit.site.store.write(
                lambda uow: signing.key(uow, visit.site.chance, one.id, filled["name"], by)
            )
            filled = FORM.empty()
            visit.site.access.forget_keys()
        except TooManyResults:
            filled.fail("", FULL)
    return await visit.site.store.read(partial(_page, visit, filled, made))
