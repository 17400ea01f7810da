# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How areas stand by each indicator in a month, from the numbers that the store tells."""

from collections.abc import Mapping

from hanze.goals.computing.job import digest
from hanze.goals.computing.scene import Scene
from hanze.goals.indicators.definition import Definition
from hanze.goals.indicators.judging import in_codebook
from hanze.goals.keeping.numbers import Numbers
from hanze.goals.scoring.counting import Month, Number
from hanze.goals.scoring.standing import Part, Standing, standing

Standings = dict[str, Standing]
"""By the code of an indicator."""


class Field:
    """All areas beside each other, for one month after the other."""

    def __init__(self, definitions: Mapping[str, Definition], scene: Scene, numbers: Numbers) -> None:
        self._scene, self._numbers = scene, numbers
        self._ones = [(one, in_codebook(one), digest(one)) for _, one in sorted(definitions.items())]

    def standings(self, month: Month, *, whole: bool = False) -> dict[str, Standings]:
        """By area. `whole`: a year that runs does not count."""
        found: dict[str, Standings] = {area: {} for area in self._scene.places}
        for one, scale, sum in self._ones:
            told = self._told(one, month, whole)
            for area, number in told.items():
                made = standing(scale, sum, number, self._parts(area, told))
                if made is not None:
                    found[area][one.code] = made
        return found

    def _told(self, one: Definition, month: Month, whole: bool) -> dict[str, Number]:
        """The numbers that count, by area."""
        yearly, found = one.period == "year", {}
        for area in self._scene.places:
            # The history is only read where the present number does not settle it.
            settled = month.runs and not (whole and yearly) and self._numbers.runs(one.code, area, month.until)
            course = (self._numbers.newest if settled else self._numbers.course)(one.code, area)
            if (number := month.number(course, yearly, whole=whole)) is not None:
                found[area] = number
        return found

    def _parts(self, area: str, told: Mapping[str, Number]) -> list[Part]:
        """The smallest areas within one that have residents and a number; itself where it has none within it."""
        found = []
        for leaf in self._scene.leaves(area):
            number, people = told.get(leaf), self._scene.places[leaf].people
            if number is not None and number.value is not None and people is not None:
                found.append((leaf, number.value, people))
        return found
