# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which one side reads the whole agreement and signs it."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from hanze.errors import Conflict
from hanze.experiments.agreements import letters, signing
from hanze.experiments.agreements.keeping import Proposal, Side
from hanze.experiments.agreements.pages import shared
from hanze.experiments.agreements.pages.shared import ROLES
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

SIGNERS = tuple(ROLES.values())

CHANGED = _("The terms were changed since you opened this page. Read them again, and sign then.")

FORM = Form(
    (
        Field(name="agree", label=_("I have read all of this and agree to it for my side."), kind="tick"),
        Field(name="hash", label="", kind="hidden", longest=64),
    ),
    _("Sign"),
)


def _waiting(visit: Visit) -> tuple[Proposal, Side]:
    """What is to be signed, and for which side. Errors: Conflict where nothing is, NoRightToAccess."""
    _one, waiting = shared.seen(visit)
    if waiting is None or not waiting.offered:
        raise Conflict("There is nothing to sign here now.")
    side = shared.acting(visit, waiting.terms)
    if side in waiting.signatures:
        raise Conflict("Your side has signed this already.")
    return waiting, side


async def ask(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_page, visit, None))


def _page(visit: Visit, filled: Filled | None) -> Response:
    waiting, side = _waiting(visit)
    # What is signed is what stands on this page, not what stood on the one before.
    told = {} if filled is None else filled.wrong
    shown = FORM.empty({"hash": waiting.hash})
    shown.wrong = told
    name = waiting.terms.city if side == "city" else waiting.terms.partner_name
    parts = shared.parts(visit, waiting.terms)
    back = shared.address(visit, shared.ONE, waiting.id)
    return shared.html(
        visit, "sign", 422 if told else 200, filled=shown, terms=waiting.terms, parts=parts, name=name, back=back, hash=waiting.hash
    )  # fmt: skip


async def take(visit: Visit, data: FormData) -> Response:
    filled = FORM.read(data)
    waiting, side = await visit.site.store.read(partial(_waiting, visit))
    if filled.good:
        try:
            await visit.site.store.write(partial(_sign, visit, waiting, side, filled["hash"]))
            visit.site.access.forget_keys()
            return RedirectResponse(shared.address(visit, shared.ONE, waiting.id), 303)
        except Conflict:
            filled.fail("", CHANGED)
    return await visit.site.store.read(partial(_page, visit, filled))


def _sign(visit: Visit, waiting: Proposal, side: Side, hash: str, uow: UnitOfWork) -> None:
    """Both sides are told by mail where it holds with that. Errors: as of signing.sign."""
    held = signing.sign(uow, waiting.id, side, ROLES[side], hash, visit.principal.id, visit.site.zone)
    if held is not None:
        letters.signed(visit.site, uow, held.code, held.terms)
