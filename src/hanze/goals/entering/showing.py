# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was entered, as pages show it, and what a number that is about to be entered would make."""

from collections.abc import Mapping, Sequence

import msgspec

from hanze.goals.computing.compute import period as period_of
from hanze.goals.entering import asking, reading
from hanze.goals.entering.reading import Ground
from hanze.goals.indicators.definition import Definition
from hanze.goals.indicators.formula import Formula
from hanze.goals.keeping import entered
from hanze.goals.keeping.entered import Number, Version
from hanze.goals.pages import told, wording
from hanze.ngsild.units import symbol
from hanze.web.drawing.words import measure
from hanze.web.room import Visit

MOST = 60
"""Rows of what was entered; the earliest are left out."""

Versions = Mapping[tuple[str, int], Mapping[str, Sequence[Version]]]
"""By area and start of the period, then by part: all versions in the order in which they were entered."""


class Row(msgspec.Struct, frozen=True):
    """What was entered for an area and a period. `before`: numbers that were corrected; `address`: where it is corrected."""

    place: str
    period: str
    numbers: list[str]
    before: list[str]
    grade: str
    source: str
    when: str
    counts: bool
    address: str


def versions(visit: Visit, one: Definition) -> Versions:
    store, scope = visit.site.store, visit.scope
    found: dict[tuple[str, int], dict[str, list[Version]]] = {}
    for id, facts in entered.of(store, scope, one.code):
        for version in entered.versions(store, scope, id):
            parts = found.setdefault((facts.area, version.start), {})
            parts.setdefault(facts.part, []).append(version)
    return found


def rows(visit: Visit, one: Definition, ground: Ground, known: Versions) -> list[Row]:
    """The latest periods first, and in each the city first."""
    order = {code: number for number, code in enumerate(ground.areas)}
    there = sorted((key for key in known if key[0] in order), key=lambda key: (-key[1], order[key[0]]))
    return [_row(visit, one, ground, key, known[key]) for key in there[:MOST]]


def _row(
    visit: Visit, one: Definition, ground: Ground, key: tuple[str, int], told: Mapping[str, Sequence[Version]]
) -> Row:
    area, start = key
    parts = [part for part in reading.entered(one) if part.name in told]
    last = max((versions[-1] for versions in told.values()), key=lambda version: version.at)
    before = [number(visit, one, part.name, version.number) for part in parts for version in told[part.name][:-1]]
    written = reading.written(period_of(one, start, visit.site.zone), one)
    address = visit.address("goals/enter", indicator=one.code, area=area, period=written)
    return Row(
        place=ground.areas[area], period=period(visit, one, start),
        numbers=[number(visit, one, part.name, told[part.name][-1].number) for part in parts],
        before=before, grade=wording.GRADES[last.grade], source=last.source,
        when=visit.language.when(last.at, visit.now, visit.site.zone), counts=last.counts, address=address,
    )  # fmt: skip


def period(visit: Visit, one: Definition, start: int) -> str:
    """The one that begins then, in words."""
    found = period_of(one, start, visit.site.zone)
    kind = "day" if one.period == "now" else one.period
    return wording.period(visit.language, kind, found.start, found.end, visit.now, visit.site.zone)


def number(visit: Visit, one: Definition, part: str, value: float) -> str:
    """A number as it was entered, with its unit."""
    unit = next((symbol(each.unit) for each in one.part if each.name == part), "")
    words = visit.language.words
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return measure(words.fixed(value, decimals), "" if unit == "1" else unit)


def typed(visit: Visit, value: float) -> str:
    """A number as a person would write it in a field: without a sign between thousands, and never one that reads two ways."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, point, rest = text.partition(".")
    return whole + visit.language.words.decimal + rest + ("0" if len(rest) == 3 else "") if point else whole


def answers(visit: Visit, one: Definition, told: Mapping[str, Sequence[Version]]) -> dict[str, str]:
    """The form as it would be filled in to enter the same again."""
    last = max((versions[-1] for versions in told.values()), key=lambda version: version.at)
    found = {asking.NUMBER + part: typed(visit, versions[-1].number) for part, versions in told.items()}
    return {**found, "grade": last.grade, "source": last.source}


def result(visit: Visit, one: Definition, numbers: Sequence[Number]) -> float | None:
    """What the numbers of one area and period make; None where it cannot be told before it is worked out."""
    parts: dict[str, float | None] = {each.part: each.number for each in numbers}
    if not one.formula:
        return parts.get(one.part[0].name)
    if not all(part.name in parts for part in one.part):
        return None
    formula = Formula(one.formula)
    return formula({**parts, **_given(visit, numbers[0].area, formula.names)})


def _given(visit: Visit, area: str, names: frozenset[str]) -> dict[str, float | None]:
    """Residents and land of an area, as far as the formula asks for them."""
    place = told.city(visit) if names & {"people", "surface"} else None
    if place is not None and place.code != area:
        place = told.place(visit, area)
    leaves = [] if place is None else told.within(visit, place) or [place]
    people = [one.facts.population for one in leaves]
    surfaces = [one.facts.surface or 0.0 for one in leaves]
    return {
        "people": sum(filter(None, people)) if people and None not in people else None,
        "surface": sum(surfaces) or None,
    }
