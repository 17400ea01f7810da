# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of what is public, which the step of the first source leads to: for each type of things, who may see them."""

from functools import partial

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.explore import catalogue
from hanze.ngsild.context import CORE
from hanze.web import steps, terms
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Page, Visit
from hanze.web.settings import Edit, Join, Told
from hanze.web.steps import proposing

PATH = "start/public"

OPEN, PART, CLOSED, RESTRICTED = "open", "part", "closed", "restricted"

WORDS = {
    OPEN: _("everyone"),
    PART: _("everyone, but some of it only, as it is now"),
    CLOSED: _("who works for the city or has a key"),
    RESTRICTED: _("officers of the city only"),
}


def form(visit: Visit, told: Told) -> Form:
    """A question for each type, those that are there and those that the file names."""
    fields = [_field(visit, type, told) for type in _types(visit, told)]
    return proposing.with_seen(Form(tuple(fields), _("See the change")))


def _types(visit: Visit, told: Told) -> list[str]:
    there = [one.type for one in catalogue.kinds(visit.site.store, visit.scope)]
    return list(dict.fromkeys([*there, *sorted(told.public), *sorted(told.restricted)]))


def _field(visit: Visit, type: str, told: Told) -> Field:
    offered = [OPEN, PART, CLOSED, RESTRICTED] if told.public.get(type) is False else [OPEN, CLOSED, RESTRICTED]
    name = CORE.compact(type)
    label = f"{visit.language.say(terms.subject(type))} ({terms.short(type)})"
    return Field(name=name, label=label, kind="choice", choices=tuple(Choice(one, WORDS[one]) for one in offered))


def now(type: str, told: Told) -> str:
    """Who sees it by the file."""
    if type in told.restricted:
        return RESTRICTED
    return {None: CLOSED, True: OPEN, False: PART}[told.public.get(type)]


@proposing.told
async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    told = steps.settings(visit).told()
    asked = form(visit, told)
    known = {CORE.compact(type): now(type, told) for type in _types(visit, told)}
    return _page(visit, asked.empty({**known, "seen": told.hash}))


def _page(visit: Visit, filled: Filled) -> Response:
    return proposing.page(visit, filled, "explore/steps/public.html", source=visit.address("start/source"))


@proposing.told
async def take(visit: Visit, data: FormData) -> Response:
    filled, edits = await visit.site.store.read(partial(_changes, visit, data))
    if not filled.good:
        return await visit.site.store.read(partial(_page, visit, filled))
    return await proposing.propose(visit, filled, edits, {}, _page)


def _changes(visit: Visit, data: FormData) -> tuple[Filled, list[Edit]]:
    """What differs from what the file says now."""
    told = steps.settings(visit).told()
    filled = form(visit, told).read(data)
    lists = {key: {key: set[str]() for key in ("add", "remove")} for key in ("public", "restricted")}
    for type in _types(visit, told):
        before, after = now(type, told), filled[CORE.compact(type)]
        if before == after:
            continue
        if after == OPEN or (before in (OPEN, PART) and after != PART):
            lists["public"]["add" if after == OPEN else "remove"].add(type)
        if before == PART and after == OPEN:
            lists["public"]["remove"].add(type)
        if RESTRICTED in (before, after):
            lists["restricted"]["add" if after == RESTRICTED else "remove"].add(type)
    return filled, [
        Join("access", key, frozenset(some["add"]), frozenset(some["remove"]))
        for key, some in lists.items()
        if some["add"] or some["remove"]
    ]


PAGE = Page(PATH, answer, post=take, roles=steps.SETTERS, recent=True, desk=_("Say what everyone may see"))
