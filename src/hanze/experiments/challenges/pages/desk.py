# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to do about challenges, for the innovation officer and for who looks as the second person."""

from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.experiments.challenges import drafts, tasks
from hanze.experiments.challenges.drafts import State
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.pages.drafting import OVERVIEW
from hanze.experiments.challenges.vaults import DRAFTS
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "challenges/desk"

STATES: dict[State, str] = {
    "writing": _("is being written"), "asked": _("waits for a second person"), "returned": _("was returned, to be changed"),
}  # fmt: skip


class Row(msgspec.Struct, frozen=True):
    """`state`: in words."""

    name: str
    address: str
    state: str


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(lambda: _page(visit)))


def _page(visit: Visit) -> str:
    say = visit.language.say
    found = drafts.every(visit.site.store.vault(DRAFTS))
    values: dict[str, Any] = {
        "drafts": [Row(one.draft.name, visit.address(OVERVIEW, id=one.code), say(STATES[one.state])) for one in found],
        "waiting": tasks.tasks(visit), "opens": visit.address("challenges/new") if visit.has_role(shared.OFFICERS) else "",
    }  # fmt: skip
    return visit.html("experiments/challenges/desk.html", **values)
