# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the sources: what each brings, how fresh it is, and for staff what is to be repaired."""

from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.explore import data, rights, sources
from hanze.explore.sources import Source
from hanze.feeds import sentences
from hanze.feeds.health import SOURCE
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.outgoing import destination
from hanze.web import terms
from hanze.web.drawing.times import date, local
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit
from hanze.web.sayings import Sayings
from hanze.web.steps import SETTERS

SAYINGS = Sayings((*sentences.GAPPED, *destination.GAPPED))
"""How sources tell what is the matter with them."""

COLUMNS = ("name", "provider", "licence", "status", "newest", "since", "taken", "refused", "brings")


class Shown(msgspec.Struct, frozen=True):
    """A source in words. `brings`: subjects with the addresses of their pages; `repair`: what is wrong and what to do, each with
    the code of its language, for staff only."""

    source: Source
    newest: str
    since: str
    brings: list[tuple[str, str]]
    repair: list[tuple[str, str]]


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    store, scope = visit.site.store, visit.scope
    found, brought = sources.read(store, scope), sources.brought(store, scope)
    visit.site.access.note_read(visit.principal, "", (SOURCE,))
    if visit.format:
        return _file(found, brought, visit.format)
    shown = [_shown(visit, one, brought.get(one.name, [])) for one in found]
    values = {"shown": shown, "staff": rights.oversees(visit), "keeps": visit.has_role(SETTERS)}
    return HTMLResponse(visit.html("explore/sources.html", **values))


def _shown(visit: Visit, one: Source, types: list[str]) -> Shown:
    language, zone = visit.language, visit.site.zone
    public = {part.type for part in visit.site.access.policy.public}
    staff = rights.oversees(visit)
    brings = [
        (language.say(terms.subject(type)), visit.address("data/type", type=CORE.compact(type)))
        for type in types
        if staff or type in public
    ]
    wrong = one.status in ("late", "failing") or one.refused
    return Shown(
        source=one,
        newest="" if one.newest is None else language.when(one.newest, visit.now, zone),
        since=date(local(one.since, zone), language.words),
        brings=brings,
        repair=[SAYINGS.say(language, text) for text in (one.detail, one.advice) if text and staff and wrong],
    )


def _file(found: list[Source], brought: dict[str, list[str]], ending: str) -> Response | Rows:
    records: list[data.Record] = []
    for one in found:
        brings = [CORE.compact(type) for type in brought.get(one.name, [])]
        made = {
            "newest": None if one.newest is None else times.text(one.newest), "since": times.text(one.since),
            "brings": brings if ending == "json" else " ".join(brings),
        }  # fmt: skip
        records.append({name: made.get(name, getattr(one, name, None)) for name in COLUMNS})
    return data.records(records, COLUMNS, ending)
