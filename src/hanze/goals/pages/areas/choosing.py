# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all areas: looked for by name, made fewer by what they lie in and by their level, sorted, and on a map."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import BadRequestData, ResourceNotFound
from hanze.goals.areas.area import LEVELS
from hanze.goals.model import AREA, SCORE
from hanze.goals.pages import told, wording
from hanze.goals.pages.areas import lists, naming, picture
from hanze.goals.pages.areas.picture import Shown
from hanze.goals.pages.told import Place, Score
from hanze.ngsild import collation
from hanze.ngsild.checks import shown
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import EntitySelection, Order
from hanze.web import tables, terms
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Facet, Paging, Table

PATH = "goals/areas"

PAGE, PART, MOST = 50, 1_000, 10_000
"""Areas on a page, of one read, and in one file."""

FOUND = 400
"""Areas that a name finds at most, and so many there may be in all where no choice is made; of more only the upper ones are
shown then."""

CHOICES = 30
"""More areas to choose what others lie in are no choice."""

FACTS = {"level": "level", "within": "parent"}
"""By parameter: the fact that it asks for."""

SORTS = {"name": naming.NAME, "population": naming.fact("population"), "surface": naming.fact("surface")}


class Asked(msgspec.Struct, frozen=True):
    """`q`: a part of a name; `within`: the code of what they lie in; `sort`: a key of SORTS, with a minus for descending."""

    q: str = ""
    within: str = ""
    level: str = ""
    sort: str = ""
    page: int = 1

    def address(self, visit: Visit, ending: str = "", page: int = 1) -> str:
        told = {"q": self.q, "within": self.within, "level": self.level, "sort": self.sort}
        return visit.address(PATH + ending, **told, page=str(page) if page > 1 else "")

    def narrowed(self) -> bool:
        """Not all areas are asked for."""
        return bool(self.q or self.within or self.level)

    def selection(self) -> EntitySelection:
        conditions: list[Any] = [naming.holding(self.q)] if self.q else []
        conditions += [naming.having(fact, value) for name, fact in FACTS.items() if (value := getattr(self, name))]
        return naming.selection(*conditions)

    def order(self, language: str) -> tuple[Order, ...]:
        code = language if language in collation.LANGUAGES else "und"
        name = Order(naming.NAME, self.sort == "-name", collation=collation.parse(code))
        key = self.sort.removeprefix("-")
        return (name,) if key in ("", "name") else (Order(SORTS[key], self.sort.startswith("-")), name)


def read(visit: Visit) -> Asked:
    """What the address asks for. Errors: BadRequestData names the parameter that cannot be."""
    level, sort, page = visit.asked("level"), visit.asked("sort"), visit.asked("page") or "1"
    if level and level not in LEVELS:
        raise BadRequestData(f"level is {shown(level)}; give one of {', '.join(LEVELS)}.")
    if sort and sort.removeprefix("-") not in SORTS:
        raise BadRequestData(f"sort is {shown(sort)}; give one of {', '.join(SORTS)}, with a minus for descending.")
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) > 0):
        raise BadRequestData(f"page is {shown(page)}; give a number from 1 on.")
    return Asked(visit.asked("q").strip()[: naming.LONGEST], visit.asked("within"), level, sort, int(page))


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (AREA.iri, SCORE.iri))
    ask = read(visit)
    if visit.format:
        return lists.places(visit, [one for part in _parts(visit, ask) for one in part])
    city = told.city(visit)
    if not ask.narrowed() and _count(visit, ask) > FOUND:
        ask = (
            Asked(within=city.code, sort=ask.sort, page=ask.page)
            if city
            else Asked(level=LEVELS[0], sort=ask.sort, page=ask.page)
        )
    return HTMLResponse(visit.html("goals/areas.html", **_values(visit, ask, city)))


def _parts(visit: Visit, ask: Asked) -> Iterator[list[Place]]:
    """All that is asked for, without pages; at most MOST areas, in the order in which they came."""
    for first in range(0, MOST, PART):
        found = visit.site.store.query("", ask.selection(), visit.scope, limit=PART, offset=first).entities
        yield list(map(told.place_of, found))
        if len(found) < PART:
            return


def _page(visit: Visit, ask: Asked) -> tuple[list[Place], int]:
    """The areas of the page, and how many there are on all; of a name only the first, since each search looks at all areas."""
    first = (ask.page - 1) * PAGE
    limit, offset = (FOUND, 0) if ask.q else (PAGE, first)
    order = ask.order(visit.language.code)
    page = visit.site.store.query("", ask.selection(), visit.scope, limit=limit, offset=offset, order=order)
    found = page.entities[first : first + PAGE] if ask.q else page.entities
    return list(map(told.place_of, found)), len(page.entities) if ask.q else _count(visit, ask)


