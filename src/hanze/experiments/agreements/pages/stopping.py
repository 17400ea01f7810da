# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which one side stops an agreement: for a while, or for good; and the button by which it goes on."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from hanze.errors import Conflict, ResourceNotFound
from hanze.experiments.agreements import signing
from hanze.experiments.agreements.keeping import Agreement, Side
from hanze.experiments.agreements.pages import shared
from hanze.experiments.agreements.pages.shared import ROLES
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

STOPPERS = tuple(ROLES.values())

ACTS = {
    "suspend": _("Stop it for now. It can go on later as it was signed."),
    "end": _("End it for good. Its keys open nothing any more."),
}


def _form(side: Side, status: str) -> Form:
    """A partner can only end it; what stands still can only be ended."""
    acts = ["suspend", "end"] if side == "city" and status == "signed" else ["end"]
    help = _("Everyone can read it.")
    return Form(
        (
            Field(name="act", label=_("What do you want?"), kind="choice", choices=tuple(Choice(one, ACTS[one]) for one in acts)),
            Field(name="why", label=_("Why?"), kind="area", longest=500, help=help),
        ),
        _("Stop the agreement"),
    )  # fmt: skip


def _meant(visit: Visit) -> tuple[Agreement, Side]:
    """Errors: ResourceNotFound, NoRightToAccess, Conflict where it does not run."""
    one, _waiting = shared.seen(visit)
    if one is None:
        raise ResourceNotFound("There is nothing to stop here.")
    side = shared.acting(visit, one.terms)
    if one.status not in ("signed", "suspended"):
        raise Conflict("This agreement does not run, so it cannot be stopped.")
    return one, side


async def ask(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_page, visit, None))


def _page(visit: Visit, filled: Filled | None) -> Response:
    one, side = _meant(visit)
    form = _form(side, one.status)
    filled = filled or form.empty({"act": form.fields[0].choices[0].value if len(form.fields[0].choices) == 1 else ""})
    status = 200 if filled.good else 422
    return shared.html(visit, "stop", status, filled=filled, one=one, back=shared.address(visit, shared.ONE, one.id))


async def take(visit: Visit, data: FormData) -> Response:
    one, side = await visit.site.store.read(partial(_meant, visit))
    by, zone, role = visit.principal.id, visit.site.zone, ROLES[side]
    if data.get("act") == "resume":
        if side != "city":
            raise Conflict("Only the city lets it go on.")
        await visit.site.store.write(lambda uow: signing.resume(uow, one.id, by, zone))
    else:
        filled = _form(side, one.status).read(data)
        if not filled.good:
            return await visit.site.store.read(partial(_page, visit, filled))
        act = signing.suspend if filled["act"] == "suspend" else signing.end
        await visit.site.store.write(lambda uow: act(uow, one.id, filled["why"], role, by, zone))
    visit.site.access.forget_keys()
    return RedirectResponse(shared.address(visit, shared.ONE, one.id), 303)
