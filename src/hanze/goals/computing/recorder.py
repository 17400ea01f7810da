# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notes all that figures were made of, area by area, so that anyone who has the same data comes to the same sums."""

import hashlib
from collections.abc import Collection, Sequence

import msgspec
import shapely

from hanze.goals.computing.scene import Entered, Scene, Sources, Thing
from hanze.goals.indicators.reducing import Floats, Moments

EVERYWHERE, PLACELESS, OUTSIDE = " everywhere", " placeless", " outside"
"""Of all areas, of the largest ones only, of none. No code of an area begins with a blank."""


class Recorder:
    """Sources that note each answer for the areas that it goes into; the order in which they are asked is that of the parts."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._sums: dict[str, hashlib._Hash] = {}
        self._places: dict[str, str] = {}
        """By the id of a thing, for which area it is noted."""
        self._simulated: set[str] = set()

    @property
    def sum(self) -> str:
        """SHA-256 of all that was asked and answered, in hexadecimal digits."""
        return self._together(sorted(self._sums))

    @property
    def simulated(self) -> bool:
        """Something that was asked of was made up by a computer."""
        return bool(self._simulated)

    def sums(self, scene: Scene) -> dict[str, str]:
        """By area, the same of what goes into its figures."""
        return {code: self._together(_keys(scene, code)) for code in scene.places}

    def made_up(self, scene: Scene) -> frozenset[str]:
        """The areas into whose figures something goes that was made up by a computer."""
        return frozenset(code for code in scene.places if not self._simulated.isdisjoint(_keys(scene, code)))

    def _together(self, keys: Collection[str]) -> str:
        digests = [self._sums[key].digest() if key in self._sums else b"" for key in keys]
        return hashlib.sha256(msgspec.json.encode(digests)).hexdigest()

    def note(self, *told: object, area: str = EVERYWHERE, simulated: bool = False) -> None:
        self._of(area).update(msgspec.json.encode(told) + b"\n")
        if simulated:
            self._simulated.add(area)

    def _of(self, area: str) -> "hashlib._Hash":
        return self._sums.setdefault(area, hashlib.sha256())

    def scene(self, scene: Scene) -> None:
        """The areas count too: who lives there and where, and what the land is used for."""
        for code, place in sorted(scene.places.items()):
            uses = {str(year): dict(sorted(found.items())) for year, found in sorted(place.uses.items())}
            told = (code, place.area.parent, place.people, place.surface, uses, scene.where[code])
            self.note(*told, area=code, simulated=place.area.simulated)

    def things(self, type: str, where: str, attribute: str = "", unit: str = "") -> Sequence[Thing]:
        found = self._sources.things(type, where, attribute, unit)
        self.note("things", type, where, attribute, unit)
        for one in found:
            place = one.leaf or (PLACELESS if one.geometry is None else OUTSIDE)
            self._places[one.id] = place
            self._thing(one, place)
        return found

    def everywhere(self, type: str, where: str) -> Sequence[Thing]:
        """Things that each area looks at, wherever they are."""
        found = self._sources.things(type, where)
        self.note("things", type, where)
        for one in found:
            self._thing(one, EVERYWHERE)
        return found

    def _thing(self, one: Thing, area: str) -> None:
        shape = "" if one.geometry is None else shapely.to_wkb(one.geometry, hex=True)
        self.note(one.id, one.leaf, one.amount, shape, area=area, simulated=one.simulated)

    def measured(self, id: str, attribute: str, unit: str, start: int, end: int) -> tuple[Moments, Floats]:
        moments, values = self._sources.measured(id, attribute, unit, start, end)
        area = self._places.get(id, EVERYWHERE)
        # Not the end: where nothing new was measured, a later look comes to the same sum.
        self.note("measured", id, attribute, unit, start, len(moments), area=area)
        self._of(area).update(moments.astype("<i8").tobytes() + values.astype("<f8").tobytes())
        return moments, values

    def entered(self, code: str, part: str, area: str, first: int, start: int) -> Entered | None:
        found = self._sources.entered(code, part, area, first, start)
        self.note("entered", code, part, start, found, area=area, simulated=found is not None and found.simulated)
        return found

    def open(self) -> float | None:
        found = self._sources.open()
        self.note("open", found)
        return found


def _keys(scene: Scene, code: str) -> list[str]:
    """For which areas that is noted which goes into the figures of one: its smallest ones, and itself."""
    whole = [PLACELESS] if scene.places[code].area.parent is None else []
    return [EVERYWHERE, *whole, *dict.fromkeys([code, *scene.leaves(code)])]
