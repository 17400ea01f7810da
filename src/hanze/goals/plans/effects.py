# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan would change, from the map of land, who lives where, and what is near: a pure function."""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.plane import Plane
from hanze.goals.areas.surface import square_kilometres
from hanze.goals.computing.scene import Place
from hanze.goals.land.change import BUILT
from hanze.goals.land.cutting import Land, Lands, Uses, polygons, surfaces
from hanze.goals.land.edge import TOUCH, edges
from hanze.goals.plans.assumptions import ASSUMED, HECTARES, Range
from hanze.goals.plans.nearness import Near, Nearness, nearness

HOMES, FARMLAND = "homes", "farmland"

LEAST = 1e-6
"""km²: a square metre."""


class Sketch(msgspec.Struct, frozen=True):
    """The plan: a shape in degrees, its new use, and how many homes come, where that is told."""

    shape: BaseGeometry
    use: str
    least: float | None = None
    most: float | None = None


class Ground(msgspec.Struct, frozen=True):
    """The city: its smallest areas, what their land is used for by the latest map, and by name what people need near them."""

    leaves: Sequence[Place]
    lands: Lands
    near: Mapping[str, Near]


class Effects(msgspec.Struct, frozen=True):
    """`surface`: km² of the plan in the city. `uses`: what they are used for now, km²; what no map shows is in none. `areas`: codes
    of the smallest areas in which it lies, the largest part first. `residents`: who live in it now; `homes` and `newcomers`: that
    come; None where it is not known or none come. `farmland`: km² in the city, before and after. `built`: percent of its land, the
    same; None where there is no map. `edge`: km by which the urban edge gets longer. `around`: residents beside the plan."""

    surface: float
    uses: Uses
    areas: tuple[str, ...]
    residents: Range | None
    homes: Range | None
    newcomers: Range | None
    farmland: tuple[float, float]
    built: tuple[float, float] | None
    edge: float
    around: float | None
    near: Mapping[str, Nearness]


def effects(sketch: Sketch, ground: Ground) -> Effects:
    """A plan that lies outside of the city changes nothing."""
    lying = _lying(sketch.shape, ground.leaves)
    sizes = dict(zip(lying, square_kilometres(lying.values()).tolist(), strict=True))
    codes = sorted((code for code in lying if sizes[code] > LEAST), key=lambda code: (-sizes[code], code))
    here = {code: _within(ground.lands.get(code, {}), lying[code]) for code in codes}
    fresh = _fresh(sketch.use, [lying[code] for code in codes], here.values())
    homes = None if fresh is None else _homes(sketch, float(square_kilometres([fresh])[0]))
    around, near = nearness(sketch.shape, sketch.use, fresh, ground.leaves, ground.near)
    uses = _sum(map(surfaces, here.values()))
    whole = _sum(map(surfaces, ground.lands.values()))
    return Effects(
        surface=round(fsum(sizes[code] for code in codes), 6), uses=uses, areas=tuple(codes),
        residents=_residents([one for one in ground.leaves if one.area.code in codes], lying), homes=homes,
        newcomers=None if homes is None else _times(homes, ASSUMED["persons"].range),
        farmland=_then(sketch.use, whole, uses, (FARMLAND,)), built=_built(sketch.use, whole, uses),
        edge=_edge(sketch, lying, ground.lands), around=around, near=near,
    )  # fmt: skip


def _lying(plan: BaseGeometry, leaves: Sequence[Place]) -> dict[str, BaseGeometry]:
    """By the code of an area, the part of the plan in it."""
    near = [(one.area.code, one.area.geometry) for one in leaves if one.area.geometry is not None]
    return {code: polygons(shapely.intersection(plan, shape)) for code, shape in near if plan.intersects(shape)}


def _within(land: Land, part: BaseGeometry) -> Land:
    found = {use: polygons(shapely.intersection(shape, part)) for use, shape in land.items()}
    return {use: shape for use, shape in found.items() if shape}


def _sum(several: Iterable[Uses]) -> Uses:
    found: dict[str, list[float]] = {}
    for uses in several:
        for use, size in uses.items():
            found.setdefault(use, []).append(size)
    return {use: round(fsum(sizes), 6) for use, sizes in sorted(found.items())}


def _fresh(use: str, parts: Sequence[BaseGeometry], here: Iterable[Land]) -> BaseGeometry | None:
    """The land on which new homes come: all that is not homes already."""
    if use != HOMES:
        return None
    there = shapely.union_all([land[HOMES] for land in here if HOMES in land])
    return polygons(shapely.difference(shapely.union_all(list(parts)), there)) or None


def _homes(sketch: Sketch, surface: float) -> Range:
    dense = ASSUMED["dense"].range
    usual = Range(surface * HECTARES * dense.low, surface * HECTARES * dense.high)
    least = usual.low if sketch.least is None else sketch.least
    most = usual.high if sketch.most is None else sketch.most
    return Range(min(least, most), max(least, most))


def _times(one: Range, other: Range) -> Range:
    return Range(one.low * other.low, one.high * other.high)


def _residents(leaves: Sequence[Place], lying: Mapping[str, BaseGeometry]) -> Range | None:
    """Who live in the plan now; None where it is not known of one of its areas."""
    found = [_living(one, lying[one.area.code]) for one in leaves]
    told = [one for one in found if one is not None]
    if len(told) < len(found) or not found:
        return None
    return Range(fsum(one.low for one in told), fsum(one.high for one in told))


def _living(place: Place, part: BaseGeometry) -> Range | None:
    """Of one area: its homes in the plan may be emptier or fuller than the others, so the others are then fuller or emptier; where
    all of its homes are in the plan, all of its people are."""
    where = place.homes or place.area.geometry
    if place.people is None or not where:
        return None
    inside = place.people * float(shapely.intersection(where, part).area) / float(where.area)
    outside, uneven = place.people - inside, ASSUMED["uneven"].range
    low = max(inside * uneven.low, place.people - outside * uneven.high)
    high = min(inside * uneven.high, place.people - outside * uneven.low)
    return Range(low, high)


def _then(use: str, whole: Uses, plan: Uses, of: Sequence[str]) -> tuple[float, float]:
    """km² with these uses in the city, before and after."""
    before = fsum(whole.get(one, 0.0) for one in of)
    gone = fsum(plan.get(one, 0.0) for one in of)
    return before, before - gone + (fsum(plan.values()) if use in of else 0.0)


def _built(use: str, whole: Uses, plan: Uses) -> tuple[float, float] | None:
    surface = fsum(whole.values())
    before, after = _then(use, whole, plan, BUILT)
    return (100 * before / surface, 100 * after / surface) if surface else None


def _edge(sketch: Sketch, lying: Mapping[str, BaseGeometry], lands: Lands) -> float:
    """Only what lies around the plan is looked at: elsewhere the edge stays as it is."""
    around = Plane([sketch.shape]).near([sketch.shape], 10 * TOUCH)
    before = {code: here for code, land in lands.items() if (here := _within(land, around))}
    after: dict[str, Land] = {}
    for code, land in before.items():
        left = {use: shape for use, old in land.items() if (shape := polygons(shapely.difference(old, sketch.shape)))}
        new = lying.get(code)
        if new:
            left[sketch.use] = shapely.union_all([left[sketch.use], new]) if sketch.use in left else new
        after[code] = left
    return round(fsum(edges(after).values()) - fsum(edges(before).values()), 3) if before else 0.0
