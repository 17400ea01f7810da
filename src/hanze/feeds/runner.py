# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the sources of a node going: each in a task of its own, its state saved with what it gave, slower while it fails."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from urllib.parse import unquote

import msgspec

from hanze.broker.contexts import no_fetch
from hanze.errors import HanzeError, SourceFailed
from hanze.feeds import brought, making, writing
from hanze.feeds import record as records
from hanze.feeds.asking import Asking
from hanze.feeds.called import Called, Lines
from hanze.feeds.health import SOURCE, Health, entity, health
from hanze.feeds.provenance import complete
from hanze.feeds.record import Record
from hanze.feeds.secret import hidden
from hanze.feeds.source import Feed, Found, Poll, State, Stream
from hanze.feeds.writing import Take, works
from hanze.ngsild import operations
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.ngsild.times import Clock, Sleep
from hanze.outgoing import Client
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING

log = logging.getLogger("hanze.feeds")

LONGEST_PAUSE = 3600.0
SHORTEST_PAUSE = 5.0
"""Seconds of the machine between two tries while a source fails."""

LONGEST_SILENCE = 60.0
"""Seconds between two tries of a source that speaks for itself: what it says meanwhile comes late."""

FIRST_PAUSE = 300.0
"""The first try again of a source that is asked seldom comes so soon at the latest."""

LEAVE_SECONDS = 10.0
"""A source that is removed or changed gets so long to take leave of the other server."""

MOST_REASONS = 5

MOST_SOURCES = 10_000

ENTITY_SECONDS = 300.0
"""While nothing about a source changes, its entity is written so often."""

Kind = Poll | Stream | Called


