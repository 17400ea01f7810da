# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was read for the page City now, as words, numbers and pictures of the visitor's language."""

from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from hanze.explore import course, sources
from hanze.explore.course import Period
from hanze.explore.measured import Measured
from hanze.explore.places import Place, Places
from hanze.store.base import Numbers
from hanze.web import background, terms
from hanze.web.drawing import chart, map, rows, shades
from hanze.web.drawing.svg import Size
from hanze.web.drawing.thin import thin
from hanze.web.drawing.words import measure
from hanze.web.room import Visit

MAPS = {"phone": map.PHONE, "wide": Size(740, 560)}
CHARTS = {"phone": chart.PHONE, "wide": chart.WIDE}
"""A picture for narrow screens and one for the others; the style sheet shows one of them."""

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


class Link(msgspec.Struct, frozen=True):
    name: str
    address: str
    here: bool


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
    codes = [one.unit for one in seen.places.found if one.value is not None]
    usual = max(dict.fromkeys(codes), key=codes.count) if codes else None
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


class Drawn(msgspec.Struct, frozen=True):
    """A map: its pictures by the width of the screen, and for the map that moves its classes: where each but the first begins,
    its shade and its name."""

    pictures: dict[str, Markup]
    breaks: tuple[float, ...]
    legend: list[tuple[int, str]]


def _map(visit: Visit, shown: Sequence[Shown], name: str, scale: Scale) -> Drawn | None:
    """None where no place is a point."""
    there = [one for one in shown if one.place.point is not None]
    if not there:
        return None
    names = shortened([one.place.name for one in there])
    points = [
        map.Point(*one.place.point, name, one.value) for one, name in zip(there, names, strict=True) if one.place.point
    ]
    words = visit.language.words
    ground = visit.site.background
    plan = map.Plan(
        title=name, areas=ground.areas, water=ground.water, ways=ground.ways, points=points, what=name, unit=scale.unit
    )
    pictures = {size: Markup(map.draw(plan, room, words, f"map-{size}")) for size, room in MAPS.items()}
    known = [point.value for point in points if point.value is not None]
    classes = shades.classes(known, words) if known else shades.Classes((), ())
    return Drawn(pictures, classes.breaks, list(zip(classes.shades, classes.names, strict=True)))


def shortened(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with, for a map has little room."""
    split = [name.split(" ") for name in names]
    if len(names) < 2:
        return list(names)
    same = 0
    while all(len(words) > same + 1 and words[same] == split[0][same] for words in split):
        same += 1
    return [" ".join(words[same:]) for words in split]


class Course(msgspec.Struct, frozen=True):
    """How it went at one place: pictures by the width of the screen, the same as a table, and links to other periods;
    `before` and `after` are addresses, empty where there is none."""

    place: str
    pictures: dict[str, Markup]
    table: rows.Table
    spans: list[Link]
    before: str
    after: str
    data: dict[str, str]


def _course(visit: Visit, seen: Seen, name: str) -> Course | None:
    if seen.place is None:
        return None
    words, zone, period = visit.language.words, visit.site.zone, seen.period
    unit, factor = terms.shown(seen.numbers.unit, terms.quantity(seen.chosen.attribute))
    moments, numbers = seen.numbers.moments, seen.numbers.values * factor
    title = f"{name}, {seen.place.name}"
    about = chart.About(title, unit, start=period.start, end=period.end)
    pictures = {
        size: Markup(chart.draw(thin(moments, numbers, chart.columns(room)), about, room, words, zone, f"chart-{size}"))
        for size, room in CHARTS.items()
    }
    table = rows.table(thin(moments, numbers, chart.columns(chart.PHONE)), title, unit, words, zone)
    before, after = course.steps(period, visit.now, zone)
    here = _query(seen)
    return Course(
        place=seen.place.name,
        pictures=pictures,
        table=table,
        spans=[
            Link(visit.language.say(text), _to(visit, {**here, "range": span}), span == period.span)
            for span, text in course.SPANS.items()
        ],
        before=_to(visit, {**here, "until": before}) if before else "",
        after=_to(visit, {**here, "until": after}) if after is not None else "",
        data=here,
    )


def _to(visit: Visit, query: dict[str, str]) -> str:
    return visit.address("now", **query) + "#course"
