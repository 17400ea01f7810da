# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which agreements hold now, and how often each was used in this minute."""

from collections.abc import Callable

from hanze.access import agreed
from hanze.access.agreed import Agreed
from hanze.errors import NoRightToAccess, TooManyRequests
from hanze.ngsild import times
from hanze.ngsild.times import Clock
from hanze.store.base import Store
from hanze.store.scope import NOTHING, Scope

FRESH_MICROSECONDS = 2_000_000
"""So long what the store says of an agreement is remembered; who changes one has it forgotten at once."""

MOST_REMEMBERED = 4096
MINUTE = 60_000_000
PUBLIC = "What is public can be read without a key."


class Held:
    """What is remembered of an agreement: `agreed` as it was `read` at a moment, None where there is none; the `scope` that it
    gives while it holds; how often it was `asked` in a `minute` of the machine."""

    __slots__ = ("agreed", "asked", "minute", "read", "scope")

    def __init__(self, agreed: Agreed | None, read: int, scope: Scope) -> None:
        self.agreed = agreed
        self.read = read
        self.scope = scope
        self.minute = self.asked = 0

    def holds(self, now: int) -> bool:
        return self.agreed is not None and self.agreed.starts <= now < self.agreed.ends


class Holding:
    """The agreements of one node; used on its event loop. `real`: the clock of the machine, by which requests are counted.
    `scope_of`: what an agreement shows while it holds."""

    def __init__(self, store: Store, clock: Clock, real: Clock, scope_of: Callable[[Agreed], Scope]) -> None:
        self._store = store
        self._clock = clock
        self._real = real
        self._scope_of = scope_of
        self._known: dict[str, Held] = {}

    def forget(self) -> None:
        """In any thread: an agreement was put or ended, or what is public has changed. How often each was asked stays."""
        for held in self._known.copy().values():
            held.read = -FRESH_MICROSECONDS
            held.agreed, held.scope = None, NOTHING

    def ask(self, id: str, now: int) -> None:
        """One more request by a key of the agreement, now. Errors: NoRightToAccess (403) where it does not hold,
        TooManyRequests."""
        held = self._find(id, now)
        found = held.agreed
        if found is None or not found.starts <= now < found.ends:
            raise _refusal(id, found, now)
        if found.rate is not None:
            _count(held, found.rate, now if self._real is self._clock else self._real())

    def scope(self, id: str) -> Scope:
        """What it shows now; nothing where it does not hold."""
        now = self._clock()
        held = self._find(id, now)
        return held.scope if held.holds(now) else NOTHING

    def scope_until(self, id: str) -> tuple[Scope, int]:
        """The same, and up to which moment that may be said, microseconds."""
        now, scope = self._clock(), self.scope(id)
        held = self._find(id, now)
        moments = () if held.agreed is None else (held.agreed.starts, held.agreed.ends)
        return scope, min([held.read + FRESH_MICROSECONDS, *(moment for moment in moments if moment > now)])

    def _find(self, id: str, now: int) -> Held:
        held = self._known.get(id)
        if held is not None and held.read <= now < held.read + FRESH_MICROSECONDS:
            return held
        found = agreed.find(self._store, id)
        if held is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            held = self._known[id] = Held(None, now, NOTHING)
        if found != held.agreed:
            held.agreed, held.scope = found, NOTHING if found is None else self._scope_of(found)
        held.read = now
        return held


def _refusal(id: str, found: Agreed | None, now: int) -> NoRightToAccess:
    if found is None:
        return NoRightToAccess(f"There is no agreement {id} that was signed by both sides; sign it first. {PUBLIC}")
    if now < found.starts:
        return NoRightToAccess(
            f"Agreement {id} begins on {times.text(found.starts)}; its keys open nothing before. {PUBLIC}"
        )
    return NoRightToAccess(
        f"Agreement {id} ended on {times.text(found.ends)}, so its keys open nothing any more. {PUBLIC}"
    )


def _count(held: Held, rate: int, now: int) -> None:
    minute = now // MINUTE
    if minute != held.minute:
        held.minute, held.asked = minute, 0
    if held.asked >= rate:
        wait = -(-((minute + 1) * MINUTE - now) // 1_000_000)
        raise TooManyRequests(
            f"The agreement allows {rate} requests a minute over all its keys, and there were as many; ask again in "
            f"{wait} seconds.",
            limit=rate, retryAfter=wait,
        )  # fmt: skip
    held.asked += 1
