# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to tell of each subject at this moment: its middle value, how that compares, and which places stand out."""

from collections.abc import Sequence
from datetime import tzinfo
from statistics import median

import msgspec

from hanze.explore import measured, places, usual
from hanze.explore.measured import Measured
from hanze.explore.places import Place
from hanze.explore.usual import Course, Memory, Range
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web.drawing.times import HOUR

MOST_SUBJECTS, MOST_PLACES, MOST_COMPARED, MOST_ODD = 6, 200, 12, 3
"""Subjects on the front page, places of each, how many of these are compared with other days, and are told of by themselves."""

LATE = 3 * HOUR

FAR = 0.5
"""A place stands out that is so far outside of its range, in widths of it; a little outside is often chance."""


class Odd(msgspec.Struct, frozen=True):
    """A place that has more or less than on the days before."""

    measured: Measured
    place: Place
    usual: Range

    @property
    def off(self) -> float:
        return self.usual.beyond(self.place.value or 0.0)


class Tiding(msgspec.Struct, frozen=True):
    """`looked`: places with a value of the last hours, spread over all that have one, at most MOST_COMPARED; all that follows is
    about the same ones. `total`: how many places there are. `value`: the middle one in `unit`, None where none is fresh;
    `usual`: None where there is nothing to compare with."""

    measured: Measured
    unit: str | None
    read: list[Place]
    looked: list[Place]
    total: int
    value: float | None
    usual: Range | None
    odd: list[Odd]

    @property
    def newest(self) -> int | None:
        """Microseconds."""
        return max((one.moment for one in self.read if one.moment is not None), default=None)


def read(store: Store, scope: Scope, now: int, zone: tzinfo, memory: Memory) -> list[Tiding]:
    """What people ask for first of each subject."""
    firsts: dict[str, Measured] = {}
    for one in measured.offered(store, scope):
        firsts.setdefault(one.type, one)
    return [_tiding(store, scope, one, now, zone, memory) for one in list(firsts.values())[:MOST_SUBJECTS]]


def odd(told: Sequence[Tiding]) -> list[Odd]:
    """The places that stand out most."""
    return sorted((one for each in told for one in each.odd), key=lambda one: -one.off)[:MOST_ODD]


def _tiding(store: Store, scope: Scope, one: Measured, now: int, zone: tzinfo, memory: Memory) -> Tiding:
    wanted = EntitySelection(types=TypeIs(one.type), attributes=(one.attribute,))
    page = store.query("", wanted, scope, limit=MOST_PLACES, count=True)
    found = [places.place(entity, one.attribute) for entity in page.entities]
    unit = _unit(found)
    fresh = [each for each in found if each.value is not None and each.unit == unit and _recent(each, now)]
    looked = fresh[:: -(-len(fresh) // MOST_COMPARED) or 1]
    windows = usual.hours(now, zone)
    courses = [memory.read(store, scope, each.id, one, unit, windows) for each in looked]
    value = median(each.value for each in looked if each.value is not None) if looked else None
    range = usual.together(courses) if looked else None
    return Tiding(one, unit, found, looked, page.count or len(found), value, range, _odd(one, looked, courses))


def _unit(found: Sequence[Place]) -> str | None:
    """That of most values."""
    codes = [one.unit for one in found if one.value is not None]
    return max(dict.fromkeys(codes), key=codes.count) if codes else None


def _recent(one: Place, now: int) -> bool:
    return one.moment is not None and now - one.moment <= LATE


def _odd(one: Measured, looked: Sequence[Place], courses: Sequence[Course]) -> list[Odd]:
    ranges = [(place, usual.of(course)) for place, course in zip(looked, courses, strict=True)]
    made = [Odd(one, place, range) for place, range in ranges if range is not None]
    return [each for each in made if each.off >= FAR]
