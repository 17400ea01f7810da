# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One thing that happened in a story, when, and what the verbs of the rooms need to write it down."""

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Any

import msgspec

from hanze.experiments.trials import days
from hanze.feeds.making import urn
from hanze.goals.model import AREA
from hanze.ngsild.described import LOCATION
from hanze.store.base import UnitOfWork
from hanze.web.people.tokens import Chance

BY = "story"
"""As whom the audit names who told it."""

HALF_A_DAY = 43_200_000_000


class Step(msgspec.Struct, frozen=True):
    """`field`: of the story, for errors. `at`: as the story writes it; empty: before all others."""

    field: str
    at: str
    do: Callable[[UnitOfWork], None]


class Place(msgspec.Struct, frozen=True):
    """Where it is told: the code of the city, its zone, and so many random bytes that nobody can guess."""

    city: str
    zone: tzinfo
    chance: Chance

    def moment(self, text: str) -> int:
        """Microseconds; of a day its noon."""
        return days.since(text, self.zone) + (HALF_A_DAY if len(text) == 10 else 0)

    def today(self, uow: UnitOfWork) -> date:
        """The day of the city."""
        found = days.day(days.text(uow.now, self.zone))
        assert found is not None
        return found

    def shape(self, uow: UnitOfWork, area: str) -> dict[str, Any] | None:
        """GeoJSON of an area; None where the city does not know it."""
        entity = uow.entity("", urn(AREA.name, self.city, area)) if area else None
        return None if entity is None else next((one["value"] for one in entity.attributes.get(LOCATION, ())), None)
