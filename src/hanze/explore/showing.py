# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was read for the page City now, as words, numbers and pictures of the visitor's language."""

from collections.abc import Sequence
from typing import Any

import msgspec

from hanze.explore import curve, drawn, sources
from hanze.explore.course import Period
from hanze.explore.curve import Course, Link
from hanze.explore.drawn import Drawn
from hanze.explore.measured import Measured
from hanze.explore.places import Place, Places
from hanze.store.base import Numbers
from hanze.web import background, terms
from hanze.web.drawing.words import measure
from hanze.web.room import Visit

LATE = 3 * 3_600_000_000
"""Microseconds; a value that is older is marked as old."""


class Seen(msgspec.Struct, frozen=True):
    """What was read for one visit: what can be chosen and what was, its places, and how it went at one of them. `head`: the number
    of the journal up to which it knows all."""

    head: int

    offers: list[Measured]
    chosen: Measured
    places: Places
    place: Place | None
    period: Period
    numbers: Numbers
    sources: list[sources.Source]


class Shown(msgspec.Struct, frozen=True):
    """A place as table and map show it: its value in the unit that people see, in words, when that was, and whether that is
    long ago."""

    place: Place
    value: float | None
    told: str
    when: str
    late: bool
    address: str


class Scale(msgspec.Struct, frozen=True):
    """How values become what people see: those with this code, times `factor`, are in `unit`."""

    code: str | None
    unit: str
    factor: float


def values(visit: Visit, seen: Seen) -> dict[str, Any]:
    """What the template needs."""
    scale = _scale(seen)
    shown = [_shown(visit, seen, one, scale) for one in seen.places.found]
    name = visit.language.say(terms.quantity(seen.chosen.attribute).name)
    return {
        "seen": seen,
        "name": name,
        "names": seen.chosen.names,
        "late": LATE // 1000,
        "scale": scale,
        "subjects": _subjects(visit, seen),
        "quantities": _quantities(visit, seen),
        "shown": shown,
        "map": _map(visit, shown, name, scale),
        "background": background.address(visit.site.background),
        "course": _course(visit, seen, name),
        "origins": [(one, _when(visit, one.newest)) for one in sources.origins(seen.places.found)],
        "sources": [(one, _when(visit, one.newest)) for one in seen.sources],
        "simulated": any(one.simulated for one in seen.places.found),
        "data": _query(seen, place=""),
    }


def _query(seen: Seen, **more: str) -> dict[str, str]:
    """The parameters of the address of what is seen, with others in their place."""
    type, value = seen.chosen.names
    place = "" if seen.place is None else seen.place.id
    return {"type": type, "value": value, "place": place, "range": seen.period.span, "until": seen.period.until, **more}


def _scale(seen: Seen) -> Scale:
    """The unit that most values have; what is in another one is not shown beside them."""
    usual = drawn.usual(seen.places.found)
    return Scale(usual, *terms.shown(usual, terms.quantity(seen.chosen.attribute)))


def _when(visit: Visit, moment: int | None) -> str:
    return "" if moment is None else visit.language.when(moment, visit.now, visit.site.zone)


def _subjects(visit: Visit, seen: Seen) -> list[Link]:
    """All subjects; each leads to what is asked for first of it."""
    firsts = {one.type: one for one in reversed(seen.offers)}
    types = dict.fromkeys(one.type for one in seen.offers)
    return [
        Link(
            visit.language.say(terms.subject(type)),
            visit.address("now", **_named(firsts[type])),
            type == seen.chosen.type,
        )
        for type in types
    ]


def _quantities(visit: Visit, seen: Seen) -> list[Link]:
    """What is measured of the subject that was chosen."""
    return [
        Link(
            visit.language.say(terms.quantity(one.attribute).name),
            visit.address("now", **_named(one)),
            one == seen.chosen,
        )
        for one in seen.offers
        if one.type == seen.chosen.type
    ]


def _named(one: Measured) -> dict[str, str]:
    type, value = one.names
    return {"type": type, "value": value}


def _shown(visit: Visit, seen: Seen, one: Place, scale: Scale) -> Shown:
    value = one.value * scale.factor if one.value is not None and one.unit == scale.code else None
    words = visit.language.words
    return Shown(
        place=one,
        value=value,
        told=words.no_data if value is None else measure(words.number(value), scale.unit),
        when=_when(visit, one.moment),
        late=one.moment is not None and visit.now - one.moment > LATE,
        address=visit.address("now", **_query(seen, place=one.id)) + "#course",
    )


def _map(visit: Visit, shown: Sequence[Shown], name: str, scale: Scale) -> Drawn | None:
    return drawn.places(visit, [(one.place, one.value) for one in shown], name, scale.unit)


def _course(visit: Visit, seen: Seen, name: str) -> Course | None:
    if seen.place is None:
        return None
    here = _query(seen)
    quantity = terms.quantity(seen.chosen.attribute)
    return curve.course(
        visit, f"{name}, {seen.place.name}", seen.place.name, seen.numbers, seen.period, quantity,
        lambda **more: visit.address("now", **{**here, **more}) + "#course", here,
    )  # fmt: skip