class Runner:
    """The sources of one node. `store`: of the room itself. `chance`: a number from 0 to 1, so that sources do not all
    come at once. `sleep`: by the clock. `lines`: for kinds that others call."""

    def __init__(
        self, store: Store, client: Client, clock: Clock, kinds: Mapping[str, Callable[[], Kind]], city: str,
        chance: Callable[[], float], sleep: Sleep = asyncio.sleep, lines: Lines | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._client = client
        self._clock = clock
        self._kinds = kinds
        self._city = city
        self._chance = chance
        self._sleep = sleep
        self._lines = lines or Lines("", "", no_fetch, os.urandom, clock)
        self._minds: dict[str, _Mind] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def run(self, feeds: Iterable[Feed], there: Container[str] = ()) -> None:
        """Exactly these sources go on from now; those that did not change are not disturbed. `there`: names of others whose
        files cannot be used at the moment; of those that are gone nothing is told any more."""
        wanted = {feed.name: feed for feed in feeds}
        changed = set()
        for name, mind in list(self._minds.items()):
            if wanted.get(name) != mind.feed:
                await self._end(name)
                await mind.leave(self._asking())
                changed.add(name)
        for name, feed in wanted.items():
            if name not in self._minds:
                self._begin(feed)
                if name in changed:
                    self._minds[name].mended()
        own = making.urn("Source", self._city, "")
        for id in await self._store.read(self._told_of):
            name = unquote(id.removeprefix(own))
            if id.startswith(own) and name not in wanted and name not in there:
                await self._store.write(partial(_end, id))

    def _told_of(self) -> list[str]:
        """The ids of all entities of sources."""
        found = self._store.query("", EntitySelection(types=TypeIs(SOURCE)), EVERYTHING, limit=MOST_SOURCES).entities
        return [one.id for one in found]

    async def stop(self) -> None:
        for name in list(self._minds):
            await self._end(name)

    def told(self) -> list[tuple[Feed, Record, Health]]:
        """Each source and how it is now."""
        now = self._clock()
        return [
            (mind.feed, mind.record, health(mind.feed, mind.record, mind.every, now)) for mind in self._minds.values()
        ]

    async def tell(self) -> None:
        """The entities of the sources say how they are now; one grows late while nothing comes."""
        for mind in list(self._minds.values()):
            await mind.tell()

    def _begin(self, feed: Feed) -> None:
        kind = self._kinds[feed.kind]()
        vault = self._store.vault(records.SOURCES)
        kept = records.read(vault, feed.name, feed.kind)
        mind = _Mind(self._store, self._clock, self._city, feed, kind, self._lines, *kept)
        self._minds[feed.name] = mind
        self._tasks[feed.name] = asyncio.create_task(self._mind(mind), name=f"source {feed.name}")

    async def _end(self, name: str) -> None:
        task = self._tasks.pop(name)
        del self._minds[name]
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _mind(self, mind: "_Mind") -> None:
        asking = self._asking()
        while not _cancelled():
            try:
                await mind.tell()
                if mind.feed.paused:
                    await asyncio.sleep(ENTITY_SECONDS)
                    continue
                chance = self._chance()
                await self._sleep(mind.due(chance))
                await asyncio.sleep(mind.left_alone(chance))
                await mind.turn(asking)
            except HanzeError as error:
                log.error("source %s: %s", mind.feed.name, hidden(mind.feed, error.detail))
                await asyncio.sleep(SHORTEST_PAUSE)

    def _asking(self) -> Asking:
        return Asking(self._client, self._clock)


def _end(id: str, uow: UnitOfWork) -> None:
    before = uow.entity("", id)
    if before is not None:
        uow.save("", operations.delete(before))


def _cancelled() -> bool:
    """This task is to end, also where a kind made another error of that, as a line does that cannot be closed."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class _Mind:
    """What is known of one source, and one turn of it."""

    def __init__(
        self, store: Store, clock: Clock, city: str, feed: Feed, kind: Kind, lines: Lines, state: State, record: Record
    ) -> None:
        self.feed = feed
        self.record = record
        self.every: float = feed.every or kind.every
        self._store = store
        self._clock = clock
        self._city = city
        self._kind = kind
        self._lines = lines
        self._state = state
        self._told: Health | None = None
        self._told_at = 0
        self._ended: float | None = None
        """When the last turn was over, in seconds of the event loop."""

    def mended(self) -> None:
        """Its declaration was changed: it has its next turn at once, unless the source itself asks for a wait."""
        soon = round((self.record.looked or 0) + self.record.wait * 1e6)
        self.record = msgspec.structs.replace(self.record, failures=0, again=soon)

    def due(self, chance: float) -> float:
        """Seconds of the clock until the next turn."""
        last, again = self.record.looked, self.record.again
        if last is None:
            return chance * min(1.0, self.every)
        if again is not None and not self.record.failures:
            return max(0.0, (again - self._clock()) / 1e6)
        return max(0.0, last / 1e6 + self._pause(chance) - self._clock() / 1e6)

    def left_alone(self, chance: float) -> float:
        """Seconds of the machine until the next turn: servers live in real time and have limits, however fast the clock runs."""
        if self._ended is None or (self.record.again is not None and not self.record.failures):
            return 0.0
        return max(0.0, self._ended + self._pause(chance) - asyncio.get_running_loop().time())

    def _pause(self, chance: float) -> float:
        # So does a source that says itself when there is more: it asks no server.
        speaks = isinstance(self._kind, Stream | Called) or self.record.again is not None
        pause = 0.0 if speaks else self.every
        if self.record.failures:
            grown = max(SHORTEST_PAUSE, min(pause, FIRST_PAUSE)) * 2.0 ** min(self.record.failures - 1, 16)
            longest = LONGEST_SILENCE if speaks else LONGEST_PAUSE
            pause = max(self.record.wait, min(longest, grown) * (0.75 + 0.5 * chance))
        return pause

    async def turn(self, asking: Asking) -> None:
        """Looks or listens once; however it ends is recorded."""
        try:
            await self._turn(asking)
        finally:
            self._ended = asyncio.get_running_loop().time()

    async def _turn(self, asking: Asking) -> None:
        try:
            if isinstance(self._kind, Stream):
                await self._kind.listen(self.feed, self._state, self._put, asking.guard)
            elif isinstance(self._kind, Called):
                with self._lines.line(self.feed, asking, self._store) as line:
                    await self._kind.join(self.feed, self._state, self._put, line)
            else:
                found, state = await self._kind.look(self.feed, self._state, asking.get, self._clock())
                await self._put(found, state)
        except SourceFailed as error:
            await self._failed(error.detail, error.advice, error.wait)
        except HanzeError:
            raise
        except Exception:
            log.exception("source %s: an error of ours", self.feed.name)
            await self._failed("The source could not be read, by an error of this program.", "Tell its makers.", 0.0)

    async def leave(self, asking: Asking) -> None:
        """The source is removed, paused or changed; a kind that others call takes leave of them, where they answer."""
        if self.feed.paused or not isinstance(self._kind, Called):
            return
        with contextlib.suppress(SourceFailed, TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                with self._lines.line(self.feed, asking, self._store) as line:
                    await self._kind.leave(self.feed, self._state, line)

    async def _put(self, found: Found, state: State) -> None:
        feed, parts = self.feed, works(self.feed.tenant, complete(self.feed, found), found.series, self._take(found))
        if found.past:
            parts.append(partial(brought.join_history, tenant=feed.tenant, entities=found.past, source=feed.name))
        # All but the last part are written before the state, so that what is cut off comes again.
        news = sum([await self._store.write(part) for part in parts[:-1]])
        now, was = self._clock(), self.record
        observed = max((at for at in (was.observed, found.observed) if at is not None), default=None)
        reasons = tuple(f"{one.where}: {one.reason}" for one in found.refused[:MOST_REASONS])

        def work(uow: UnitOfWork) -> Record:
            fresh = news + sum(part(uow) for part in parts[-1:])
            for id in found.gone:
                before = uow.entity(feed.tenant, id) if self._may_end(uow, id) else None
                if before is not None:
                    uow.save(feed.tenant, operations.delete(before))
            record = Record(
                looked=now, succeeded=now, observed=observed, taken=was.taken + len(found.entities),
                news=was.news + fresh, refused=was.refused + len(found.refused),
                reasons=tuple(hidden(feed, reason) for reason in reasons), again=found.again, progress=found.progress,
            )  # fmt: skip
            records.write(uow, feed.name, feed.kind, state, record)
            return record

        self.record = await self._store.write(work)
        self._state = state
        if found.progress != was.progress:
            told = "its history is there" if found.progress is None else found.progress.text()
            log.info("source %s: %s", feed.name, told)
        await self.tell()

    def _take(self, found: Found) -> Take:
        """How its entities are written. What a kind brings that names any id is noted."""
        if isinstance(self._kind, Called):
            return partial(brought.take, source=self.feed.name, whole=found.whole)
        return partial(writing.take, whole=found.whole)

    def _may_end(self, uow: UnitOfWork, id: str) -> bool:
        """The entity is this source's to delete."""
        return not isinstance(self._kind, Called) or brought.drop(uow, self.feed.name, id)

    async def _failed(self, detail: str, advice: str, wait: float) -> None:
        changed = msgspec.structs.replace(
            self.record, looked=self._clock(), failures=self.record.failures + 1, detail=hidden(self.feed, detail),
            advice=advice, wait=wait,
        )  # fmt: skip
        feed, state = self.feed, self._state
        await self._store.write(lambda uow: records.write(uow, feed.name, feed.kind, state, changed))
        self.record = changed
        if changed.failures == 1:
            log.warning("source %s: %s", feed.name, changed.detail)

    async def tell(self) -> None:
        """Writes the source's entity where there is something new about it."""
        now = self._clock()
        found = health(self.feed, self.record, self.every, now)
        if found == self._told and now - self._told_at < ENTITY_SECONDS * 1e6:
            return
        made = entity(self._city, self.feed, self.record, found)

        def work(uow: UnitOfWork) -> None:
            before = uow.entity("", made.id)
            if before is None:
                uow.save("", operations.create(made, uow.stamp))
            else:
                uow.save("", operations.replace(before, made, uow.stamp), "replaced")

        await self._store.write(work)
        self._told, self._told_at = found, now
