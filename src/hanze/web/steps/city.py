# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of name and boundary: a GeoJSON that a person drops, or a box around the data that are there."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.errors import HanzeError
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.web import background, steps
from hanze.web.background import Background
from hanze.web.drawing import map
from hanze.web.drawing.svg import Size
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit
from hanze.web.settings import Edit, Set
from hanze.web.steps import boundary, proposing

PATH = "start/city"

MAPS = {"phone": Size(358, 300), "wide": Size(740, 420)}

SAMPLE = 1000
"""Things of each type around which a box is drawn."""

LOCATION = CORE.expand("location")


def form(*, there: bool, data: bool) -> Form:
    """`there`: it has a boundary. `data`: something has a place."""
    choices = [Choice("keep", _("Leave it as it is") if there else _("Without a boundary for now"))]
    choices.append(Choice("file", _("From the file that I choose below")))
    if data:
        choices.append(Choice("box", _("A box around the data that are there")))
    fields = (
        Field(name="name", label=_("Name of the city"), longest=100),
        Field(name="boundary", label=_("Boundary"), kind="choice", choices=tuple(choices)),
        Field(
            name="file", label=_("File with the boundary"), kind="file", required=False,
            help=_("GeoJSON, at most 16 MB. Areas with a name, such as neighbourhoods, can be searched for."),
        ),
    )  # fmt: skip
    return proposing.with_seen(Form(fields, _("See the change")))


@proposing.told
async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    told = steps.settings(visit).told()
    asked = _form(visit).empty({"name": told.name, "boundary": "keep", "seen": told.hash})
    return _page(visit, asked)


def _form(visit: Visit) -> Form:
    return form(there=visit.site.background.file is not None, data=next(_points(visit, 1), None) is not None)


def _page(visit: Visit, filled: Filled) -> Response:
    return proposing.page(visit, filled, "web/steps/city.html", maps=drawn(visit, visit.site.background))


def drawn(visit: Visit, ground: Background) -> dict[str, Markup]:
    """The boundary as pictures; empty where there is nothing to draw."""
    if not (ground.areas or ground.ways or ground.water):
        return {}
    plan = map.Plan(title=visit.site.city, areas=ground.areas, water=ground.water, ways=ground.ways)
    words = visit.language.words
    return {size: Markup(map.draw(plan, room, words, f"boundary-{size}")) for size, room in MAPS.items()}


@proposing.told
async def take(visit: Visit, data: FormData) -> Response:
    store = visit.site.store
    filled = (await store.read(partial(_form, visit))).read(data)
    sent = await proposing.content(filled, "file", background.MOST_BYTES)
    if not filled.good:
        return await store.read(partial(_page, visit, filled))
    edits: list[Edit] = [Set("city", "name", filled["name"])]
    body = await store.read(partial(_boundary, visit, filled, *sent))
    if not filled.good:
        return await store.read(partial(_page, visit, filled))
    files: dict[str, bytes] = {}
    if body:
        name = proposing.named("boundary", ".geojson", body)
        files[name] = body
        edits.append(Set("site", "background", name))
    return await proposing.propose(visit, filled, edits, files, _page)


def _boundary(visit: Visit, filled: Filled, file: str, body: bytes) -> bytes | None:
    """The boundary that was chosen; None where it stays as it is, or the form tells what is wrong."""
    chosen = filled["boundary"]
    if chosen == "box":
        return boundary.box(_points(visit, SAMPLE), filled["name"])
    if chosen == "keep" and not file:
        return None
    if not file:
        filled.fail("file", _("Choose a file."))
        return None
    if len(body) > background.MOST_BYTES:
        filled.fail("file", _("The file has more than 16 MB. Make its lines simpler, or leave parts out."))
        return None
    try:
        return boundary.collection(body, filled["name"])
    except HanzeError as error:
        filled.fail("file", error.detail)
        return None


def _points(visit: Visit, most: int) -> Iterator[tuple[float, float]]:
    """Where things stand, `most` of each type."""
    site = visit.site
    for type in site.store.types("", visit.scope):
        wanted = EntitySelection(types=TypeIs(type), attributes=(LOCATION,))
        for entity in site.store.query("", wanted, visit.scope, limit=most).entities:
            yield from (point for one in entity.attributes[LOCATION] if (point := _point(one.get("value"))))


def _point(value: Any) -> tuple[float, float] | None:
    if isinstance(value, dict) and value.get("type") == "Point":
        lon, lat = value["coordinates"][:2]
        return float(lon), float(lat)
    return None


def _done(visit: Visit) -> bool:
    return visit.site.background.file is not None


STEP = Step(
    10,
    Page(PATH, answer, post=take, roles=steps.SETTERS, most=background.MOST_BYTES + (1 << 20)),
    _("Name and boundary"),
    _("The name stands on each page. The boundary lies under the maps, and shows what belongs to the city."),
    _done,
)
