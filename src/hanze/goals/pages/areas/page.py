# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an area, "your neighbourhood": who lives there, how it stands, each number in plain words, and what is not known."""

from functools import partial
from itertools import chain
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.goals.indicators import judging
from hanze.goals.model import AREA, SCORE, VALUE
from hanze.goals.pages import files, told
from hanze.goals.pages.areas import lines, lists, picture, sensors, standing
from hanze.goals.pages.areas.lines import Section
from hanze.goals.pages.areas.picture import Shown
from hanze.goals.pages.told import Found, Place
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "goals/area"

BESIDE = 40
"""Areas on the map."""


class Seen(msgspec.Struct, frozen=True):
    """What the page is about. `above`: what the area lies in, the smallest first; `beside`: the areas on its map; `city`: what
    it is compared with."""

    area: Place
    above: list[Place]
    inside: list[Place]
    beside: list[Place]
    found: Found
    sections: list[Section]
    shown: Shown

    @property
    def city(self) -> Place | None:
        return self.above[-1] if self.above else None


async def answer(visit: Visit) -> Response:
    # In a thread of the readers, pictures too.
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (AREA.iri, VALUE.iri, SCORE.iri))
    seen = _read(visit)
    if visit.format == "geojson":
        one = seen.shown.definition
        return lists.places(visit, seen.beside) if one is None else files.areas(visit, one, seen.shown.rows)
    if visit.format:
        return lists.lines(visit, seen.area, seen.city, seen.found)
    return HTMLResponse(visit.html("goals/area.html", **_values(visit, seen)))


def _read(visit: Visit) -> Seen:
    """Errors: ResourceNotFound."""
    area = told.place(visit, visit.asked("code"))
    above, inside = told.above(visit, area), told.inside(visit, area)
    beside = _beside(visit, area, above[0]) if above else inside[:BESIDE] or [area]
    codes = told.known(visit).indicators
    found = told.found(visit, codes, [area.code, *(one.code for one in above[-1:])])
    sections = lines.sections(visit, area, above[-1] if above else None, found)
    worst = sorted(
        chain(*(one.lines for one in sections)), key=lambda one: judging.place(one.definition, one.value.value or 0)
    )
    # A number that compares neighbourhoods is no picture of them.
    offered = [one.definition for one in worst if not lines.compares(one.definition)]
    shown = picture.shown(visit, beside, offered)
    return Seen(area, above, inside, beside, found, sections, shown)


def _beside(visit: Visit, area: Place, upper: Place) -> list[Place]:
    """The area, and those nearest to it that lie in the same one, as many as a map of this size can tell apart."""
    others = [one for one in told.around(visit, area, upper, BESIDE) if one.code != area.code]
    return [area, *others[: BESIDE - 1]]


def _values(visit: Visit, seen: Seen) -> dict[str, Any]:
    area, words = seen.area, visit.language.words
    own = [one for (_, code), one in seen.found.items() if code == area.code]
    there = [line.definition for section in seen.sections for line in section.lines]
    return {
        "area": area,
        "above": seen.above,
        "inside": seen.inside[: told.MOST],
        "city": seen.city,
        "people": "" if area.facts.population is None else words.fixed(area.facts.population, 0),
        "surface": "" if area.facts.surface is None else words.number(area.facts.surface),
        "standing_rows": standing.rows(visit, area),
        "sections": seen.sections,
        "unknown": lines.unknown(visit, area, seen.found, smallest=not seen.inside),
        "few": lines.few(own),
        "shown": seen.shown,
        "choices": sorted({one.code: one.name[words.code] for one in [*there, *_chosen(seen)]}.items(), key=_title),
        "map": picture.draw(visit, seen.beside, seen.shown, area.code, "area"),
        "kinds": sensors.kinds(visit, area, there),
        "simulated": any(one.receipt.simulated for one in own),
        "entity": visit.address("data/thing", id=told.id_of(visit, area.code)),
        "type": AREA.iri,
        "id": told.id_of(visit, area.code),
        "asked": {"code": area.code, "show": visit.asked("show")},
    }


def _chosen(seen: Seen) -> list[Any]:
    return [] if seen.shown.definition is None else [seen.shown.definition]


def _title(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
