# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How somebody from outside gets an account to apply with: by a link to the own mail address, as a partner, who may see no more."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.experiments.challenges.pages import shared
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Form
from hanze.web.language import mark as _
from hanze.web.people import giving, people, waiting
from hanze.web.people.pages import answers
from hanze.web.people.tickets import Purpose
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit

FORM = Form(
    (
        Field(
            name="mail", label=_("Mail address"), kind="mail", autocomplete="email", longest=200,
            help=_("We send a link to it. With that you make an account, or sign in where you have one."),
        ),
    ),
    _("Send me a link"),
)  # fmt: skip

ROLE = "partner"


async def take(visit: Visit, data: FormData) -> Response:
    """Says the same whether the address has an account or not. Errors: ResourceNotFound where the site sends no mail."""
    if not visit.site.mails:
        raise ResourceNotFound("This site sends no mail; ask the city for an invitation.")
    one = await visit.site.store.read(partial(shared.found, visit))
    filled = FORM.read(data)
    if filled.good and (waited := visit.site.callers.take(visit.client, visit.real)):
        filled.fail("", waiting.told(waited))
    if filled.good:
        await visit.site.store.write(partial(_send, visit, filled["mail"]))
    values = {"one": one, "filled": filled, "mail": filled["mail"] if filled.good else "", "action": ""}
    return HTMLResponse(visit.html("experiments/challenges/account.html", **values), 200 if filled.good else 422)


def _send(visit: Visit, mail: str, uow: UnitOfWork) -> None:
    if waiting.take(uow, "link", mail):
        return
    purpose: Purpose = "invitation" if people.find(uow.vault(PEOPLE), mail=mail) is None else "sign-in"
    chance, by = visit.site.chance, "anyone"
    token = (
        giving.invite(uow, chance, mail, [ROLE], by) if purpose == "invitation" else giving.link(uow, chance, mail, by)
    )
    shared.post(visit, uow, answers.letter(visit, purpose, mail, token))
