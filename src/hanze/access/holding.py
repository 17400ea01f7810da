# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which agreements hold now, and how often each was used in this minute."""

from hanze.access import agreed
from hanze.access.agreed import Agreed
from hanze.errors import NoRightToAccess, TooManyRequests
from hanze.ngsild import times
from hanze.ngsild.times import Clock
from hanze.store.base import Store

FRESH_MICROSECONDS = 2_000_000
"""So long what the store says of an agreement is remembered; who changes one has it forgotten at once."""

MOST_REMEMBERED = 4096
MINUTE = 60_000_000
PUBLIC = "What is public can be read without a key."


class Holding:
    """The agreements of one node; used on its event loop. `real`: the clock of the machine, by which requests are counted."""

    def __init__(self, store: Store, clock: Clock, real: Clock) -> None:
        self._store = store
        self._clock = clock
        self._real = real
        self._known: dict[str, tuple[Agreed | None, int]] = {}
        self._asked: dict[str, tuple[int, int]] = {}

    def forget(self) -> None:
        """In any thread: an agreement was put or ended."""
        self._known = {}

    def ask(self, id: str) -> None:
        """One more request by a key of the agreement. Errors: NoRightToAccess (403) where it does not hold now,
        TooManyRequests."""
        found, now = self._find(id), self._clock()
        if found is None:
            raise NoRightToAccess(f"There is no agreement {id} that was signed by both sides; sign it first. {PUBLIC}")
        if now >= found.ends:
            raise NoRightToAccess(
                f"Agreement {id} ended on {times.text(found.ends)}, so its keys open nothing any more. {PUBLIC}"
            )
        if now < found.starts:
            raise NoRightToAccess(
                f"Agreement {id} begins on {times.text(found.starts)}; its keys open nothing before. {PUBLIC}"
            )
        if found.rate is not None:
            self._count(found, found.rate)

    def holds(self, id: str) -> Agreed | None:
        """The agreement where it holds now; the same value as before where it did not change."""
        found, now = self._find(id), self._clock()
        return found if found is not None and found.starts <= now < found.ends else None

    def until(self, id: str) -> int:
        """Up to which moment what was said of it counts, microseconds."""
        found, read = self._known.get(id, (None, 0))
        later = read + FRESH_MICROSECONDS
        moments = () if found is None else (found.starts, found.ends)
        return min([later, *(moment for moment in moments if moment > self._clock())])

    def _find(self, id: str) -> Agreed | None:
        known, now = self._known, self._clock()
        before, read = known.get(id, (None, -FRESH_MICROSECONDS))
        if read <= now < read + FRESH_MICROSECONDS:
            return before
        found = agreed.find(self._store, id)
        if found == before:
            found = before
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[id] = (found, now)
        return found

    def _count(self, found: Agreed, rate: int) -> None:
        now = self._real()
        minute, asked = self._asked.get(found.id, (0, 0))
        if minute != now // MINUTE:
            minute, asked = now // MINUTE, 0
        if asked >= rate:
            wait = -(-((minute + 1) * MINUTE - now) // 1_000_000)
            raise TooManyRequests(
                f"Agreement {found.id} allows {rate} requests a minute over all its keys, and there were as many; "
                f"ask again in {wait} seconds.",
                limit=rate, retryAfter=wait,
            )  # fmt: skip
        if len(self._asked) >= MOST_REMEMBERED:
            self._asked.clear()
        self._asked[found.id] = (minute, asked + 1)
