# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all indicators that people enter, and many numbers at once from a table: seen first, then kept, all or nothing."""

from collections.abc import Sequence
from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.access import audit
from hanze.goals.entering import ACT, asking, reading, showing, table
from hanze.goals.entering.asking import ENTERERS
from hanze.goals.entering.table import MOST_BYTES, Problem, Read
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import entered
from hanze.goals.keeping.entered import Number
from hanze.goals.pages import numbers, told, wording
from hanze.store.base import UnitOfWork
from hanze.web.forms import Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Table

FORM = Form(
    (
        Field(
            name="file", label=_("Table"), kind="file",
            help=_("CSV, at most 512 kB. You first see what is in it; nothing is kept before you say so."),
        ),
    ),
    _("Look at it"),
)  # fmt: skip

MOST_SENT = 8 * MOST_BYTES
"""Bytes of a form: where a table is sent once more to be kept, signs are written as three."""

MOST_SHOWN = 100
"""Rows or problems on a page."""

SECONDS = 30.0


class Waiting(msgspec.Struct, frozen=True):
    """An indicator that people enter, and its number for the city."""

    name: str
    address: str
    number: numbers.Number


def overview(visit: Visit, filled: Filled, problems: Sequence[Problem] = ()) -> Response:
    """Those without a number come first."""
    known = [one for one in told.known(visit).indicators.values() if reading.entered(one)]
    city = told.city(visit)
    area = told.code_of(city)
    values = told.found(visit, [one.code for one in known], [area])
    rows = [_waiting(visit, one, values.get((one.code, area))) for one in known]
    rows.sort(key=lambda row: (bool(row.number.told), row.name.casefold()))
    shown = {
        "rows": rows, "filled": filled, "problems": [_problem(visit, one) for one in problems[:MOST_SHOWN]],
        "left": max(0, len(problems) - MOST_SHOWN), "blank": visit.address("goals/enter.csv"),
        "kept": visit.asked("kept") if visit.asked("kept").isdecimal() else "",
        "grades": wording.GRADES,
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/entering/all.html", **shown), 200 if filled.good else 422)


def _waiting(visit: Visit, one: Definition, value: told.Value | None) -> Waiting:
    address = visit.address("goals/enter", indicator=one.code)
    return Waiting(one.name[visit.language.code], address, numbers.number(visit, one, value))


def _problem(visit: Visit, one: Problem) -> tuple[int, str, str]:
    return one.line, one.column, one.told(visit.language.say)


def template(visit: Visit) -> Response:
    """An empty table; spreadsheets know UTF-8 by the mark at its beginning."""
    language = visit.language
    delimiter = ";" if language.words.decimal == "," else ","
    text = "\ufeff" + table.template(told.known(visit).indicators, language.code, delimiter)
    named = {"content-disposition": 'attachment; filename="numbers.csv"'}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=named)


async def take(visit: Visit, data: FormData) -> Response:
    """Shows what is in a table, or keeps it."""
    if isinstance(text := data.get("text"), str):
        return await _keep(visit, text, str(data.get("name", ""))[:200])
    filled = FORM.read(data)
    file = filled.files.get("file")
    if file is None:
        filled.fail("file", _("Choose a file."))
        return await visit.site.store.read(partial(overview, visit, filled))
    body = await file.read(MOST_BYTES + 1)
    found = await _read(visit, body)
    if found.problems:
        return await _refused(visit, filled, found)
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return await visit.site.store.read(partial(_check, visit, found, table.text(body), name))


async def _read(visit: Visit, body: bytes) -> Read:
    """In a worker, for a long table takes a while."""
    ground = await visit.site.store.read(partial(asking.ground, visit))
    return await visit.site.compute.run(table.read, body, ground, seconds=SECONDS, asker=visit.asker)


async def _refused(visit: Visit, filled: Filled, found: Read) -> Response:
    said = visit.language.say(_("Nothing was kept. Faults in the table: %(count)s. They stand below."))
    filled.fail("file", said % {"count": len(found.problems)})
    return await visit.site.store.read(partial(overview, visit, filled, found.problems))


def _check(visit: Visit, found: Read, text: str, name: str) -> Response:
    values = {
        "name": name, "count": len(found.numbers), "empty": found.empty, "table": _table(visit, found.numbers[:MOST_SHOWN]),
        "left": max(0, len(found.numbers) - MOST_SHOWN), "same": {"text": text, "name": name}, "back": visit.address("goals/enter"),
    }  # fmt: skip
    return HTMLResponse(visit.html("goals/entering/table.html", **values))


def _table(visit: Visit, found: Sequence[Number]) -> Table:
    say, known, ground = visit.language.say, told.known(visit), asking.ground(visit)
    columns = [_("What"), _("Area"), _("Period"), _("Number"), _("How sure"), _("Where from")]
    rows = []
    for each in found:
        one = known[each.code]
        part = next(part for part in one.part if part.name == each.part)
        cells = (
            (part.asks or one.name)[visit.language.code], ground.areas[each.area], showing.period(visit, one, each.start),
            showing.number(visit, one, each.part, each.number), say(wording.GRADES[each.grade]), each.source,
        )  # fmt: skip
        rows.append([Cell(cell) for cell in cells])
    return Table(say(_("The first numbers, as they would be kept")), [Column(say(name)) for name in columns], rows)


async def _keep(visit: Visit, text: str, name: str) -> Response:
    """It is read once more, for what can be entered may have changed."""
    found = await _read(visit, text.encode())
    if found.problems:
        return await _refused(visit, FORM.empty(), found)

    def work(uow: UnitOfWork) -> None:
        role = next(one for one in ENTERERS if visit.has_role((one,)))
        entered.write(uow, told.known(visit).city, found.numbers, role)
        audit.note(uow, visit.principal.id, ACT, name, count=len(found.numbers))

    await visit.site.store.write(work)
    return RedirectResponse(visit.address("goals/enter", kept=str(len(found.numbers))), 303)
