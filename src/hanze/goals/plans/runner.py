# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What plans would change follows the data: areas, maps of land, green and stops."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from hanze.compute.pool import Pool
from hanze.goals.keeping import plans
from hanze.goals.model import AREA, LAND, PLAN
from hanze.goals.plans.job import Job, Reach, run
from hanze.goals.regularly import regularly
from hanze.ngsild.context import CORE
from hanze.ngsild.times import Clock
from hanze.store.base import JournalRow, Store

LOOK_SECONDS, LONGEST_SECONDS = 30.0, 300.0
ROWS = 2_000
"""Journal rows of one read."""


class Plans:
    """The plans of one city. `city`: its code; `reaches`: what people need near them. After a start all are worked out, so that no
    position in the journal needs to be kept."""

    def __init__(
        self, store: Store, pool: Pool, clock: Clock, city: str, reaches: Mapping[str, Reach],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        self._store, self._pool, self._clock, self._city = store, pool, clock, city
        self._reaches, self._sleep = reaches, sleep
        self._types = frozenset((PLAN.iri, AREA.iri, LAND.iri, *(CORE.expand(one.type) for one in reaches.values())))
        self._at: int | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        await regularly(self.look, LOOK_SECONDS, self._sleep, "plans")

    async def look(self) -> int:
        """Works out what is due; how many plans changed."""
        head, due = await self._read()
        found = await self._store.read(lambda: plans.read(self._store)) if due else []
        if not found:
            self._at = head
            return 0
        job = Job(self._store.looking(), self._clock(), self._reaches, {one.code: one.sketch for one in found})
        outcomes = await self._pool.run(run, job, seconds=LONGEST_SECONDS, asker="plans")
        changed = await self._store.write(lambda uow: plans.work_in(uow, self._city, outcomes))
        self._at = head
        return changed

    async def _read(self) -> tuple[int, bool]:
        """Up to where the journal was read, and whether something that plans look at changed."""
        if self._at is None:
            return self._store.head(), True
        after, due = self._at, False
        while rows := await self._store.read(lambda: self._store.journal(after, ROWS)):  # noqa: B023
            due = due or rows[0].seq > after + 1 or any(map(self._asked, rows))
            after = rows[-1].seq
        return after, due

    def _asked(self, row: JournalRow) -> bool:
        return not row.tenant and not self._types.isdisjoint(row.types)
