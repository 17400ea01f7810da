# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Once a second each group of readers who see and want the same gets one message: what changed since it was told last.

A group is told from where it is, so a client that comes again and one that reads slowly get the same: all changes since, merged.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

import msgspec

from hanze.errors import HanzeError, TooManyRequests, Unavailable
from hanze.http.limits import Limits
from hanze.ngsild.times import Clock
from hanze.store.base import Store
from hanze.store.scope import Scope
from hanze.web.live import message
from hanze.web.live.recent import Changes
from hanze.web.live.stream import Stream
from hanze.web.live.tail import Tail
from hanze.web.live.view import Seen, Types, View

log = logging.getLogger("hanze.live")

MOST_ENTITIES = 2_000
MOST_BYTES = 512 << 10
"""Of one message; where more changed, to ask anew is less work for all."""

MOST_TOLD = 50_000
"""Entities of which is known that readers were told of them, for all views together."""

ENTITIES_AT_ONCE = 50
CLIENTS_AT_ONCE = 10
"""What is done before others have their turn."""

MOST_PAUSE_SECONDS = 0.01
"""Between some clients and the next: many of them are told within half the time to the next message, not at one moment, so that
requests meet as little work as when there are few."""

Group = tuple[Types, int]
"""Readers of one view who want these types and were told up to this journal number."""


class Pace(msgspec.Struct, frozen=True):
    """Seconds: between two messages, until a silent stream is told that it lives, until a client that does not read is dropped."""

    message: float = 1.0
    still: float = 15.0
    patience: float = 10.0


