# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the front page: a field to find what is near, what is measured now in sentences, and a calm map."""

from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from hanze.explore import sources, tidings
from hanze.explore.measured import Measured
from hanze.explore.telling import Teller
from hanze.explore.tidings import Odd, Tiding
from hanze.explore.usual import Memory
from hanze.web import terms
from hanze.web.drawing import map
from hanze.web.drawing.svg import Size
from hanze.web.drawing.words import measure
from hanze.web.language import mark as _
from hanze.web.room import Slot, Visit

MAPS = {"phone": Size(358, 300), "wide": Size(492, 520)}

WORDS = {
    "as usual": (_("as usual"), "→"),
    "higher": (_("higher than usual"), "↑"),
    "lower": (_("lower than usual"), "↓"),
}
NEW = (_("too new to compare"), "")
STALE = (_("nothing new"), "")


class Row(msgspec.Struct, frozen=True):
    """A subject in one sentence: `word` and `arrow` say how it compares. `value` is empty where there is nothing new, `low`
    where there is nothing to compare with, `place` where the subject is one."""

    subject: str
    address: str
    what: str
    word: str
    arrow: str
    value: str
    place: str
    count: int
    low: str
    high: str
    days: int
    when: str


class Drawer:
    """What a visitor sees of it; it remembers what was usual."""

    def __init__(self) -> None:
        self._memory = Memory()

    def __call__(self, visit: Visit) -> Mapping[Slot, Markup]:
        site = visit.site
        return _drawn(visit, tidings.read(site.store, visit.scope, visit.now, site.zone, self._memory))


def _drawn(visit: Visit, told: list[Tiding]) -> Mapping[Slot, Markup]:
    site = visit.site
    asking = visit.html("explore/front/ask.html", asked="")
    if not told:
        return {"ask": Markup(asking)} if site.background.areas else {}
    for one in told:
        site.access.note_read(visit.principal, "", (one.measured.type,), (one.measured.attribute,))
    values: dict[str, Any] = {
        "rows": [_row(visit, one) for one in told],
        "odd": [_odd(visit, one) for one in tidings.odd(told)],
        "compared": any(one.usual for one in told),
        "origins": sources.origins(place for one in told for place in one.looked),
        "simulated": any(place.simulated for one in told for place in one.read),
        "map": _map(visit, told[0]),
        "title": _title(visit, told[0].measured),
    }
    return {
        "ask": Markup(asking + visit.html("explore/front/simulated.html", **values)),
        "said": Markup(visit.html("explore/front/said.html", **values)),
        "beside": Markup(visit.html("explore/front/beside.html", **values)),
        "below": Markup(visit.html("explore/front/below.html", **values)),
    }


def told(visit: Visit, value: float, one: Measured, unit: str | None) -> str:
    """A value with its unit as people see it."""
    symbol, factor = terms.shown(unit, terms.quantity(one.attribute))
    return measure(visit.language.words.number(value * factor), symbol)


def _row(visit: Visit, one: Tiding) -> Row:
    value, usual = one.value, one.usual
    word, arrow = STALE if value is None else NEW if usual is None else WORDS[usual.verdict(value)]
    newest = one.newest
    tell = Teller(visit.language, one.measured.attribute, one.unit, usual.high if usual else value or 0.0)
    return Row(
        subject=visit.language.say(terms.subject(one.measured.type)),
        address=_address(visit, one.measured),
        what=_what(visit, one.measured),
        word=visit.language.say(word),
        arrow=arrow,
        value="" if value is None else tell.value(value),
        place=one.looked[0].name if one.looked else "",
        count=len(one.looked),
        low="" if usual is None else tell.low(usual),
        high="" if usual is None else tell.value(usual.high),
        days=0 if usual is None else usual.days,
        when="" if newest is None else visit.language.when(newest, visit.now, visit.site.zone),
    )


def _odd(visit: Visit, one: Odd) -> Row:
    unit, value = one.place.unit, one.place.value or 0.0
    word, arrow = WORDS[one.usual.verdict(value)]
    tell = Teller(visit.language, one.measured.attribute, unit, one.usual.high)
    return Row(
        subject=one.place.name,
        address=_address(visit, one.measured, place=one.place.id) + "#course",
        what=_what(visit, one.measured),
        word=visit.language.say(word),
        arrow=arrow,
        value=tell.value(value),
        place="",
        count=1,
        low=tell.low(one.usual),
        high=tell.value(one.usual.high),
        days=one.usual.days,
        when="",
    )


def _what(visit: Visit, one: Measured) -> str:
    return visit.language.say(terms.quantity(one.attribute).name)


def _title(visit: Visit, one: Measured) -> str:
    return f"{visit.language.say(terms.subject(one.type))}: {_what(visit, one)}"


def _address(visit: Visit, one: Measured, **more: str) -> str:
    type, value = one.names
    return visit.address("now", type=type, value=value, **more)


def _map(visit: Visit, one: Tiding) -> dict[str, Markup]:
    """The first subject, without names: it shows where something is high, no more. Empty where no place is a point."""
    unit, factor = terms.shown(one.unit, terms.quantity(one.measured.attribute))
    points = [
        map.Point(*place.point, value=place.value * factor)
        for place in one.looked
        if place.point is not None and place.value is not None
    ]
    if not points:
        return {}
    ground, what = visit.site.background, _what(visit, one.measured)
    plan = map.Plan(
        title=what, areas=ground.areas, water=ground.water, ways=ground.ways, points=points, what=what, unit=unit
    )
    words = visit.language.words
    return {size: Markup(map.draw(plan, room, words, f"front-{size}")) for size, room in MAPS.items()}
