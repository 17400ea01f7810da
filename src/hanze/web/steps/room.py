# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the steps: all of them on one page, each by itself, and the change before it is written."""

from collections.abc import Sequence
from functools import partial

from starlette.responses import HTMLResponse, Response

from hanze.web import steps
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit
from hanze.web.steps import check, city, look, spoken

STEPS = (city.STEP, look.STEP, spoken.STEP)


def pages(all: Sequence[Step]) -> list[Page]:
    """Nothing where no room declares a step."""
    if not all:
        return []
    return [
        Page(steps.START, partial(_overview, all=all), roles=steps.SETTERS, desk=_("Set up the city, step by step")),
        *(step.page for step in all),
        Page(
            steps.CHECK, partial(check.answer, all=all), post=partial(check.take, all=all), roles=steps.SETTERS,
        ),
    ]  # fmt: skip


async def _overview(visit: Visit, *, all: Sequence[Step]) -> Response:
    return await visit.site.store.read(lambda: _page(visit, all))


def _page(visit: Visit, all: Sequence[Step]) -> Response:
    found = [(step, steps.done(step, visit), visit.may(step.page)) for step in all]
    first = next((step for step, done, may in found if may and not done), None)
    return HTMLResponse(visit.html("web/steps/start.html", found=found, first=first, count=len(all)))
