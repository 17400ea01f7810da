# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the city answers questions about a call, each for everyone."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.experiments.challenges import keeping, questions
from hanze.experiments.challenges.pages import shared
from hanze.experiments.challenges.vaults import QUESTIONS
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit

PATH = "call/questions"


def _form(place: int) -> Form:
    """Of the question at this place: several forms stand on the page, so names are numbered."""
    return Form(
        (
            Field(
                name=f"question{place}", label=_("The question, as everyone reads it"), kind="area", longest=500,
                help=_("Leave out what tells of a person; else leave it as it is."),
            ),
            Field(name=f"answer{place}", label=_("Answer"), kind="area", longest=2000),
            Field(name="id", label="", kind="hidden"),
            Field(name="place", label="", kind="hidden"),
        ),
        _("Publish question and answer"),
    )  # fmt: skip


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, None))


def _page(visit: Visit, filled: Filled | None) -> Response:
    one = shared.found(visit)
    waiting = questions.waiting(visit.site.store.vault(QUESTIONS), one.code)
    forms = []
    for place, each in enumerate(waiting):
        here = filled is not None and filled["id"] == each.id
        empty = _form(place).empty({f"question{place}": each.text, "id": each.id, "place": str(place)})
        forms.append(
            (
                each,
                filled if here and filled is not None else empty,
                visit.language.when(each.at, visit.now, visit.site.zone),
            )
        )
    values: dict[str, Any] = {"one": one, "forms": forms, "action": visit.address(PATH, id=one.code)}
    return HTMLResponse(visit.html("experiments/challenges/questions.html", **values), 200 if filled is None else 422)


async def take(visit: Visit, data: FormData) -> Response:
    """Errors: ResourceNotFound where the question does not wait any more."""
    if "leave" in data:
        await visit.site.store.write(partial(_leave, visit, str(data["leave"])))
        return RedirectResponse(visit.address(PATH, id=visit.asked("id")), 303)
    given = str(data.get("place", "0"))
    place = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
    filled = _form(place).read(data)
    if not filled.good:
        return await visit.site.store.read(lambda: _page(visit, filled))
    await visit.site.store.write(
        partial(_answer, visit, filled["id"], filled[f"question{place}"], filled[f"answer{place}"])
    )
    return RedirectResponse(visit.address(PATH, id=visit.asked("id")), 303)


def _answer(visit: Visit, id: str, question: str, text: str, uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    questions.answer(uow, one, shared.today(visit), id, question, text, visit.principal.name)


def _leave(visit: Visit, id: str, uow: UnitOfWork) -> None:
    one = keeping.within(uow, shared.city(visit), visit.asked("id"))
    questions.leave(uow, one, id, visit.principal.name)
