# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notifies: one matcher reads the journal once and offers each change to the subscriptions that it may concern.

Positions and counters are saved lazily, in one work for all that moved: after `kill -9` the notifications of the last
moments may be sent again, with the same id, and none is lost.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from hanze.broker.subscriptions import keeping
from hanze.broker.subscriptions.keeping import Kept, State
from hanze.broker.subscriptions.lane import Lane
from hanze.broker.subscriptions.matching import Index
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.periodic import Periodic
from hanze.broker.subscriptions.sending import Sending
from hanze.broker.subscriptions.tape import Tape
from hanze.errors import HanzeError
from hanze.ngsild.entity import Entity
from hanze.ngsild.times import Clock, Sleep
from hanze.outgoing import Client
from hanze.store.base import Store, Trimmed, UnitOfWork
from hanze.store.scope import Scope

log = logging.getLogger("hanze.subscriptions")

ROWS_AT_ONCE = 64
"""Rows that the matcher looks at before it lets others run."""

GATHER_SECONDS = 0.004
"""Between two looks into the journal, so that under load one look finds several changes."""

SAVE_SECONDS = 0.2
AGAIN_SECONDS = 1.0
"""Until what could not be saved is tried again."""

IDLE_SAVES = 10
"""Every so many saves, positions of subscriptions that nothing concerned are saved too."""

MOST_SAVED = 100
"""Subscriptions in one work, so that writers do not wait for long."""

CATCH_UP = 20_000
"""At a start the matcher goes back so many rows at most; subscriptions further behind read for themselves."""

DRAIN_SECONDS = 1.0
"""What an attempt under way gets at the end; it is made again after the next start."""

Key = tuple[str, str]

Note = Callable[[str, str, Sequence[str]], None]
"""Takes down that something was sent: to the owner of a subscription, of a tenant, about entities of these types."""


def _unnoted(owner: str, tenant: str, types: Sequence[str]) -> None:
    """Where nobody keeps account of what was sent."""


