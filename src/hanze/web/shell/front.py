# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The front page: what is going on in the city, as the rooms tell it."""

from collections.abc import Sequence

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.web.room import Front, Slot, Step, Visit
from hanze.web.steps import unfinished


async def answer(drawers: Sequence[Front], steps: Sequence[Step], visit: Visit) -> Response:
    # In a thread of the readers, since the rooms read and draw.
    return HTMLResponse(await visit.site.store.read(lambda: _page(drawers, steps, visit)))


def _page(drawers: Sequence[Front], steps: Sequence[Step], visit: Visit) -> str:
    slots: dict[Slot, list[Markup]] = {"ask": [], "stands": [], "said": [], "beside": [], "below": []}
    for draw in drawers:
        for slot, part in draw(visit).items():
            slots[slot].append(part)
    return visit.html("web/front.html", unfinished=unfinished(steps, visit), **slots)
