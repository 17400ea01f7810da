# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which people of the city write a part of the review, in each language of the site."""

from collections.abc import Mapping
from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.errors import ResourceNotFound
from hanze.goals.pages import told
from hanze.goals.review import asking, outline, texts
from hanze.goals.review.outline import Part
from hanze.ngsild.checks import shown
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import languages
from hanze.web.language import mark as _
from hanze.web.people.roles import ROLES
from hanze.web.room import Visit

WRITERS = ("editor", "innovation-officer")
"""Roles."""

WROTE = "review text written"
"""An act of the audit."""

TEXT, WAS = "text-", "was-"
"""Begin the names of the fields of a language: its text, and what stood there when the page was made."""

SAME_TIME = _(
    "Somebody else changed this meanwhile. Look at the newest version below. Save once more to put yours in its place."
)


HOW = _("Leave an empty line between paragraphs. Begin each line of a list with a dash.")


class Version(msgspec.Struct, frozen=True):
    """An earlier version as the page shows it."""

    when: str
    role: str
    text: str


async def answer(visit: Visit) -> Response:
    """The form, filled with what is there. Errors: BadRequestData, ResourceNotFound."""
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    year, part = asking.year(visit), _part(visit)
    there = _there(visit, year, part)
    values = {name + code: there.get(code, "") for code in visit.site.languages for name in (TEXT, WAS)}
    return _page(visit, year, part, _form(visit).empty(values))


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps each text that is another one, with its line in the audit."""
    year, part = asking.year(visit), _part(visit)
    filled = _form(visit).read(data)
    if filled.good:
        late = await visit.site.store.write(partial(_write, visit, year, part, filled))
        for code, text in late.items():
            filled.fail(TEXT + code, SAME_TIME)
            filled.given[WAS + code] = [text]
    if not filled.good:
        return await visit.site.store.read(partial(_page, visit, year, part, filled, 422))
    return RedirectResponse(visit.address("goals/review", year=str(year)) + f"#{part.key}", 303)


def _part(visit: Visit) -> Part:
    """The one that the address names. Errors: ResourceNotFound."""
    key = visit.asked("part")
    for one in outline.parts():
        if one.key == key:
            return one
    raise ResourceNotFound(f"There is no part {shown(key)} of the review.")


def _form(visit: Visit) -> Form:
    codes = visit.site.languages
    fields = [
        Field(
            name=TEXT + code, label=languages()[code].name, kind="area", required=False, help=HOW, longest=texts.LONGEST
        )
        for code in codes
    ]
    hidden = [Field(name=WAS + code, label="", kind="hidden", required=False, longest=1 << 20) for code in codes]
    return Form((*fields, *hidden), _("Save"))


def _write(visit: Visit, year: int, part: Part, filled: Filled, uow: UnitOfWork) -> Mapping[str, str]:
    """By language, the text that stands there by now where somebody was quicker, in which case nothing is written."""
    city, codes = told.known(visit).city, visit.site.languages
    wanted = [code for code in codes if filled[TEXT + code] != filled[WAS + code]]
    there = {code: texts.now(uow, city, year, part.key, code) for code in wanted}
    if late := {code: text for code, text in there.items() if text not in (filled[WAS + code], filled[TEXT + code])}:
        return late
    role = next(one for one in WRITERS if visit.has_role((one,)))
    for code in wanted:
        if texts.write(uow, city, year, part.key, code, filled[TEXT + code], role):
            audit.note(uow, visit.principal.id, WROTE, texts.id_of(city, year, part.key, code))
    return {}


def _there(visit: Visit, year: int, part: Part) -> Mapping[str, str]:
    """By language, what is written now."""
    city, store = told.known(visit).city, visit.site.store
    found = {code: texts.read(store, EVERYTHING, city, year, code).get(part.key) for code in visit.site.languages}
    return {code: one.text for code, one in found.items() if one is not None}


def _page(visit: Visit, year: int, part: Part, filled: Filled, status: int = 200) -> Response:
    versions = {code: _versions(visit, year, part, code) for code in visit.site.languages}
    values = {
        "title": outline.title(visit.language, part), "year": year, "asks": visit.language.say(part.asks), "filled": filled,
        "action": visit.address("goals/review/write", year=str(year), part=part.key), "names": languages(),
        "back": visit.address("goals/review", year=str(year)), "versions": {code: one for code, one in versions.items() if one},
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/review/write.html", **values), status)


def _versions(visit: Visit, year: int, part: Part, code: str) -> list[Version]:
    found = texts.earlier(visit.site.store, EVERYTHING, told.known(visit).city, year, part.key, code)
    say, zone = visit.language.say, visit.site.zone
    return [
        Version(visit.language.when(one.at, visit.now, zone), say(ROLES[one.role].name) if one.role in ROLES else "", one.text)
        for one in found
    ]  # fmt: skip