class Notifier:
    """The notifications of one node. `scope_of`: what the principal with this id may see now. `token`: gives a word
    that stands for a new subscription, never the same twice. `sleep`: by the clock; what receivers need is real time. `note`:
    takes down what was sent."""

    def __init__(
        self, store: Store, client: Client, clock: Clock, scope_of: Callable[[str], Scope], token: Callable[[], str],
        sleep: Sleep = asyncio.sleep, note: Note = _unnoted,
    ) -> None:  # fmt: skip
        self.store = store
        self.clock = clock
        self.sleep = sleep
        self.scope_of = scope_of
        self.token = token
        self.note = note
        self.sending = Sending(client, clock)
        self.tape = Tape(store)
        self.reader = keeping.Reader(store)
        self.cursor = 0
        self.stopping = False
        self._lanes: dict[Key, Lane] = {}
        self._periodic: dict[Key, Periodic] = {}
        self._index: Index[Lane] = Index()
        self._head = 0
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # the life of the notifier

    async def start(self) -> None:
        """Takes up every subscription where it was left, and begins."""
        loop = asyncio.get_running_loop()

        def wake(head: int) -> None:
            if not self.stopping and not loop.is_closed():
                loop.call_soon_threadsafe(self._committed, head)

        self.store.on_commit(wake)
        self._head = head = self.store.head()
        kept = [(one, self.store.position(keeping.consumer(one.tenant, one.id))) for one in self.reader.all()]
        positions = [head if position is None else position for _, position in kept]
        self.cursor = min((one for one in positions if one >= head - CATCH_UP), default=head)
        for (one, _), position in zip(kept, positions, strict=True):
            try:
                self._add(one, one.definition(), position)
            except HanzeError as error:
                log.error("subscription %s cannot be understood any more: %s", one.id, error.detail)

        self._tasks = [loop.create_task(self._match()), loop.create_task(self._keep_saving())]

    async def stop(self) -> None:
        """Lets attempts under way end, for DRAIN_SECONDS at most, and saves."""
        self.stopping = True
        for task in self._tasks:
            task.cancel()
        for periodic in self._periodic.values():
            periodic.drop()
        for lane in self._lanes.values():
            lane.nudge()
        working = [lane.task for lane in self._lanes.values() if lane.task is not None]
        if working:
            _, late = await asyncio.wait(working, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
        await asyncio.gather(*working, *self._tasks, *(p.task for p in self._periodic.values()), return_exceptions=True)
        await self._save(idle=True)

    # subscriptions come, change and go: after the work that keeps it was committed

    def add(self, kept: Kept, definition: Definition, head: int) -> None:
        """`head`: the journal number that the work gave."""
        self._add(kept, definition, head)

    def replace(self, kept: Kept, definition: Definition, head: int) -> None:
        key = (kept.tenant, kept.id)
        lane = self._lanes.get(key)
        if lane is None or definition.interval:
            state = self.state(kept.tenant, kept.id)
            kept.state = kept.state if state is None else state
            self.remove(kept.tenant, kept.id)
            self._add(kept, definition, head)
        else:
            self._index.take(lane)
            lane.redefine(kept, definition, head)
            self._index.put(lane)

    def remove(self, tenant: str, id: str) -> None:
        key = (tenant, id)
        lane = self._lanes.pop(key, None)
        if lane is not None:
            self._index.take(lane)
            lane.drop()
        periodic = self._periodic.pop(key, None)
        if periodic is not None:
            periodic.drop()

    def state(self, tenant: str, id: str) -> State | None:
        """What happened so far, newer than what the store knows; None where there is no such subscription."""
        found = self._lanes.get((tenant, id)) or self._periodic.get((tenant, id))
        return None if found is None else found.state

    def trimmed(self, result: Trimmed) -> None:
        """Tells those who were left behind by a trim of the journal what they missed."""
        if result.behind:
            behind = set(result.behind)
            for (tenant, id), lane in self._lanes.items():
                if keeping.consumer(tenant, id) in behind:
                    lane.trimmed(result.first)

    def figures(self) -> dict[str, int]:
        """For metrics and health; `lag`: rows of the journal that were not looked at yet."""
        lanes = self._lanes.values()
        every = [*(one.state for one in lanes), *(one.state for one in self._periodic.values())]
        return {
            "subscriptions": len(every),
            "behind": sum(one.behind for one in lanes),
            "failing": sum(one.ok is False for one in every),
            "missed": sum(one.missed for one in every),
            "sent": self.sending.sent,
            "failed": self.sending.failed,
            "lag": max(0, self.store.head() - self.cursor),
        }

    # what lanes and periodic subscriptions ask

    def entity(self, definition: Definition, id: str) -> Entity | None:
        return self.store.get(definition.tenant, id, self.scope_of(definition.owner))

    # the work

    def _add(self, kept: Kept, definition: Definition, position: int) -> None:
        key = (kept.tenant, kept.id)
        if definition.interval:
            self._periodic[key] = Periodic(self, kept, definition)
            return
        lane = self._lanes[key] = Lane(self, kept, definition, position)
        self._index.put(lane)

    async def _match(self) -> None:
        while True:
            if self.cursor >= self._head:
                self._wake.clear()
                await self._wake.wait()
            try:
                full = self._match_some()
            except Exception:
                log.exception("the journal cannot be read; it is tried again")
                await asyncio.sleep(1)
                continue
            await asyncio.sleep(0 if full else GATHER_SECONDS)

    def _committed(self, head: int) -> None:
        self._head = head
        self._wake.set()

    def _match_some(self) -> bool:
        """True where the journal may have more."""
        if not self._lanes:
            self.cursor = max(self.cursor, self._head)
            return False
        found = self.tape.forward(self.cursor, ROWS_AT_ONCE)
        if not found:
            self.cursor = max(self.cursor, self._head)
        for seq, change in found:
            try:
                if change is not None:
                    for lane in self._index.find(change.tenant, change.entity, change.changed()):
                        lane.offer(change)
            except Exception:
                log.exception("the journal's row %d cannot be matched", seq)
            self.cursor = seq
        return len(found) == ROWS_AT_ONCE

    async def _keep_saving(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            turn += 1
            try:
                await self._save(idle=turn % IDLE_SAVES == 0)
            except HanzeError as error:
                log.error("positions of subscriptions cannot be saved, it is tried again: %s", error.detail)
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception:
                log.exception("positions of subscriptions cannot be saved; it is tried again")

    async def _save(self, *, idle: bool) -> None:
        """Positions and states of those that moved; with `idle` positions of all."""
        lanes = [one for one in self._lanes.items() if one[1].touched or (idle and one[1].position != one[1].saved)]
        for first in range(0, len(lanes), MOST_SAVED):
            await self._save_lanes(lanes[first : first + MOST_SAVED])
        for (tenant, id), periodic in list(self._periodic.items()):
            if periodic.touched:
                periodic.touched = False
                await self.store.write(partial(_save, [(tenant, id, None, msgspec.to_builtins(periodic.state))]))

    async def _save_lanes(self, lanes: list[tuple[Key, Lane]]) -> None:
        rows: list[Saved] = []
        for (tenant, id), lane in lanes:
            position = lane.position
            state = msgspec.to_builtins(lane.state) if lane.touched else None
            rows.append((tenant, id, None if position == lane.saved else position, state))
            lane.saved, lane.touched = position, False
        try:
            await self.store.write(partial(_save, rows))
        except BaseException:
            for _, lane in lanes:
                lane.saved, lane.touched = -1, True
            raise


Saved = tuple[str, str, int | None, dict[str, Any] | None]


def _save(rows: list[Saved], work: UnitOfWork) -> None:
    for tenant, id, position, state in rows:
        keeping.save(work, tenant, id, position, state)
