# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the languages: which ones the site has, and which it speaks to who prefers none."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.web import steps
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit
from hanze.web.settings import Set
from hanze.web.steps import proposing

PATH = "start/languages"

KEY = "site.languages"


def form() -> Form:
    choices = tuple(Choice(code, one.name) for code, one in languages().items())
    fields = (
        Field(name="all", label=_("Languages of the site"), kind="options", choices=choices),
        Field(
            name="first", label=_("Language for who prefers none of them"), kind="choice", choices=choices,
        ),
    )  # fmt: skip
    return proposing.with_seen(Form(fields, _("See the change")))


@proposing.told
async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    told = steps.settings(visit).told()
    filled = form().empty({"all": list(told.languages), "first": told.languages[0], "seen": told.hash})
    return proposing.page(visit, filled)


@proposing.told
async def take(visit: Visit, data: FormData) -> Response:
    filled = form().read(data)
    chosen = _chosen(filled)
    if filled.good and filled["first"] not in filled.all("all"):
        filled.fail("first", _("Choose one of the languages that the site has."))
    if not filled.good:
        return await visit.site.store.read(partial(proposing.page, visit, filled))
    return await proposing.propose(visit, filled, [Set("site", "languages", chosen)], {})


def _chosen(filled: Filled) -> list[str]:
    """The first one first, the others in their order."""
    first = filled["first"]
    return [first, *(code for code in filled.all("all") if code != first)]


def _done(visit: Visit) -> bool:
    """Somebody has chosen: the file says which."""
    return KEY in steps.settings(visit).told().stated


STEP = Step(
    30,
    Page(PATH, answer, post=take, roles=steps.SETTERS),
    _("Languages"),
    _("Each page can be read in each of these languages."),
    _done,
)
