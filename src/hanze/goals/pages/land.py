# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of what the land of an area is used for: by year, what became what, the urban edge, and farmland that was lost."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import fsum
from typing import Any

import msgspec
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.explore import data
from hanze.goals.areas.land import USES as KINDS
from hanze.goals.keeping import land
from hanze.goals.keeping.land import Pair
from hanze.goals.land import change
from hanze.goals.land.change import ELSE, Changes
from hanze.goals.model import AREA, CHANGE
from hanze.goals.pages import told
from hanze.goals.pages.told import Place
from hanze.goals.pages.uses import KM, KM2, NONE, USES, surface
from hanze.web.drawing import bars
from hanze.web.drawing.bars import Bars, Group
from hanze.web.drawing.rows import Table
from hanze.web.drawing.words import measure
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "goals/land"

FORMATS = ("csv", "json", "parquet")
COLUMNS = ("area", "since", "until", "before", "after", "km2")

WIDTHS = {"phone": 358.0, "wide": 700.0}


class Seen(msgspec.Struct, frozen=True):
    """`used` and `edges`: km² by use and km of edge, by year; `pair`: the years that are compared, None where there is one
    map only."""

    area: Place
    above: list[Place]
    used: Mapping[int, Mapping[str, float]]
    edges: Mapping[int, float]
    pair: Pair | None
    changes: Changes

    @property
    def years(self) -> list[int]:
        return sorted(self.used)


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (AREA.iri, CHANGE.iri))
    seen = _read(visit)
    if visit.format:
        return data.records(_records(seen), COLUMNS, visit.format)
    return HTMLResponse(visit.html("goals/land.html", **_values(visit, seen)))


def _read(visit: Visit) -> Seen:
    """Errors: ResourceNotFound for an area or years that are not there."""
    code = visit.asked("area")
    area = told.place(visit, code) if code else told.city(visit)
    if area is None:
        raise ResourceNotFound("The city has told no areas yet.")
    leaves = told.within(visit, area, most=1 << 30) or [area]
    used: dict[int, dict[str, list[float]]] = {}
    lengths: dict[int, list[float]] = {}
    for leaf in leaves:
        for year, uses in (leaf.facts.landUse or {}).items():
            for use, size in uses.items():
                used.setdefault(int(year), {}).setdefault(use, []).append(size)
        for year, length in (leaf.facts.urbanEdge or {}).items():
            lengths.setdefault(int(year), []).append(length)
    pair = _pair(visit, sorted(used))
    city = told.known(visit).city
    found = land.changes(visit.site.store, city, [one.code for one in leaves], pair, visit.scope) if pair else []
    sums = {year: {use: fsum(sizes) for use, sizes in uses.items()} for year, uses in used.items()}
    edges = {year: fsum(each) for year, each in lengths.items()}
    return Seen(area, told.above(visit, area), sums, edges, pair, change.together(found))


def _pair(visit: Visit, years: Sequence[int]) -> Pair | None:
    """The years that the address asks for, else the last two maps."""
    asked = visit.asked("since"), visit.asked("until")
    pairs = land.pairs(years)
    if asked == ("", ""):
        return (years[-2], years[-1]) if pairs else None
    found = next((one for one in pairs if (str(one[0]), str(one[1])) == asked), None)
    if found is None:
        raise ResourceNotFound("There are no maps of these years.")
    return found


def _records(seen: Seen) -> list[dict[str, object]]:
    if seen.pair is None:
        return []
    return [
        {"area": seen.area.code, "since": seen.pair[0], "until": seen.pair[1], "before": one, "after": other, "km2": round(size, 6)}
        for one, row in seen.changes.items() for other, size in row.items()
    ]  # fmt: skip


def _values(visit: Visit, seen: Seen) -> dict[str, Any]:
    words, drawn = visit.language.words, _bars(visit, seen)
    return {
        "area": seen.area, "above": seen.above, "years": seen.years, "pair": seen.pair,
        "pictures": {size: Markup(bars.draw(drawn, wide, words, f"land-{size}")) for size, wide in WIDTHS.items()},
        "uses": bars.table(drawn, visit.language.say(_("Use")), words), "matrix": _matrix(visit, seen),
        "sentences": _sentences(visit, seen), "pairs": _pairs(visit, seen),
        "asked": {"area": seen.area.code, "since": visit.asked("since"), "until": visit.asked("until")},
    }  # fmt: skip


