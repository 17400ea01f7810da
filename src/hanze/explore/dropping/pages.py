# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a dropped file: drop it, see its first rows, correct the mapping, load it with progress, get what was refused."""

import csv
import io
from functools import partial
from typing import Any

import msgspec
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.access.principal import WRITE
from hanze.errors import BadRequestData, HanzeError, ResourceNotFound
from hanze.explore.data import KINDS
from hanze.explore.dropping import drops, loading, mapping, reading
from hanze.explore.dropping.drops import BODIES, DROPS, REFUSED, Drop
from hanze.explore.dropping.reading import First
from hanze.explore.naming import Names
from hanze.explore.told import told
from hanze.ngsild.context import CORE
from hanze.store.base import UnitOfWork
from hanze.web import terms
from hanze.web.drawing.times import local, when
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Table

DROP, LOOK, MAPPING = "data/drop", "data/drop/look", "data/drop/mapping"
LOAD, PROGRESS, REFUSALS = "data/drop/load", "data/drop/progress", "data/drop/refused"

AGAIN = 2
"""Seconds after which the page of a load is asked for again."""

FORM = Form(
    (
        Field(
            name="file",
            label=_("File"),
            kind="file",
            required=False,
            help=_("CSV, JSON, GeoJSON or NGSI-LD, at most 16 MB."),
        ),
    ),
    _("Look at it"),
)

MOST_SENT = reading.MOST_BYTES + (1 << 20)
"""Bytes of the form; a file that is a little too large is told so beside its field."""

MOST_COLUMNS = 12


async def dropping(visit: Visit) -> Response:
    _demand(visit)
    return await visit.site.store.read(partial(_dropping, visit, FORM.empty()))


def _demand(visit: Visit) -> None:
    visit.site.access.demand(visit.principal, WRITE, "")


def _dropping(visit: Visit, filled: Filled, status: int = 200) -> Response:
    mine = [
        (one, visit.address(LOOK if one.state == "new" else PROGRESS, drop=one.id))
        for one in drops.of(visit.site.store.vault(DROPS), visit.principal.id)
    ]
    return HTMLResponse(visit.html("explore/drop.html", filled=filled, mine=mine, days=drops.DAYS), status)


async def take(visit: Visit, data: FormData) -> Response:
    """Keeps the file, and goes on to its first rows."""
    _demand(visit)
    filled = FORM.read(data)
    file = filled.files.get("file")
    body = b"" if file is None else await file.read(reading.MOST_BYTES + 1)
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2] if file is not None else ""
    if file is None:
        filled.fail("file", _("Choose a file."))
    elif len(body) > reading.MOST_BYTES:
        filled.fail(
            "file", _("The file has more than 16 MB. Cut it into parts, or load it with the command hanze load.")
        )
    else:
        try:
            zone = str(visit.site.zone)
            found = await visit.site.store.read(partial(reading.guess, name, body, zone))
        except HanzeError as error:
            filled.fail("file", error.detail)
    if not filled.good:
        return await visit.site.store.read(partial(_dropping, visit, filled, 422))
    drop = Drop(tokens.made(visit.site.chance), visit.principal.id, name, len(body), visit.now, found.feed)
    await visit.site.store.write(partial(drops.put, drop=drop, content=body))
    return RedirectResponse(visit.address(LOOK, drop=drop.id), 303)


async def look(visit: Visit) -> Response:
    _demand(visit)
    return await visit.site.store.read(partial(_look, visit))


def _mine(visit: Visit) -> Drop:
    return drops.find(visit.site.store.vault(DROPS), visit.asked("drop"), visit.principal.id)


def _look(visit: Visit) -> Response:
    drop = _mine(visit)
    body = drops.body(visit.site.store.vault(BODIES), drop.id)
    values: dict[str, Any] = {
        "drop": drop, "table": None, "refused": [], "problem": "",
        "mapping": visit.address(MAPPING, drop=drop.id) if drop.feed.table or drop.feed.mapping else "",
        "load": visit.address(LOAD, drop=drop.id), "back": visit.address(DROP),
    }  # fmt: skip
    try:
        first, found = reading.first(drop.name, body, drop.feed)
        values |= {
            "table": table(visit, first),
            "refused": found.refused[:5],
            "types": _types(visit, drop, found.entities),
        }
    except HanzeError as error:
        values |= {"problem": error.detail, "types": []}
    return HTMLResponse(visit.html("explore/look.html", **values))


def _types(visit: Visit, drop: Drop, entities: Any) -> list[tuple[str, bool]]:
    """What the things are, and whether everyone will see them."""
    public = {one.type for one in visit.site.access.policy.public if not one.tenant}
    found = dict.fromkeys(type for one in entities for type in one.types)
    return [(CORE.compact(type), type in public) for type in found]


def table(visit: Visit, first: list[First]) -> Table:
    """The first things as they would become."""
    names = list(dict.fromkeys(name for one in first for name in one.values))[:MOST_COLUMNS]
    say, known = visit.language.say, Names(visit)
    columns = [
        Column(say(_("Id"))),
        Column(say(_("Time"))),
        *(Column(say(terms.quantity(name).name)) for name in names),
    ]
    rows = [
        [
            Cell(one.id.removeprefix("urn:ngsi-ld:")),
            Cell("" if one.at is None else when(local(one.at, visit.site.zone), visit.language.words)),
            *(_cell(visit, one, name, known) for name in names),
        ]
        for one in first
    ]
    return Table(say(_("The first rows, as they would become")), columns, rows)


