# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The city as figures see it: its areas, who lives there, what the land is used for, and what a part may ask of the data."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area
from hanze.goals.grades import Grade
from hanze.goals.indicators.reducing import Floats, Moments


class Place(msgspec.Struct, frozen=True):
    """An area with what is known of it. `people`: residents, None where nobody counted. `surface`: km² of it. `homes`: the part
    where people live, None where that is not known. `uses`: by year, km² of land by its use."""

    area: Area
    people: float | None
    surface: float
    homes: BaseGeometry | None = None
    uses: Mapping[int, Mapping[str, float]] = {}


WHOLE = Place(Area("city", "City", "city"), None, 0.0)
"""Where a city has told no areas yet."""


class Thing(msgspec.Struct, frozen=True):
    """Something of the city: `leaf`: the code of the smallest area that it lies in, None outside of all. `amount`: the number
    that was asked for, in its unit; None where it has none. `simulated`: a computer made it up."""

    id: str
    leaf: str | None
    geometry: BaseGeometry | None
    amount: float | None = None
    simulated: bool = False


class Entered(msgspec.Struct, frozen=True):
    """A number that people entered for the period that begins at `start` (microseconds); None where it was taken back."""

    start: int
    number: float | None
    grade: Grade
    simulated: bool = False


class Sources(Protocol):
    """What parts ask. Values are in the unit that is asked for; what cannot be converted is not there."""

    def things(self, type: str, where: str, attribute: str = "", unit: str = "") -> Sequence[Thing]:
        """The current things of a type for which a query holds."""
        ...

    def measured(self, id: str, attribute: str, unit: str, start: int, end: int) -> tuple[Moments, Floats]:
        """What a thing measured from `start` until just before `end` (microseconds), ascending."""
        ...

    def entered(self, code: str, part: str, area: str, first: int, start: int) -> Entered | None:
        """What people entered for the period that begins at `start`, or else for the latest one before that begins at `first`
        or later (microseconds); never what was taken back."""
        ...

    def open(self) -> float | None:
        """The percentage of types of data that everyone may read."""
        ...


class Scene:
    """Places by code, and which of them lie in which; the smallest ones are leaves."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {one.area.code: one for one in places}
        self._within: dict[str, list[str]] = {}
        parents = {one.area.parent for one in self.places.values()}
        for code in self.places:
            if code not in parents:
                for upper in self._upwards(code):
                    self._within.setdefault(upper, []).append(code)

    def _upwards(self, code: str) -> list[str]:
        """The place itself and all that it lies in."""
        found: list[str] = []
        next: str | None = code
        while next is not None and next in self.places and next not in found:
            found.append(next)
            next = self.places[next].area.parent
        return found

    def leaves(self, code: str) -> list[str]:
        """The smallest places of one, itself where nothing lies in it."""
        return self._within.get(code, [])

    @property
    def smallest(self) -> list[Place]:
        """Those in which none lies, in order."""
        return [one for code, one in self.places.items() if self.leaves(code) == [code]]

    def people(self, codes: Iterable[str]) -> float | None:
        """Who lives there together; None where it is not known of one of them."""
        counted = [self.places[code].people for code in codes]
        return None if not counted or None in counted else sum(filter(None, counted))

    @cached_property
    def where(self) -> Mapping[str, str]:
        """By code, SHA-256 of the shape in which people live: homes, or all of the area where these are not known."""
        shapes = {code: one.homes or one.area.geometry for code, one in self.places.items()}
        return {code: _sum(shape) for code, shape in shapes.items()}


def _sum(shape: BaseGeometry | None) -> str:
    return "" if shape is None else hashlib.sha256(shapely.to_wkb(shape)).hexdigest()
