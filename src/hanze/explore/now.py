# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page City now: a map of what is measured, the latest values, how it went at one place, and where the data come from."""

from collections.abc import Sequence
from functools import partial

from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.explore import course, data, measured, places, rights, showing, sources
from hanze.explore.places import Place
from hanze.explore.showing import Seen
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit


async def answer(visit: Visit) -> Response:
    # In a thread of the readers, pictures too, since they take a while to draw.
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    seen = _read(visit)
    if seen is None:
        return HTMLResponse(visit.html("explore/nothing.html", loads=rights.loads(visit)))
    if not visit.format:
        return HTMLResponse(visit.html("explore/now.html", **showing.values(visit, seen)))
    if visit.asked("place"):
        origins = [] if seen.place is None else [(seen.place.provider, seen.place.licence)]
        return data.course(seen.numbers, visit.format, origins)
    return data.places(seen.places.found, visit.format)


def _read(visit: Visit) -> Seen | None:
    """None where nothing is measured. Errors: ResourceNotFound, BadRequestData for an address that cannot be."""
    store, scope = visit.site.store, visit.scope
    head = store.head()
    period = course.period(visit.asked("range"), visit.asked("until"), visit.now, visit.site.zone)
    offers = measured.offered(store, scope)
    one = measured.chosen(offers, visit.asked("type"), visit.asked("value"))
    if one is None:
        return None
    visit.site.access.note_read(visit.principal, "", (one.type,), (one.attribute,))
    found = places.read(store, scope, one)
    place = _place(found.found, visit.asked("place"))
    numbers = course.nothing() if place is None else course.read(store, scope, place.id, one, period)
    return Seen(head, offers, one, found, place, period, numbers, sources.read(store, scope))


def _place(found: Sequence[Place], id: str) -> Place | None:
    """The place that an address names, else the first that has a value."""
    if not id:
        return next((one for one in found if one.value is not None), None)
    for one in found:
        if one.id == id:
            return one
    raise ResourceNotFound(f"{id} is not measured here.")
