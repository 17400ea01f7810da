# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers of an indicator as pages write them: one in words, and those of several areas as rows."""

from collections.abc import Sequence

import msgspec

from hanze.goals.areas import spread
from hanze.goals.indicators import judging
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import told, wording
from hanze.goals.pages.told import Place, Value
from hanze.goals.sdsn.marks import Colour
from hanze.ngsild import times
from hanze.web.room import Visit


class Number(msgspec.Struct, frozen=True):
    """A number as people read it: `told` with its unit, empty where there is none, and then `why`; `word` says how good it is."""

    told: str
    colour: Colour
    word: str
    when: str
    why: str


class Row(msgspec.Struct, frozen=True):
    """The number of an area; `address`: of the same indicator there."""

    area: Place
    address: str
    value: float | None
    number: Number


class Spread(msgspec.Struct, frozen=True):
    """How the areas differ: best and worst of those that have a number, how far they are apart, the Gini coefficient, and how many
    in a hundred residents live where the number is not good; empty where that cannot be told."""

    best: Row
    worst: Row
    gap: str
    gini: str
    share: str


def number(visit: Visit, one: Definition, value: Value | None) -> Number:
    language = visit.language
    if value is None:
        return Number("", "gray", language.say(wording.COLOURS["gray"]), "", language.say(wording.WHY["no value"]))
    colour = judging.colour(one, value.value)
    # A number that was entered for an earlier period is told with that one.
    since = value.receipt.since
    start, end = (times.parse(since),) * 2 if since else (value.start, value.end)
    when = wording.period(language, one.period, start, end, visit.now, visit.site.zone)
    said = "" if value.value is None else wording.number(language, one, value.value)
    why = "" if value.value is not None else language.say(wording.WHY.get(value.receipt.why, wording.WHY["no number"]))
    return Number(said, colour, language.say(wording.COLOURS[colour]), when, why)


def between(visit: Visit, one: Definition, value: Value | None) -> tuple[str, str] | None:
    """Where the number lies for what is missing, where that is seen in its decimals."""
    if value is None or value.receipt.low is None or value.receipt.high is None:
        return None
    low, high = (wording.number(visit.language, one, end) for end in (value.receipt.low, value.receipt.high))
    return None if low == high else (low, high)


def rows(visit: Visit, one: Definition, areas: Sequence[Place]) -> list[Row]:
    """Of these areas, the best first; those without a number come last."""
    found = told.found(visit, [one.code], [area.code for area in areas])
    made = [_row(visit, one, area, found.get((one.code, area.code))) for area in areas]
    sign = -1 if one.better == "more" else 1
    return sorted(made, key=lambda row: (row.value is None, sign * (row.value or 0.0), row.area.name.casefold()))


def _row(visit: Visit, one: Definition, area: Place, value: Value | None) -> Row:
    address = visit.address("goals/indicator", code=one.code, area=area.code)
    return Row(area, address, None if value is None else value.value, number(visit, one, value))


def spreading(visit: Visit, one: Definition, rows: Sequence[Row]) -> Spread | None:
    """None where fewer than two areas have a number."""
    there = [row for row in rows if row.value is not None]
    if len(there) < 2:
        return None
    words = visit.language.words
    living = [
        spread.Value(row.area.code, row.value, people)
        for row in there
        if row.value is not None and (people := row.area.facts.population) is not None
    ]
    whole = len(living) == len(there)
    gini = spread.gini(living) if whole and all(value.value >= 0 for value in living) else None
    beyond = spread.over if one.better == "less" else spread.under
    share = beyond(living, one.scale.green) if whole else None
    first, last = there[0], there[-1]
    assert first.value is not None and last.value is not None
    return Spread(
        first, last, wording.number(visit.language, one, abs(first.value - last.value)),
        "" if gini is None else words.fixed(gini, 2), "" if share is None else words.fixed(100 * share, 0) + "%",
    )  # fmt: skip