def _bars(visit: Visit, seen: Seen) -> Bars:
    say = visit.language.say
    kinds = [use for use in KINDS if any(use in uses for uses in seen.used.values())]
    groups = [Group(say(USES[use]), [seen.used[year].get(use, 0.0) for year in seen.years]) for use in kinds]
    return Bars(say(_("Use of the land by year")), [str(year) for year in seen.years], groups, KM2)


def _pairs(visit: Visit, seen: Seen) -> list[tuple[str, str, bool]]:
    """Which years may be compared; empty where there is no choice."""
    found = land.pairs(seen.years)
    if len(found) < 2:
        return []
    code = seen.area.code
    return [
        (
            f"{one}\u2013{other}",
            visit.address(PATH, area=code, since=str(one), until=str(other)),
            (one, other) == seen.pair,
        )
        for one, other in found
    ]


def _matrix(visit: Visit, seen: Seen) -> Table | None:
    """A row for each use before, a column for each use after; what stayed stands on the diagonal."""
    if seen.pair is None:
        return None
    say, changes = visit.language.say, seen.changes
    rows = [use for use in (*KINDS, ELSE) if use in changes]
    columns = [use for use in (*KINDS, ELSE) if any(use in row for row in changes.values())]
    caption = say(
        _("What the land was in %(before)s (rows), and what it is in %(after)s (columns), in square kilometres")
    )
    head = (say(_("From")), *(say(USES[use]) for use in columns), say(_("Together")))
    whole = {use: fsum(changes[row].get(use, 0.0) for row in rows) for use in columns}
    told = [_row(visit, say(USES[use]), changes[use], columns) for use in rows]
    told.append(_row(visit, say(_("Together")), whole, columns))
    return Table(caption % {"before": seen.pair[0], "after": seen.pair[1]}, head, tuple(told))


def _row(visit: Visit, name: str, row: Mapping[str, float], columns: Sequence[str]) -> tuple[str, ...]:
    words = visit.language.words
    cells = (words.fixed(row[one], 2) if row.get(one, 0.0) >= 0.005 else "" for one in columns)
    return (name, *cells, words.fixed(fsum(row.values()), 2))


def _sentences(visit: Visit, seen: Seen) -> list[str]:
    """What changed, in words: farmland first, then the edge."""
    if seen.pair is None:
        return []
    found = [_farmland(visit, seen.changes)]
    length = [seen.edges.get(year, 0.0) for year in seen.pair]
    moved = change.outwards(seen.changes, *length)
    if moved is not None:
        found += _edge(visit, length, moved)
    return found


def _farmland(visit: Visit, changes: Changes) -> str:
    say, words = visit.language.say, visit.language.words
    others = [use for use in KINDS if use != "farmland"]
    lost, come = change.between(changes, ["farmland"], others), change.between(changes, others, ["farmland"])
    told = say(_("No farmland was lost."))
    if lost >= NONE:
        told = say(_("%(lost)s of farmland became something else.")) % {"lost": surface(words, lost)}
    if come >= NONE:
        told += " " + say(_("%(come)s of new farmland came.")) % {"come": surface(words, come)}
    return told


def _edge(visit: Visit, length: Sequence[float], moved: float) -> list[str]:
    say, words = visit.language.say, visit.language.words
    first, last = (measure(words.fixed(one, 1), KM) for one in length)
    found = [
        say(_("The urban edge, where homes and work meet fields and nature, was %(first)s long and is %(last)s now."))
        % {"first": first, "last": last}
    ]
    metres = measure(words.fixed(abs(moved), 0), "m")
    if abs(moved) >= 0.5:
        text = _("It moved out by %(metres)s on average.") if moved > 0 else _("It moved in by %(metres)s on average.")
        found.append(say(text) % {"metres": metres})
    return found
