# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trials that nobody extends end by themselves while a node runs."""

import asyncio
from datetime import tzinfo

from hanze.experiments.trials import days, keeping, running
from hanze.goals.regularly import Sleep, regularly
from hanze.ngsild.times import Clock
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING

LOOK_SECONDS = 5.0
"""Of the machine, also where the clock of the city is faster."""


class Trials:
    """The trials of one city; `city`: its code."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo, city: str, sleep: Sleep = asyncio.sleep) -> None:
        self._store, self._clock, self._zone, self._city, self._sleep = store, clock, zone, city, sleep
        self._day = ""
        """The day of the city that was looked at last."""

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self.look, LOOK_SECONDS, self._sleep, "trials")

    async def look(self) -> int:
        """Once a day of the city: ends those whose last day is over; how many."""
        today = days.text(self._clock(), self._zone)
        if today == self._day:
            return 0
        found = await self._store.read(lambda: keeping.every(self._store, EVERYTHING, "running"))
        ended = 0
        for one in found:
            if running.due(one, today):
                ended += await self._store.write(lambda uow: running.end(uow, self._city, one.code, self._zone))  # noqa: B023
        self._day = today
        return ended
