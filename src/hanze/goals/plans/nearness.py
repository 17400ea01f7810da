# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has green or a stop close to home: beside a plan now and then, and in the new homes."""

from collections.abc import Mapping, Sequence
from math import fsum

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.plane import Plane
from hanze.goals.computing.scene import Place
from hanze.goals.plans.assumptions import ASSUMED, Range


class Near(msgspec.Struct, frozen=True):
    """Things that people need within so many metres, in a straight line. `use`: land that is such a thing itself, such as nature
    for green; empty where none is."""

    shapes: Sequence[BaseGeometry]
    metres: float
    use: str = ""


class Nearness(msgspec.Struct, frozen=True):
    """Percent of residents: of those beside the plan `now` and `then`, and of those in `new` homes. None where there are none."""

    metres: float
    now: float | None
    then: Range | None
    new: Range | None


class _Lived(msgspec.Struct, frozen=True):
    """Where people live, and how many on a square degree."""

    shape: BaseGeometry
    density: float

    def people(self, within: BaseGeometry) -> float:
        return self.density * float(shapely.intersection(self.shape, within).area)


def nearness(
    plan: BaseGeometry, use: str, fresh: BaseGeometry | None, leaves: Sequence[Place], near: Mapping[str, Near]
) -> tuple[float | None, dict[str, Nearness]]:
    """How many live beside the plan now, None where that is not known, and how near things are to them. `fresh`: the land of new
    homes."""
    around = Plane([plan]).near([plan], ASSUMED["around"].range.high)
    lived = [one for place in leaves if (one := _lived(place)) is not None and one.shape.intersects(around)]
    beside = [_Lived(shapely.intersection(one.shape, around), one.density) for one in lived]
    stay = beside if use == "homes" else [_Lived(shapely.difference(one.shape, plan), one.density) for one in beside]
    found = {name: _of(one, plan, use, beside, stay, fresh) for name, one in near.items() if one.shapes}
    return (fsum(one.people(one.shape) for one in beside) if beside else None), found


def _lived(place: Place) -> _Lived | None:
    shape = place.homes or place.area.geometry
    return None if place.people is None or not shape else _Lived(shape, place.people / shape.area)


def _of(
    near: Near,
    plan: BaseGeometry,
    use: str,
    beside: Sequence[_Lived],
    stay: Sequence[_Lived],
    fresh: BaseGeometry | None,
) -> Nearness:
    low, now, high = (Plane([plan]).near(shapes, near.metres) for shapes in _ends(near, plan, use))
    return Nearness(
        near.metres, _share(beside, now), _between(_share(stay, low), _share(stay, high)),
        None if fresh is None else _between(_part(fresh, low), _part(fresh, high)),
    )  # fmt: skip


def _ends(near: Near, plan: BaseGeometry, use: str) -> tuple[Sequence[BaseGeometry], ...]:
    """What is there at worst, now, and at best: green in a plan may be built over or stay, and new nature may be open to people
    or not."""
    if not near.use:
        return near.shapes, near.shapes, near.shapes
    if near.use == use:
        return near.shapes, near.shapes, [*near.shapes, plan]
    return [shapely.difference(one, plan) for one in near.shapes], near.shapes, near.shapes


def _share(lived: Sequence[_Lived], near: BaseGeometry) -> float | None:
    whole = fsum(one.people(one.shape) for one in lived)
    return 100 * fsum(one.people(near) for one in lived) / whole if whole else None


def _part(shape: BaseGeometry, near: BaseGeometry) -> float:
    return 100 * float(shapely.intersection(shape, near).area) / float(shape.area)


def _between(low: float | None, high: float | None) -> Range | None:
    return None if low is None or high is None else Range(low, high)
