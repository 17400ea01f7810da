# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One subscription on its way: what waits for its receiver, in order, and how far it has come in the journal.

A lane is offered the changes that may concern it, by the one matcher that reads the journal for all. Where its receiver
is too slow, the lane holds no more than MOST_WAITING of them: it falls behind, and later reads the journal itself until
it has caught up. So a dead receiver costs little memory and delays nobody. Where something cannot be read, it falls
behind too, and tries again.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from hanze.broker.subscriptions import matching, notification
from hanze.broker.subscriptions.facts import Facts
from hanze.broker.subscriptions.keeping import Kept, State
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.sending import Attempt, Sending, back_off
from hanze.broker.subscriptions.tape import Tape
from hanze.ngsild.entity import Entity
from hanze.ngsild.times import Clock
from hanze.store.scope import NOTHING, Scope

log = logging.getLogger("hanze.subscriptions")

MOST_WAITING = 32
MOST_BYTES = 1 << 20
"""Of the changes that wait, as the journal has them; a single one may be larger."""

ROWS_AT_ONCE = 16
"""What a lane that is behind reads at once: little, since each such lane holds its own."""

MOST_REFUSALS = 3
"""After so many refusals of a notification as such, the lane goes on with the next."""

FRESH = 1_000_000
"""Microseconds; a change that waited longer may have been erased, so the journal is asked whether it still has it."""

AGAIN_SECONDS = 1.0
"""Until a lane that could not read tries once more."""


class Host(Protocol):
    """What lanes share: the notifier."""

    tape: Tape
    sending: Sending
    clock: Clock
    stopping: bool
    cursor: int
    """The journal number up to which the matcher has come."""

    def scope_of(self, owner: str) -> Scope: ...

    def entity(self, definition: Definition, id: str) -> Entity | None: ...

    def note(self, owner: str, tenant: str, types: Sequence[str], /) -> None: ...


