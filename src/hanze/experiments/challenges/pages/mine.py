# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The applications of the visitor's organisation: what is being written, what was sent, and what became of it."""

from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.experiments.challenges import keeping, submissions
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.submissions import Submission
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "call/mine"


class Row(msgspec.Struct, frozen=True):
    """`state` is said; `why`: the reason that came with the decision; `address`: where it is read and changed."""

    name: str
    challenge: str
    address: str
    state: str
    when: str
    why: str
    can_take_back: bool
    code: str


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def _page(visit: Visit) -> str:
    organisation = shared.organisation(visit)
    found = [] if organisation is None else submissions.of_organisation(visit.site.store, organisation.id)
    values: dict[str, Any] = {"organisation": organisation, "rows": [row for one in found if (row := _row(visit, one))]}
    return visit.html("experiments/challenges/mine.html", **values)


def _row(visit: Visit, one: Submission) -> Row | None:
    try:
        call = keeping.find(visit.site.store, shared.city(visit), one.challenge, visit.scope)
    except ResourceNotFound:
        return None
    say, now = visit.language.say, call.phase(shared.today(visit))
    state = {"chosen": _("chosen"), "not chosen": _("not chosen")}.get(one.outcome, "")
    state = state or (_("not sent yet") if one.sent is None else _("sent"))
    return Row(
        one.content.name or say(_("An application without a name yet")), call.facts.name,
        visit.address("challenge" if now != "open" else "call/apply", id=call.code), say(state), shared.when(visit, call), one.why,
        now in ("open", "judging"), call.code,
    )  # fmt: skip
