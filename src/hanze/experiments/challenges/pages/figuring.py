# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of calls: how long an answer took, who applied and who won, per call and year; hidden where they tell of few."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from starlette.responses import HTMLResponse, Response

from hanze.experiments.challenges import deciding, keeping
from hanze.experiments.challenges.eligibility import KIND, PLACE, SIZE
from hanze.experiments.challenges.figures import VALUES, Dimension, Figures
from hanze.experiments.challenges.pages import shared
from hanze.experiments.model import CHALLENGE
from hanze.explore import data
from hanze.web.drawing.rows import Table
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = "challenges/figures"

FORMATS = ("csv", "json")
COLUMNS = ("what", "calls", "days", "dimension", "value", "applied", "won")

DIMENSIONS: Mapping[Dimension, str] = {
    "kind": _("Kind"), "size": _("Size"), "place": _("Seat"), "newcomer": _("Worked for the city before"),
}  # fmt: skip

NEWCOMER = {"yes": _("never"), "no": _("before")}

WORDS: Mapping[str, str] = {
    value: text for words in (KIND, SIZE, PLACE, NEWCOMER) for value, text in words.items()
}  # fmt: skip

HIDDEN = _("few")
"""In the place of a number that would tell of fewer than three."""


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    visit.site.access.note_read(visit.principal, "", (CHALLENGE.iri,))
    told = [
        (one, found.figures)
        for one in keeping.read(visit.site.store, visit.scope)
        if (found := deciding.decision(one)) is not None
    ]
    years = deciding.years(visit.site.store)
    if visit.format:
        named = [*((str(year), one) for year, one in years.items()), *((one.code, figures) for one, figures in told)]
        return data.records([row for what, one in named for row in _records(what, one)], COLUMNS, visit.format)
    values: dict[str, Any] = {
        "years": [(str(year), one, tables(visit, one)) for year, one in years.items()],
        "calls": [(shared.line(visit, one), figures, tables(visit, figures)) for one, figures in told],
        "days": lambda one: visit.language.words.number(round(one.days, 1)),
        "simulated": any(one.facts.simulated for one, _figures in told),
    }  # fmt: skip
    return HTMLResponse(visit.html("experiments/challenges/figures.html", **values))


def tables(visit: Visit, one: Figures) -> list[Table]:
    """One for each dimension of which something can be told."""
    say, made = visit.language.say, []
    for dimension, title in DIMENSIONS.items():
        rows = tuple(
            (say(_word(value)), _number(visit, applied), _number(visit, won))
            for value, applied, won in _values(one, dimension)
        )
        if {*one.by_applied[dimension], *one.by_won[dimension]} == {None}:
            continue
        made.append(Table(say(title), (say(title), say(_("Applied")), say(_("Chosen"))), rows))
    return made


def _values(one: Figures, dimension: Dimension) -> Iterator[tuple[str, int | None, int | None]]:
    return zip(VALUES[dimension], one.by_applied[dimension], one.by_won[dimension], strict=True)


def _word(value: str) -> str:
    return WORDS[value]


def _number(visit: Visit, count: int | None) -> str:
    return visit.language.say(HIDDEN) if count is None else str(count)


def _records(what: str, one: Figures) -> list[data.Record]:
    """`what`: a year, or the code of a challenge. The first row is of all; a number that is hidden is not there."""
    shared = {"what": what, "calls": one.calls, "days": one.days}
    rows: list[data.Record] = [{**shared, "dimension": "all", "value": "all", "applied": one.applied, "won": one.won}]
    for dimension in VALUES:
        for value, applied, won in _values(one, dimension):
            rows.append({**shared, "dimension": dimension, "value": value, "applied": applied, "won": won})
    return rows
