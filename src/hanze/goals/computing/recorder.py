# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notes all that a figure was made of, so that anyone who has the same data comes to the same sum."""

import hashlib
from collections.abc import Sequence

import msgspec
import shapely

from hanze.goals.computing.scene import Entered, Scene, Sources, Thing
from hanze.goals.indicators.reducing import Floats, Moments


class Recorder:
    """Sources that note each answer; the order in which they are asked is that of the parts."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._sum = hashlib.sha256()
        self.simulated = False
        """Something that was asked of was made up by a computer."""

    @property
    def sum(self) -> str:
        """SHA-256 of what was asked and answered, in hexadecimal digits."""
        return self._sum.hexdigest()

    def note(self, *told: object) -> None:
        self._sum.update(msgspec.json.encode(told) + b"\n")

    def scene(self, scene: Scene) -> None:
        """The areas count too: who lives there and where, and what the land is used for."""
        for code, place in sorted(scene.places.items()):
            uses = {str(year): dict(sorted(found.items())) for year, found in sorted(place.uses.items())}
            self.note(code, place.area.parent, place.people, place.surface, uses, scene.where[code])

    def things(self, type: str, where: str, attribute: str = "", unit: str = "") -> Sequence[Thing]:
        found = self._sources.things(type, where, attribute, unit)
        self.note("things", type, where, attribute, unit)
        self.simulated = self.simulated or any(one.simulated for one in found)
        for one in found:
            shape = "" if one.geometry is None else shapely.to_wkb(one.geometry, hex=True)
            self.note(one.id, one.leaf, one.amount, shape)
        return found

    def measured(self, id: str, attribute: str, unit: str, start: int, end: int) -> tuple[Moments, Floats]:
        moments, values = self._sources.measured(id, attribute, unit, start, end)
        self.note("measured", id, attribute, unit, start, end)
        self._sum.update(moments.astype("<i8").tobytes() + values.astype("<f8").tobytes())
        return moments, values

    def entered(self, code: str, part: str, area: str, first: int, start: int) -> Entered | None:
        found = self._sources.entered(code, part, area, first, start)
        self.note("entered", code, part, area, start, found)
        self.simulated = self.simulated or (found is not None and found.simulated)
        return found

    def open(self) -> float | None:
        found = self._sources.open()
        self.note("open", found)
        return found
