# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The access log in plain words, for who oversees: who read what, when and how often."""

from collections.abc import Mapping
from functools import partial

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.access import log
from hanze.access.log import Entry
from hanze.access.principal import OVERSEE
from hanze.explore import course
from hanze.explore.data import KINDS
from hanze.ngsild import times
from hanze.web import terms
from hanze.web.drawing.times import date, local
from hanze.web.language import mark as _
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Visit
from hanze.web.tables import Cell, Column, Table

MOST = 50_000
"""Entries of one day that are looked at."""

MOST_ROWS = 300


class Reads(msgspec.Struct):
    """What one reader read of one subject in a day: how often, and from when to when, microseconds. `calls`: what is counted
    are requests by a key of an agreement, of whatever subject, also those that were refused."""

    reader: str
    types: tuple[str, ...]
    attributes: tuple[str, ...]
    limits: str
    count: int
    first: int
    last: int
    agreed: bool = False
    calls: bool = False


async def answer(visit: Visit) -> Response:
    visit.site.access.demand(visit.principal, OVERSEE, "")
    return await visit.site.store.read(partial(_answer, visit))


def _answer(visit: Visit) -> Response:
    today = local(visit.now, visit.site.zone).date().isoformat()
    period = course.period("day", visit.asked("until") or today, visit.now, visit.site.zone)
    assert period.start is not None and period.end is not None
    entries = [one for one in log.entries(visit.site.store, since=period.start, limit=MOST) if one.minute < period.end]
    found = summed(entries)
    if visit.format:
        return Response(msgspec.json.encode([_record(one) for one in entries]), media_type=KINDS["json"])
    day = local(period.start, visit.site.zone)
    before, after = course.steps(period, visit.now, visit.site.zone)
    values = {
        "day": date(day, visit.language.words),
        "table": _table(visit, found[:MOST_ROWS]) if found else None,
        "more": max(0, len(found) - MOST_ROWS),
        "before": visit.address("access-log", until=before),
        "after": visit.address("access-log", until=after or "") if period.until < today else "",
        "file": visit.address("access-log.json", until=period.until),
    }
    return HTMLResponse(visit.html("explore/reads.html", **values))


def summed(entries: list[Entry]) -> list[Reads]:
    """The minutes taken together, who read most first."""
    found: dict[tuple[object, ...], Reads] = {}
    for one in entries:
        limits = ", ".join(part for part in (one.area, one.period) if part)
        of = (one.principal, tuple(one.types), tuple(one.attributes), limits)
        by = bool(one.agreement), bool(one.calls)
        made = found.setdefault((*of, *by), Reads(*of, 0, one.minute, one.minute, *by))
        made.count, made.last = made.count + one.reads + one.calls, max(made.last, one.minute)
    return sorted(found.values(), key=lambda one: (-one.count, one.reader))


def _table(visit: Visit, found: list[Reads]) -> Table:
    say, words = visit.language.say, visit.language.words
    names = {one.principal.name: one.name for one in people.every(visit.site.store.vault(PEOPLE))}

    def named(attribute: str) -> str:
        return say(terms.quantity(attribute).name)

    columns = (
        Column(say(_("Who"))),
        Column(say(_("What"))),
        Column(say(_("Of it"))),
        Column(say(_("How often")), number=True),
        Column(say(_("When"))),
    )
    rows = [
        (
            Cell(_who(visit, one, names)),
            Cell(_what(visit, one)),
            Cell("" if one.calls else ", ".join(map(named, one.attributes)) or say(_("everything"))),
            Cell(words.number(one.count)),
            Cell(_when(visit, one)),
        )
        for one in found
    ]
    return Table(say(_("Who read what")), columns, rows)


def _who(visit: Visit, one: Reads, names: Mapping[str, str]) -> str:
    say = visit.language.say
    if one.reader == "anyone":
        return say(_("everyone, without a key"))
    name = names.get(one.reader, one.reader)
    return say(_("{name}, by an agreement")).format(name=name) if one.agreed else name


def _what(visit: Visit, one: Reads) -> str:
    say = visit.language.say
    if one.calls:
        return say(_("all requests together, also those that were refused"))
    return ", ".join(say(terms.subject(type)) for type in one.types) or say(_("all subjects"))


def _when(visit: Visit, one: Reads) -> str:
    first, last = (local(moment, visit.site.zone).strftime("%H:%M") for moment in (one.first, one.last))
    return first if first == last else f"{first}\u2013{last}"


def _record(one: Entry) -> dict[str, object]:
    return {**msgspec.structs.asdict(one), "minute": times.text(one.minute)}