class Hub:
    """The streams of one node; used on its event loop. `scope_of`: what the principal with this id may see now. `note`: takes
    down that a client was told something."""

    def __init__(
        self, store: Store, clock: Clock, limits: Limits, scope_of: Callable[[str], Scope],
        note: Callable[[Stream], None], pace: Pace,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._limits = limits
        self._scope_of = scope_of
        self._note = note
        self._pace = pace
        self._tail = Tail(store)
        self._streams: set[Stream] = set()
        self._views: list[View] = []
        self._some = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.messages = 0
        self.dropped = 0

    # the life of the hub

    def start(self) -> None:
        self._tail.open()
        self._task = asyncio.get_running_loop().create_task(self._work())

    def end(self) -> None:
        """Ends all streams; none begins any more."""
        self._stopping = True
        for stream in list(self._streams):
            stream.end()

    async def stop(self) -> None:
        self.end()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def figures(self) -> dict[str, int]:
        """Streams that are open; messages sent and clients dropped so far."""
        return {"streams": len(self._streams), "messages": self.messages, "dropped": self.dropped}

    # streams come and go

    def view(self, scope: Scope, tenant: str) -> View:
        """What readers with this scope share."""
        found = (one for one in self._views if one.tenant == tenant and one.scope == scope)
        return next(found, None) or View(self._store, scope, tenant)

    def join(self, stream: Stream, after: int | None) -> None:
        """`after`: the number up to which the client was told before. Errors: Unavailable, TooManyRequests."""
        self._check_room(stream.address)
        if not self._streams:
            self._tail.begin()
            self._some.set()
        stream.position = self._tail.cursor if after is None else after
        self._streams.add(stream)
        if stream.view not in self._views:
            self._views.append(stream.view)

    def leave(self, stream: Stream) -> None:
        stream.open = False
        self._streams.discard(stream)
        if not any(one.view is stream.view for one in self._streams):
            with contextlib.suppress(ValueError):
                self._views.remove(stream.view)

    def _check_room(self, address: str) -> None:
        limits = self._limits
        if self._stopping:
            raise Unavailable("The node is stopping; ask again when it runs.")
        if len(self._streams) >= limits.streams:
            raise Unavailable(
                f"There are {limits.streams} streams already, as many as this node allows; ask again in a while.",
                limit=limits.streams,
            )
        if sum(one.address == address for one in self._streams) >= limits.streams_of_address:
            raise TooManyRequests(
                f"There are {limits.streams_of_address} streams from your address already; close one of them.",
                limit=limits.streams_of_address,
            )

    # the work

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            if not self._streams:
                self._some.clear()
                await self._some.wait()
            due = max(due + self._pace.message, loop.time())
            await asyncio.sleep(due - loop.time())
            try:
                await self._turn(loop.time())
            except HanzeError as error:
                log.error("live streams: %s; it is tried again", error.detail)
            except Exception:
                log.exception("live streams cannot go on; it is tried again")

    async def _turn(self, now: float) -> None:
        self._look_after(now)
        await self._tail.forward()
        await self._tail.back(min((one.position for one in self._open()), default=self._tail.cursor))
        for view in list(self._views):
            await self._tell(view, now)
        for stream in self._open():
            if not stream.stuck and now - stream.told >= self._pace.still:
                stream.write(message.still(stream.position), now)

    def _open(self) -> list[Stream]:
        return [stream for stream in self._streams if stream.open]

    def _look_after(self, now: float) -> None:
        """Who may see something else than when the stream began has to ask again; who does not read is dropped."""
        scopes = {id: self._scope_of(id) for id in {one.who.id for one in self._streams}}
        for stream in self._open():
            if scopes[stream.who.id] != stream.view.scope:
                stream.end()
            elif stream.stuck and now - stream.stuck > self._pace.patience:
                self.dropped += 1
                stream.drop()

    async def _tell(self, view: View, now: float) -> None:
        """One view's messages, to those of its readers who can take one."""
        upto = self._tail.cursor
        streams = [one for one in self._open() if one.view is view and (not one.stuck or one.write(b"", now))]
        if not streams:
            return
        share, pause = MOST_TOLD // len(self._views), self._pause()
        asked = {group: self._asked(view, *group) for group in {(one.types, one.position) for one in streams}}
        changes = {id: one for group in asked.values() if group for id, one in group.items()}
        seen = await self._look(view, changes)
        view.tell(changes, seen, share)
        made: dict[Group, bytes] = {}
        for number, stream in enumerate(streams):
            if number % CLIENTS_AT_ONCE == 0:
                await asyncio.sleep(pause)
            group = (stream.types, stream.position)
            if group not in made:
                made[group] = self._message(view, group, asked[group], seen, upto)
            self._send(stream, made[group], upto, now)

    def _pause(self) -> float:
        pauses = len(self._views) + len(self._streams) / CLIENTS_AT_ONCE
        return min(MOST_PAUSE_SECONDS, self._pace.message / 2 / pauses)

    def _asked(self, view: View, types: Types, after: int) -> Changes | None:
        """What may concern a group; None where that is too much, or not known."""
        if not self._tail.knows(after):
            return None
        found = view.concern(self._tail.recent.since(view.tenant, after), types)
        return found if len(found) <= MOST_ENTITIES else None

    async def _look(self, view: View, ids: Iterable[str]) -> dict[str, Seen]:
        """The entities as this view sees them, read in pieces beside the event loop."""
        seen: dict[str, Seen] = {}
        left = iter(ids)
        while piece := list(islice(left, ENTITIES_AT_ONCE)):
            seen |= await self._store.read(partial(view.look, piece))
        return seen

    def _message(self, view: View, group: Group, asked: Changes | None, seen: dict[str, Seen], upto: int) -> bytes:
        """Empty where there is nothing to tell."""
        if asked is None:
            return message.reset(upto)
        entities, gone = view.pick(asked, seen, *group)
        if not entities and not gone:
            return b""
        made = message.changes(upto, self._clock(), entities, gone)
        return made if len(made) <= MOST_BYTES else message.reset(upto)

    def _send(self, stream: Stream, data: bytes, upto: int, now: float) -> None:
        if not stream.open or (data and not stream.write(data, now)):
            return
        stream.position = upto
        if data:
            self.messages += 1
            self._note(stream)
