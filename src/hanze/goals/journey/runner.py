# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a forecast of each indicator once a month, when its values are worked out, and keeps it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from zoneinfo import ZoneInfo

import msgspec

from hanze.compute.pool import Pool
from hanze.feeds.record import SOURCES, Record
from hanze.goals.areas.area import LEVELS
from hanze.goals.computing.scene import WHOLE
from hanze.goals.indicators.definition import Definition
from hanze.goals.journey import foreseen
from hanze.goals.journey.foreseeing import Job, run
from hanze.goals.journey.foreseen import Outlook
from hanze.goals.model import AREA, AreaFacts
from hanze.goals.regularly import regularly
from hanze.goals.runner import CONSUMER
from hanze.ngsild import calendar
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.selection import Compare, EntitySelection, Literal, Path, TypeIs
from hanze.ngsild.times import Clock
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING

LOOK_SECONDS = 60.0
LONGEST_SECONDS = 300.0

SILENT = 3_600_000_000
"""Microseconds: a source that was on its way with its history and has not been looked at for so long is not waited for."""


class Foreseeing:
    """The forecasts of one city as a whole. What is too short to foresee is looked at again the next day."""

    def __init__(
        self, store: Store, pool: Pool, clock: Clock, zone: ZoneInfo, city: str, definitions: Mapping[str, Definition],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        self._store, self._pool, self._clock, self._sleep = store, pool, clock, sleep
        self._zone, self._city, self._definitions = zone, city, definitions
        self._day: int | None = None
        """The start of the local day on which it was looked at last."""
        self._mark: int | None = None
        """The number in the journal up to which the values must have come before they are good to go on from."""

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self.look, LOOK_SECONDS, self._sleep, "forecasts")

    async def look(self) -> int:
        """Makes the forecasts that are due; how many."""
        now = self._clock()
        day = calendar.period("day", now, self._zone).start
        if day == self._day or not await self._store.read(lambda: self._ready(now)):
            return 0
        area, codes = await self._store.read(lambda: self._due(now))
        made = await self._pool.run(
            run, Job(self._store.looking(), self._zone.key, now, self._definitions, codes, self._city, area),
            seconds=LONGEST_SECONDS, asker=CONSUMER,
        ) if codes else {}  # fmt: skip
        if made:
            await self._store.write(lambda uow: self._keep(uow, area, made))
        self._day, self._mark = day, None
        return len(made)

    def _ready(self, now: int) -> bool:
        """No source brings its history at the moment, and the values follow from all that came up to then."""
        if any(_filling(msgspec.convert(row["record"], Record), now) for row in self._store.vault(SOURCES).select()):
            self._mark = None
            return False
        if self._mark is None:
            self._mark = self._store.head()
        done = self._store.position(CONSUMER)
        return done is not None and done >= self._mark

    def _due(self, now: int) -> tuple[str, list[str]]:
        """The area, and the indicators of which no forecast was made in this month."""
        month = calendar.period("month", now, self._zone).start
        area = self._area()
        return area, [
            code
            for code in self._definitions
            if (foreseen.newest(self._store, EVERYTHING, self._city, code, area) or 0) < month
        ]

    def _area(self) -> str:
        asked = Compare(Path(VOCABULARY + "level"), "==", (Literal("text", LEVELS[0]),))
        found = self._store.query("", EntitySelection(types=TypeIs(AREA.iri), q=asked), EVERYTHING, limit=1).entities
        return AREA.facts_of(found[0], AreaFacts).code if found else WHOLE.area.code

    def _keep(self, uow: UnitOfWork, area: str, made: Mapping[str, Outlook]) -> None:
        for code, outlook in made.items():
            one = self._definitions[code]
            foreseen.write(uow, self._city, one.name.en, code, area, one.unit, outlook)


def _filling(record: Record, now: int) -> bool:
    return record.progress is not None and now - (record.looked or 0) < SILENT
