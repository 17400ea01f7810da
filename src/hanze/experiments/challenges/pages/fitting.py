# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""“May I apply?”: five questions that anyone can answer without an account, and what comes of the answers in a sentence."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from hanze.experiments.challenges import eligibility
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.pages import shared
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "call/fits"

YES, NO = Choice("yes", _("yes")), Choice("no", _("no"))


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, shared.found(visit), None))


def _form(visit: Visit, one: Challenge) -> Form:
    """Those of the five that limit anyone; the others the page answers itself."""
    asked = [each for each in eligibility.questions(one.call.rules) if each.asks is not None]
    fields = (
        Field(name=each.key, label=each.asks.said(visit.language.say), kind="choice", choices=(YES, NO))
        for each in asked
        if each.asks is not None
    )
    return Form(tuple(fields), _("May I apply?"))


def _page(visit: Visit, one: Challenge, filled: Filled | None) -> Response:
    say, form = visit.language.say, _form(visit, one)
    answered = filled is not None and filled.good
    if not form.fields:
        answered = True
    given = {} if filled is None else {each: filled[each] == "yes" for each in eligibility.KEYS}
    failing = eligibility.failing(one.call.rules, given) if answered else ()
    values: dict[str, Any] = {
        "one": one, "filled": filled or form.empty(), "answered": answered, "may": answered and not failing,
        "open": [say(each.open) for each in eligibility.questions(one.call.rules) if each.asks is None],
        "tells": [each.no.said(say) for each in failing], "when": shared.when(visit, one),
        "now": one.phase(shared.today(visit)), "action": visit.address(PATH, id=one.code),
    }  # fmt: skip
    return HTMLResponse(
        visit.html("experiments/challenges/fits.html", **values), 200 if filled is None or filled.good else 422
    )


async def take(visit: Visit, data: FormData) -> Response:
    """Nothing is kept of the answers. Errors: ResourceNotFound."""
    one = await visit.site.store.read(partial(shared.found, visit))
    return await visit.site.store.read(lambda: _page(visit, one, _form(visit, one).read(data)))
