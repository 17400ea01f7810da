# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a type: its things in a table that is filtered, sorted and paged by its address, on a map, or as data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.explore import asked, catalogue, drawn, facets, places, records
from hanze.explore.asked import PAGE, WAYS, Asked
from hanze.explore.catalogue import Kind
from hanze.explore.naming import Names
from hanze.explore.told import told
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.web import tables, terms
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Paging, Table

SAMPLE = 300
"""Things that are looked at to know what can be chosen."""

MOST = 10_000
"""Things in one file."""

PART = 1000

USUAL = 5
"""Columns beside the name, where none are chosen."""

HEAVY = frozenset(
    map(CORE.expand, ("location", "address", "description", "refDevice", "source", "license", "dataProvider"))
)
"""What is in no usual column."""


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_file if visit.format else _page, visit)))


def _file(visit: Visit) -> Response | Rows:
    ask, kind = _asked(visit)
    _note(visit, kind)
    chosen, parts = [CORE.expand(one) for one in ask.columns], _parts(visit, ask)
    if visit.format == download.ENDING:
        return records.rows(parts, chosen)
    found = [one for part in parts for one in part]
    return records.things(found, chosen or catalogue.attributes(found), visit.format)


def _parts(visit: Visit, ask: Asked) -> Iterator[list[Entity]]:
    """All that is asked for, without pages; at most MOST things."""
    for first in range(0, MOST, PART):
        found = visit.site.store.query(
            "", ask.selection(), visit.scope, limit=PART, offset=first, order=ask.order(visit.language.code)
        ).entities
        yield found
        if len(found) < PART:
            return


def _asked(visit: Visit) -> tuple[Asked, Kind]:
    ask = asked.read(visit.query)
    return ask, catalogue.kind(visit.site.store, visit.scope, ask.type)


def _note(visit: Visit, kind: Kind) -> None:
    visit.site.access.note_read(visit.principal, "", (kind.type,))


def _page(visit: Visit) -> Response:
    ask, kind = _asked(visit)
    store, scope = visit.site.store, visit.scope
    sample = store.query("", asked.Asked(ask.type).selection(), scope, limit=SAMPLE).entities
    first, limit = ((ask.page - 1) * PAGE, PAGE) if not ask.view else (0, places.MOST)
    page = store.query(
        "", ask.selection(), scope, limit=limit, offset=first, count=True, order=ask.order(visit.language.code)
    )
    if first and not page.entities:
        raise ResourceNotFound("There is no such page.")
    _note(visit, kind)
    there = catalogue.attributes((*sample, *page.entities))
    chosen = [one for one in map(CORE.expand, ask.columns) if one in there] or _usual(sample, there)
    values: dict[str, Any] = {
        "ask": ask,
        "kind": kind,
        "title": terms.subject(kind.type),
        "total": page.count or 0,
        "ways": WAYS,
        "attributes": [(CORE.compact(one), terms.quantity(one).name, one in chosen) for one in there],
        "facets": facets.facets(visit, ask, kind, sample),
        "rest": Asked(ask.type).address(visit),
        "views": {one: msgspec.structs.replace(ask, view=one).address(visit) for one in ("", "map")},
        "files": {
            one: msgspec.structs.replace(ask, view="").address(visit, f".{one}")
            for one in (*records.KINDS, download.ENDING)
        },
        "most": MOST,
    }
    if ask.view:
        values |= {"map": _map(visit, page.entities, chosen)}
    else:
        values |= {
            "table": _table(visit, ask, kind, page.entities, chosen),
            "pages": _paging(visit, ask, page.count or 0),
        }
    return HTMLResponse(visit.html("explore/type.html", **values))


def _usual(sample: list[Entity], there: list[str]) -> list[str]:
    """The first attributes that are short to read in most things."""
    short = [one for one in there if one not in HEAVY and one not in places.NAMES and _short(sample, one)]
    return short[:USUAL]


def _short(sample: list[Entity], attribute: str) -> bool:
    values = [one.attributes[attribute][0].get("value") for one in sample if attribute in one.attributes]
    return any(isinstance(one, str | int | float) and len(str(one)) < 60 for one in values)


def _table(visit: Visit, ask: Asked, kind: Kind, entities: list[Entity], chosen: list[str]) -> Table:
    names = Names(visit)
    columns = [Column(visit.language.say(_("Name"))), *(_column(visit, ask, one, entities) for one in chosen)]
    rows = [
        [Cell(places.name(one), visit.address("data/thing", id=one.id)), *_cells(visit, one, chosen, names)]
        for one in entities
    ]
    return Table(visit.language.say(terms.subject(kind.type)), columns, rows)


def _name(visit: Visit, entity: Entity) -> Cell:
    return Cell(places.name(entity), visit.address("data/thing", id=entity.id))


def _column(visit: Visit, ask: Asked, attribute: str, entities: list[Entity]) -> Column:
    name = CORE.compact(attribute)
    sort, now = tables.sorting(ask.sort, name)
    numbers = all(
        isinstance(one.attributes[attribute][0].get("value"), int | float)
        for one in entities
        if attribute in one.attributes
    )
    title, language = terms.quantity(attribute).name, visit.language
    address = msgspec.structs.replace(ask, sort=sort).address(visit)
    return Column(language.say(title), numbers, address, now, language.tongue(title))


def _cells(visit: Visit, entity: Entity, chosen: list[str], names: Names) -> list[Cell]:
    made = []
    for one in chosen:
        parts = told(visit, one, entity.attributes[one][0], names) if one in entity.attributes else []
        made.append(parts[0] if len(parts) == 1 else Cell(", ".join(part.text for part in parts)))
    return made


def _paging(visit: Visit, ask: Asked, total: int) -> Paging | None:
    """None where all stand on one page."""
    if total <= PAGE:
        return None
    first = (ask.page - 1) * PAGE + 1
    last = min(total, first + PAGE - 1)
    before = ask.address(visit, page=ask.page - 1) if ask.page > 1 else ""
    after = ask.address(visit, page=ask.page + 1) if last < total and ask.page < asked.MOST_PAGES else ""
    return Paging(first, last, total, before, after)


def _map(visit: Visit, entities: list[Entity], chosen: list[str]) -> drawn.Drawn | None:
    """Where the things are, with the first of the columns that is a number."""
    measured = next(
        (one for one in chosen if any(places.place(thing, one).value is not None for thing in entities)), ""
    )
    found = [places.place(one, measured) for one in entities]
    quantity = terms.quantity(measured) if measured else terms.Quantity("")
    code = drawn.usual(found)
    unit, factor = terms.shown(code, quantity)
    values = [one.value * factor if one.value is not None and one.unit == code else None for one in found]
    return drawn.places(visit, list(zip(found, values, strict=True)), visit.language.say(quantity.name), unit)
