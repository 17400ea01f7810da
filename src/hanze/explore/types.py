# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of all data: which types of things there are, how many, and who may see them."""

from functools import partial

from starlette.responses import HTMLResponse, Response

from hanze.explore import catalogue, data, rights
from hanze.web import terms
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Table


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    kinds = catalogue.kinds(visit.site.store, visit.scope)
    if visit.format:
        return _file(kinds, visit.format)
    values = {"table": _table(visit, kinds) if kinds else None, "loads": rights.loads(visit)}
    return HTMLResponse(visit.html("explore/types.html", **values))


def _table(visit: Visit, kinds: list[catalogue.Kind]) -> Table:
    say, words = visit.language.say, visit.language.words
    public = {one.type for one in visit.site.access.policy.public if not one.tenant}
    rows = [
        (
            Cell(say(terms.subject(one.type)), visit.address("data/type", type=one.name)),
            Cell(one.name),
            Cell(words.number(one.count)),
            Cell(say(_("everyone") if one.type in public else _("with a right only"))),
        )
        for one in kinds
    ]
    columns = (
        Column(say(_("What"))),
        Column(say(_("Type"))),
        Column(say(_("How many")), number=True),
        Column(say(_("Who sees it"))),
    )
    return Table(say(_("All data that you may see")), columns, rows)


def _file(kinds: list[catalogue.Kind], ending: str) -> Response | Rows:
    return data.records(({"type": one.name, "count": one.count} for one in kinds), ("type", "count"), ending)
