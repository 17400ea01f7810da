# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores follow the values: what new values change is worked out in a process of its own, and kept."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from hanze.compute.pool import Pool
from hanze.goals.computing.scores import Scoring, news
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import scores
from hanze.ngsild import calendar
from hanze.ngsild.times import Clock
from hanze.store.base import Store

AT_ONCE = 50
"""Subjects and areas of one write, each with all its months."""

LONGEST_SECONDS = 300.0


class Scores:
    """The scores of one city. All months are worked out at first, so that nothing is missed that happened while the node stood
    still; then when values of the past changed or a month began; else the month that runs."""

    def __init__(
        self, store: Store, pool: Pool, clock: Clock, zone: ZoneInfo, city: str, definitions: Mapping[str, Definition],
    ) -> None:  # fmt: skip
        self._store, self._pool, self._clock = store, pool, clock
        self._zone, self._city, self._definitions = zone, city, definitions
        self._running = self._wholly = False
        self._month = 0
        """The start of the one that ran when it looked last; so all is worked out at first."""

    def follow(self, *, past: bool) -> None:
        """Values changed; `past`: also some of periods that are over."""
        self._running = True
        self._wholly = self._wholly or past

    async def look(self) -> int:
        """Works out what is due; how many scores were news."""
        now = self._clock()
        month = calendar.period("month", now, self._zone).start
        wholly = self._wholly or month != self._month
        if not (wholly or self._running):
            return 0
        job = Scoring(self._store.looking(), self._zone.key, now, self._definitions, wholly)
        found = await self._pool.run(news, job, seconds=LONGEST_SECONDS, asker="scores")
        for first in range(0, len(found), AT_ONCE):
            part = found[first : first + AT_ONCE]
            await self._store.write(lambda uow: scores.write(uow, self._city, part))  # noqa: B023
        self._month, self._running, self._wholly = month, False, False
        return sum(map(len, found))
