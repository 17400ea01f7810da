# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parts about what is there now: counted things, the reach of things, uses of land."""

from collections.abc import Sequence
from math import fsum

import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.plane import Plane
from hanze.goals.computing.figure import Figure, none, sure
from hanze.goals.computing.scene import Place, Scene, Sources, Thing
from hanze.goals.indicators.definition import Part


def counted(part: Part, scene: Scene, sources: Sources) -> dict[str, Figure]:
    """How many there are, or where there is an attribute, its numbers together."""
    inside: dict[str, list[Thing]] = {}
    for thing in sources.things(part.type, part.where, part.attribute, part.unit):
        if thing.leaf is not None:
            inside.setdefault(thing.leaf, []).append(thing)
    return {
        code: _amount(part, [thing for leaf in scene.leaves(code) for thing in inside.get(leaf, ())])
        for code in scene.places
    }


def _amount(part: Part, things: Sequence[Thing]) -> Figure:
    if not part.attribute:
        return Figure(float(len(things)), float(len(things)), float(len(things)), 1.0, len(things), len(things))
    amounts = [thing.amount for thing in things if thing.amount is not None]
    if not amounts:
        return none("nothing measures", len(things))
    whole = fsum(amounts)
    value = {"sum": whole, "min": min(amounts), "max": max(amounts)}.get(part.things, whole / len(amounts))
    return Figure(value, value, value, len(amounts) / len(things), len(amounts), len(things))


def reach(part: Part, scene: Scene, things: Sequence[Thing]) -> dict[str, Figure]:
    """The percentage of residents who live within so many metres, as the crow flies, of one of the things. Residents are taken
    to live evenly over the homes of their area, or over all of it where homes are not known."""
    shapes = [thing.geometry for thing in things if thing.geometry is not None]
    leaves = {leaf for code in scene.places for leaf in scene.leaves(code)}
    if not shapes:
        return dict.fromkeys(scene.places, none("nothing measures"))
    near = Plane(shapes).near(shapes, part.metres or 0.0)
    shares = {leaf: share(scene.places[leaf], near) for leaf in leaves}
    found = {}
    for code in scene.places:
        mine = [leaf for leaf in scene.leaves(code) if shares[leaf] is not None]
        people = scene.people(mine)
        if mine == [code]:
            found[code] = sure(shares[code], things=len(shapes))
        elif not people:
            found[code] = none("not known")
        else:
            reached = fsum((scene.places[leaf].people or 0.0) * (shares[leaf] or 0.0) for leaf in mine)
            found[code] = sure(reached / people, things=len(shapes))
    return found


def share(place: Place, near: BaseGeometry) -> float | None:
    """The percentage of an area's homes that lies there; None for an area without a shape."""
    where = place.homes if place.homes is not None and place.homes.area else place.area.geometry
    if where is None or not where.area:
        return None
    return 100.0 * float(shapely.intersection(where, near).area) / float(where.area)


def land(part: Part, scene: Scene, year: int) -> dict[str, Figure]:
    """The percentage of an area with these uses, by the latest map of that year or before."""
    return {code: sure(_used(part, scene, code, year)) for code in scene.places}


def _used(part: Part, scene: Scene, code: str, year: int) -> float | None:
    mapped = [scene.places[leaf].uses for leaf in scene.leaves(code)]
    years = [max((one for one in uses if one <= year), default=None) for uses in mapped]
    whole, used = 0.0, 0.0
    for uses, latest in zip(mapped, years, strict=True):
        if latest is None:
            return None
        whole += fsum(uses[latest].values())
        used += fsum(uses[latest].get(use, 0.0) for use in part.uses)
    return 100.0 * used / whole if whole else None