def _count(visit: Visit, ask: Asked) -> int:
    return visit.site.store.query("", ask.selection(), visit.scope, limit=0, count=True).count or 0


def _values(visit: Visit, ask: Asked, city: Place | None) -> dict[str, Any]:
    found, total = _page(visit, ask)
    if ask.page > 1 and not found:
        raise ResourceNotFound("There is no such page.")
    upper = told.place(visit, ask.within) if ask.within else city
    inside = told.inside(visit, upper) if upper else []
    drawn = inside[: told.MOST]
    return {
        "ask": ask,
        "city": city,
        "upper": upper,
        "total": total,
        "facets": _facets(visit, ask, inside if upper is city else told.inside(visit, city) if city else []),
        "table": _table(visit, ask, found),
        "pages": _paging(visit, ask, total),
        "map": picture.draw(visit, drawn, Shown(None, []), "", "areas"),
        "drawn": [(one.name, visit.address("goals/area", code=one.code)) for one in drawn],
        "rest": visit.address(PATH),
        "files": {one: ask.address(visit, f".{one}") for one in ("csv", "json", "geojson", "parquet")},
        "most": MOST,
    }


def _facets(visit: Visit, ask: Asked, below: Sequence[Place]) -> list[tuple[str, list[Facet]]]:
    """By level, and by what they lie in (`below` the city) where few areas make up the city. Only what is a choice."""
    levels = [(one, visit.language.say(terms.state(VOCABULARY + "level", one))) for one in LEVELS]
    made = [(_("Kind of area"), [_facet(visit, ask, "level", *one) for one in levels])]
    if 1 < len(below) <= CHOICES:
        made.append((_("Lies in"), [_facet(visit, ask, "within", one.code, one.name) for one in below]))
    return [(title, there) for title, facets in made if len(there := [one for one in facets if one.count]) > 1]


def _facet(visit: Visit, ask: Asked, name: str, value: str, text: str) -> Facet:
    here = getattr(ask, name) == value
    alone = naming.selection(naming.having(FACTS[name], value))
    count = visit.site.store.query("", alone, visit.scope, limit=0, count=True).count or 0
    return Facet(text, count, msgspec.structs.replace(ask, **{name: "" if here else value}).address(visit), here)


def _table(visit: Visit, ask: Asked, found: Sequence[Place]) -> Table:
    say = visit.language.say
    graded = told.graded(visit, wording.DIMENSIONS, [one.code for one in found])
    scored = [key for key in wording.DIMENSIONS if any(subject == key for subject, _area in graded)]
    uppers = told.several(visit, dict.fromkeys(one.facts.parent for one in found if one.facts.parent))
    columns = [
        _column(visit, ask, "name", say(_("Name"))), Column(say(_("Lies in"))),
        _column(visit, ask, "population", say(_("Residents")), number=True),
        _column(visit, ask, "surface", say(_("Surface")), number=True),
        *(Column(say(wording.DIMENSIONS[key])) for key in scored),
    ]  # fmt: skip
    rows = [
        _row(visit, one, uppers.get(one.facts.parent), [graded.get((key, one.code)) for key in scored]) for one in found
    ]
    return Table(say(_("Areas")), columns, rows)


def _column(visit: Visit, ask: Asked, name: str, title: str, *, number: bool = False) -> Column:
    sort, now = tables.sorting(ask.sort or "name", name)
    return Column(title, number, msgspec.structs.replace(ask, sort=sort).address(visit), now)


def _row(visit: Visit, one: Place, upper: Place | None, scores: Sequence[Score | None]) -> list[Cell]:
    facts, words, say = one.facts, visit.language.words, visit.language.say
    return [
        Cell(one.name, visit.address("goals/area", code=one.code)),
        Cell(upper.name, visit.address("goals/area", code=upper.code)) if upper else Cell(""),
        Cell("" if facts.population is None else words.fixed(facts.population, 0)),
        Cell("" if facts.surface is None else f"{words.number(facts.surface)}\u00a0km²"),
        *(Cell(say(wording.COLOURS[score.colour if score else "gray"])) for score in scores),
    ]


def _paging(visit: Visit, ask: Asked, total: int) -> Paging | None:
    """None where all stand on one page."""
    if total <= PAGE:
        return None
    first = (ask.page - 1) * PAGE + 1
    last = min(total, first + PAGE - 1)
    before = ask.address(visit, page=ask.page - 1) if ask.page > 1 else ""
    return Paging(first, last, total, before, ask.address(visit, page=ask.page + 1) if last < total else "")