def _cell(visit: Visit, one: First, name: str, known: Names) -> Cell:
    parts = told(visit, name, one.values[name], known) if name in one.values else []
    return Cell(", ".join(part.text for part in parts))


async def correcting(visit: Visit) -> Response:
    _demand(visit)
    return await visit.site.store.read(partial(_correcting, visit))


def _correcting(visit: Visit) -> Response:
    drop, header = _mapped(visit)
    filled = mapping.form(drop.feed, header, visit.language.say).empty(mapping.answers(drop.feed, header))
    return _form(visit, drop, filled)


def _mapped(visit: Visit) -> tuple[Drop, list[str]]:
    """The drop and the columns of its table. Errors: ResourceNotFound where it needs no mapping."""
    drop = _mine(visit)
    if drop.feed.table is None and drop.feed.mapping is None:
        raise ResourceNotFound("This file needs no mapping.")
    if drop.feed.table is None:
        return drop, []
    body = reading.head(drop.name, drops.body(visit.site.store.vault(BODIES), drop.id))
    return drop, reading.header(body, drop.feed.table)


def _form(visit: Visit, drop: Drop, filled: Filled, status: int = 200) -> Response:
    values = {
        "name": drop.name,
        "filled": filled,
        "action": visit.address(MAPPING, drop=drop.id),
        "back": visit.address(LOOK, drop=drop.id),
    }
    return HTMLResponse(visit.html("explore/mapping.html", **values), status)


async def correct(visit: Visit, data: FormData) -> Response:
    """Keeps the mapping, and goes back to the first rows."""
    _demand(visit)
    drop, header = await visit.site.store.read(partial(_mapped, visit))
    filled = mapping.form(drop.feed, header, visit.language.say).read(data)
    made = mapping.corrected(drop.feed, header, filled) if filled.good else None
    if made is None:
        return _form(visit, drop, filled, 422)
    await visit.site.store.write(partial(_keep, visit, drop.id, made))
    return RedirectResponse(visit.address(LOOK, drop=drop.id), 303)


def _keep(visit: Visit, id: str, feed: Any, uow: UnitOfWork) -> None:
    """Errors: BadRequestData where it is being loaded by now."""
    if drops.find(uow.vault(DROPS), id, visit.principal.id).state not in ("new", "failed"):
        raise BadRequestData("The file is being loaded already.")
    uow.vault(REFUSED).delete({"drop_id": id})
    drops.change(uow, id, feed=msgspec.to_builtins(feed), state="new", done=0, total=0, news=0, refused=0, problem="")


async def nothing(visit: Visit) -> Response:
    """Loading has no page of its own."""
    raise ResourceNotFound("Load the file from its page.")


async def load(visit: Visit, data: FormData) -> Response:
    """Begins to load, and goes on to the page that tells how far it is."""
    _demand(visit)
    id = visit.asked("drop")
    ours = await visit.site.store.write(partial(_begin, visit, id))
    task = BackgroundTask(loading.run, visit, id) if ours else None
    # The address of the page knows from where and when, so that the page can tell how long it still takes.
    begun = await visit.site.store.read(partial(_mine, visit))
    to = visit.address(PROGRESS, drop=id, since=str(visit.now), first=str(begun.done))
    return RedirectResponse(to, 303, background=task)


def _begin(visit: Visit, id: str, uow: UnitOfWork) -> bool:
    ours = loading.begin(visit, id, uow)
    if ours:
        drop = drops.find(uow.vault(DROPS), id, visit.principal.id)
        audit.note(uow, visit.principal.id, "file loaded by page", drop.name, bytes=drop.size)
    return ours


async def progress(visit: Visit) -> Response:
    _demand(visit)
    return await visit.site.store.read(partial(_progress, visit))


def _progress(visit: Visit) -> Response:
    drop = _mine(visit)
    stopped = drop.interrupted(visit.now)
    values = {
        "drop": drop, "stopped": stopped, "left": "" if stopped else _left(visit, drop),
        "load": visit.address(LOAD, drop=drop.id), "look": visit.address(LOOK, drop=drop.id),
        "refused": visit.address(f"{REFUSALS}.csv", drop=drop.id), "here": visit.address(PROGRESS, drop=drop.id),
        "data": visit.address("data"), "most": drops.MOST_REFUSED,
    }  # fmt: skip
    # The browser asks again by itself, also without script.
    again = {"refresh": str(AGAIN)} if drop.state == "loading" and not stopped else {}
    return HTMLResponse(visit.html("explore/progress.html", **values), headers=again)


def _left(visit: Visit, drop: Drop) -> str:
    """How long the load still takes, in words; empty where that is not known."""
    since, first = (
        int(text) if text.isdecimal() and len(text) < 20 else -1 for text in map(visit.asked, ("since", "first"))
    )
    passed, done = (visit.now - since) / 1e6, drop.done - first
    if drop.state != "loading" or not drop.total or min(since, first) < 0 or passed <= 0 or done <= 0:
        return ""
    return visit.language.left(max(0, drop.total - drop.done) * passed / done)


async def refusals(visit: Visit) -> Response:
    """What was refused, as a file."""
    _demand(visit)
    if visit.format != "csv":
        raise ResourceNotFound("What was refused is a file.")
    return await visit.site.store.read(partial(_refusals, visit))


def _refusals(visit: Visit) -> Response:
    drop = _mine(visit)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([("place", "reason"), *drops.refused(visit.site.store.vault(REFUSED), drop.id)])
    return Response(
        text.getvalue().encode(),
        media_type=KINDS["csv"],
        headers={"content-disposition": 'attachment; filename="refused.csv"'},
    )
