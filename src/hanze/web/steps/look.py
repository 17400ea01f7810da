# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the look: one colour, the mark of the city, and whom people write to."""

from functools import partial
from pathlib import Path

from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.web import look, steps
from hanze.web.forms import Field, Filled, Form
from hanze.web.forms.field import is_mail
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit
from hanze.web.settings import Edit, Set, Told
from hanze.web.steps import colour, proposing

PATH = "start/look"

SIGNS = {".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF", ".svg": b"<svg"}
"""How pictures begin; the last stands somewhere in the beginning."""

HEAD = 1024


def _a_colour(typed: str) -> str:
    return "" if colour.COLOUR.fullmatch(typed) else _("This is no colour. Write a # and six signs, such as #0b5c7a.")


FORM = proposing.with_seen(
    Form(
        (
            Field(
                name="colour", label=_("Colour of links and buttons"), required=False, longest=7, checks=(_a_colour,),
                help=_("A # and six signs, such as #0b5c7a. It is made darker or lighter where it could not be read."),
            ),
            Field(
                name="mark", label=_("Mark of the city"), kind="file", required=False,
                help=_("A picture beside the name: SVG, PNG or WebP, at most 256 kB."),
            ),
            Field(
                name="contact", label=_("Mail address for questions about the site"), kind="mail", required=False,
                longest=200, help=_("It stands on the pages about privacy and accessibility."),
            ),
        ),
        _("See the change"),
    )
)  # fmt: skip


@proposing.told
async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    told = steps.settings(visit).told()
    values = {"colour": colour.chosen(_style(visit, told)), "contact": told.contact, "seen": told.hash}
    return proposing.page(visit, FORM.empty(values))


def _style(visit: Visit, told: Told) -> str:
    return steps.settings(visit).body(told.style).decode() if told.style else ""


@proposing.told
async def take(visit: Visit, data: FormData) -> Response:
    filled = FORM.read(data)
    file, body = await proposing.content(filled, "mark", look.MOST_BYTES)
    if told := _wrong(file, body):
        filled.fail("mark", told)
    if not filled.good:
        return await visit.site.store.read(partial(proposing.page, visit, filled))
    edits, files = await visit.site.store.read(partial(_changes, visit, filled, file, body))
    return await proposing.propose(visit, filled, edits, files)


def _wrong(file: str, body: bytes) -> str:
    """What is wrong with a picture; empty where nothing is, or there is none."""
    if not file:
        return ""
    if len(body) > look.MOST_BYTES:
        return _("The picture has more than 256 kB. Make it smaller.")
    sign = SIGNS.get(Path(file).suffix.lower())
    if sign is None or not (sign in body[:HEAD] if sign == SIGNS[".svg"] else body.startswith(sign)):
        return _("This is no picture that can be used. Give SVG, PNG or WebP.")
    return ""


def _changes(visit: Visit, filled: Filled, file: str, body: bytes) -> tuple[list[Edit], dict[str, bytes]]:
    """What is asked for, where it is not so already."""
    told = steps.settings(visit).told()
    edits: list[Edit] = [Set("site", "contact", filled["contact"] or None)]
    files: dict[str, bytes] = {}
    before = _style(visit, told)
    if filled["colour"] and filled["colour"].lower() != colour.chosen(before):
        style = colour.sheet(before, filled["colour"]).encode()
        name = proposing.named("city", ".css", style)
        files[name] = style
        edits.append(Set("site", "style", name))
    if file:
        name = proposing.named("mark", Path(file).suffix.lower(), body)
        files[name] = body
        edits.append(Set("site", "mark", name))
    return edits, files


def _done(visit: Visit) -> bool:
    """It looks like a city, and somebody can be asked about it."""
    worn = visit.site.look
    return is_mail(visit.site.contact) and (worn.style is not None or worn.mark is not None)


STEP = Step(
    20,
    Page(PATH, answer, post=take, roles=steps.SETTERS),
    _("Look"),
    _("People see at once whose site this is, and whom they can ask."),
    _done,
)
