# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The indicators of a city, as its pages and commands ask for them."""

from collections.abc import Callable, Mapping
from functools import cached_property

from hanze.errors import ResourceNotFound
from hanze.goals.indicators.definition import Definition
from hanze.ngsild.checks import shown


class Known:
    """`city`: its code, which stands in the ids of its values. They are read when they are first asked for, since that takes a
    while."""

    def __init__(self, city: str, read: Callable[[], Mapping[str, Definition]]) -> None:
        self.city = city
        self._read = read

    @cached_property
    def indicators(self) -> Mapping[str, Definition]:
        """By code."""
        return self._read()

    def __getitem__(self, code: str) -> Definition:
        """Errors: ResourceNotFound."""
        found = self.indicators.get(code)
        if found is None:
            raise ResourceNotFound(f"There is no indicator {shown(code)} here.")
        return found

    def of_goal(self, goal: int) -> list[Definition]:
        """Those with a target of the goal (1 to 17)."""
        return [one for one in self.indicators.values() if goal in one.goals]

    def of_dimension(self, dimension: str) -> list[Definition]:
        return [one for one in self.indicators.values() if one.dimension == dimension]