class Lane:
    """A subscription that follows the journal; used on the event loop only."""

    def __init__(self, host: Host, kept: Kept, definition: Definition, position: int) -> None:
        self._host = host
        self._waiting: deque[Facts] = deque()
        self._considered = position
        self._by: Scope = NOTHING
        """As who has this scope what waits was taken."""
        self._nudge = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.kept = kept
        self.definition = definition
        self.behind = position < host.cursor
        self.saved = position
        """The position in the store."""
        self.touched = False
        """Something happened that is not saved yet."""
        if self.behind:
            self._go()

    def _lookup(self, id: str) -> Entity | None:
        return self._host.entity(self.definition, id)

    @property
    def state(self) -> State:
        return self.kept.state

    @property
    def position(self) -> int:
        """Every row up to here was delivered, or does not concern the subscription."""
        if self._waiting:
            return self._waiting[0].seq - 1
        return self._considered if self.behind else max(self._considered, self._host.cursor)

    @property
    def task(self) -> asyncio.Task[None] | None:
        """The work under way."""
        return self._task

    def offer(self, change: Facts) -> None:
        """Takes a change that may concern the subscription; changes come in journal order."""
        if self.behind or change.seq <= self._considered:
            return
        try:
            taken = self._take(change)
        except Exception:
            log.exception("subscription %s cannot take change %d; it is tried again", self.definition.id, change.seq)
            taken = False
        if not taken:
            # From here on the lane reads for itself.
            self.behind = True
            self._considered = change.seq - 1
            self._go()

    def redefine(self, kept: Kept, definition: Definition, head: int) -> None:
        """The subscription was changed by the work that ended at `head`; what happened while it was paused is over."""
        paused = not (self.definition.active and definition.active)
        kept.state = self.kept.state
        self.kept, self.definition = kept, definition
        if paused:
            self._waiting.clear()
            self.behind = False
            self._considered = max(self._considered, head)
        self.nudge()

    def nudge(self) -> None:
        """Ends a pause between two attempts."""
        self._nudge.set()

    def drop(self) -> None:
        """The subscription is gone."""
        self._waiting.clear()
        self.behind = False
        if self._task is not None:
            self._task.cancel()

    def trimmed(self, first: int) -> None:
        """The journal begins at `first` now; what the lane had not looked at or sent before that is lost to it."""
        left = deque(one for one in self._waiting if one.seq >= first)
        lost, self._waiting = len(self._waiting) - len(left), left
        if self.behind and self._considered < first - 1:
            lost += first - 1 - self._considered
            self._considered = first - 1
        if lost:
            self.state.missed += lost
            self.state.missed_until = self._host.clock()
            self.touched = True
            log.warning("subscription %s missed up to %d changes: it was behind for too long", self.definition.id, lost)

    def _take(self, change: Facts) -> bool:
        """False where there is no room for a change that concerns the subscription."""
        definition = self.definition
        if definition.runs(change.at):
            seen = self._concerned(definition, change, self._narrowed())
            if seen is not None:
                if self._full(seen):
                    return False
                self._waiting.append(seen)
                self._go()
        self._considered = change.seq
        return True

    def _narrowed(self) -> Scope:
        """What the owner may see now; where that is less than before, what waits says no more than that either."""
        definition, scope = self.definition, self._host.scope_of(self.definition.owner)
        if scope is not self._by and scope != self._by:
            seen = [self._concerned(definition, one, scope) for one in self._waiting]
            self._waiting = deque(one for one in seen if one is not None)
        self._by = scope
        return scope

    def _concerned(self, definition: Definition, change: Facts, scope: Scope) -> Facts | None:
        """The change as the owner may see it; None where it does not concern the subscription."""
        try:
            seen = change.within(scope)
            return seen if seen is not None and matching.concerns(definition, seen, self._lookup) else None
        except Exception:
            log.exception("a change that cannot be matched")
            self._lose(definition, change, "it cannot be matched; the log says why")
            return None

    def _full(self, more: Facts) -> bool:
        waiting = self._waiting
        return len(waiting) >= MOST_WAITING or (
            bool(waiting) and sum(one.weight for one in waiting) + more.weight > MOST_BYTES
        )

    def _go(self) -> None:
        if self._task is None and not self._host.stopping:
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            while not self._host.stopping:
                try:
                    if self._waiting:
                        await self._deliver(self._waiting[0])
                    elif self.behind:
                        self._read_on()
                        await asyncio.sleep(0)
                    else:
                        return
                except Exception:
                    log.exception("subscription %s cannot go on; it is tried again", self.definition.id)
                    await self._pause(AGAIN_SECONDS)
        finally:
            self._task = None

    def _read_on(self) -> None:
        found = self._host.tape.again(self._considered, ROWS_AT_ONCE)
        for seq, change in found:
            if change is not None and change.tenant == self.definition.tenant and not self._take(change):
                return
            self._considered = seq
        if not found or self._considered >= self._host.cursor:
            self.behind = False

    async def _deliver(self, change: Facts) -> None:
        """Sends the first that waits until it is done with, or something else is first."""
        failures, refusals = 0, 0
        while self._waiting and self._waiting[0] is change and not self._host.stopping:
            definition = self.definition
            self._narrowed()
            if not self._waiting or self._waiting[0] is not change:
                self.touched = True
                return
            data = self._data(definition, change) if self._due(definition, change) else None
            if data is None:
                break
            attempt = await self._attempt(definition, change, data)
            if attempt.delivered:
                self._host.note(definition.owner, definition.tenant, change.entity.types)
                break
            refusals += attempt.refused
            if refusals >= MOST_REFUSALS:
                self._lose(definition, change, "its receiver refuses it")
                break
            failures += 1
            await self._pause(max(definition.endpoint.cooldown, attempt.wait or back_off(failures)))
        else:
            return
        if self._waiting and self._waiting[0] is change:
            self._waiting.popleft()
            self.touched = True

    async def _attempt(self, definition: Definition, change: Facts, data: bytes) -> Attempt:
        try:
            return await self._host.sending.attempt(definition, self.state, str(change.seq), data)
        except Exception:
            log.exception("a notification that cannot be sent")
            return Attempt(False, refused=True)
        finally:
            self.touched = True

    def _due(self, definition: Definition, change: Facts) -> bool:
        """Neither expired, nor within the time that throttling keeps free after the last notification, nor erased; and its
        owner may see something still."""
        now, last = self._host.clock(), self.state.last_success
        if not definition.runs(now) or self._host.scope_of(definition.owner) is NOTHING:
            return False
        if definition.throttling and last is not None and change.at < last + definition.throttling:
            return False
        return now - change.at < FRESH or self._host.tape.has(change.seq)

    def _data(self, definition: Definition, change: Facts) -> bytes | None:
        try:
            return notification.of_change(definition, change, lambda id: self._host.entity(definition, id))
        except Exception:
            log.exception("a notification that cannot be made")
            self._lose(definition, change, "it cannot be shown; the log says why")
            return None

    def _lose(self, definition: Definition, change: Facts, why: str) -> None:
        self.state.missed += 1
        self.state.missed_until = self._host.clock()
        self.touched = True
        log.warning("subscription %s loses the notification of change %d: %s", definition.id, change.seq, why)

    async def _pause(self, seconds: float) -> None:
        self._nudge.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._nudge.wait()
        except TimeoutError:
            return
