# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Watches a folder: reads what is new or changed in it once nobody writes to it any more, and goes on where it stopped.

The URL is a folder of this machine, as file:// or as an absolute path. Option: `pattern`, such as "air-*.csv", of the names
below the folder that are read; * stands for any signs, also for those between folders. Without it all of a known ending are.
"""

import asyncio
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import ClassVar

import msgspec

from hanze.broker.contexts import Contexts
from hanze.errors import ConfigurationError, HanzeError, SourceFailed
from hanze.errors import mark as _
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.files import folder
from hanze.feeds.kinds.files import line as lines
from hanze.feeds.kinds.files.contexts import Away, contexts, finder
from hanze.feeds.kinds.files.folder import Entry
from hanze.feeds.kinds.files.line import Line
from hanze.feeds.kinds.files.memory import Memory
from hanze.feeds.kinds.files.pieces import KNOWN, ending
from hanze.feeds.kinds.files.reading import Changed, Reading, begin
from hanze.feeds.source import Feed, Found, Get, Refused, State
from hanze.feeds.tables import check

QUIET = 600.0
"""Seconds after which the node is told that nothing came."""

MOST_TOGETHER = 5_000
"""Entities and observations, beyond which those of several files are not put together."""

MOST_STANDING = 3
"""Files that cannot be read which are told again each time."""

MEND = _("Mend the file of the source.")

GONE = "it vanished before it was read to its end; put it there again under its name, what was read of it stays"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the feed's file may choose."""

    pattern: str = ""


class Files:
    """`wall`: seconds of the clock by which files are stamped."""

    kind: ClassVar[str] = "files"
    every: ClassVar[float] = 86_400.0
    """Usually something comes each day; the folder itself is looked at all the time."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._line = Line(wall)
        self._reading: Reading | None = None
        self._contexts: Contexts | None = None
        self._left: State | None = None
        self._told: list[Refused] = []

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        """What came into the folder; where nothing did, it waits for it."""
        loop = asyncio.get_running_loop()
        began, first = loop.time(), state is not self._left
        if first:
            # The node began, or what was found last was not kept: it comes again.
            self._end()
            self._line.clear()
        self._left = None
        self._contexts = self._contexts or contexts(get)
        memory, found = _memory(feed, state), Found()
        while not await self._some(feed, memory, found) and not first and loop.time() - began < QUIET:
            await asyncio.sleep(lines.LOOK)
        found.refused = [*self._standing(memory), *found.refused]
        found.again = now + round((loop.time() - began) * 1e6)
        self._left = answers.remembered(memory)
        return found, self._left

    async def _some(self, feed: Feed, memory: Memory, found: Found) -> bool:
        """Reads some of what there is; False where nothing changed."""
        loop = asyncio.get_running_loop()
        path, wanted = folder.place(feed.url), _wanted(answers.options(feed, Options).pattern)
        if self._reading is None and not self._line and loop.time() >= self._line.due:
            for name in await asyncio.to_thread(self._line.look, path, wanted, memory, loop.time):
                del memory.seen[name]
                found.refused.append(Refused(name, GONE))
        changed = bool(found.refused)
        while len(found.entities) + sum(len(one.moments) for one in found.series) < MOST_TOGETHER:
            if self._reading is None:
                entry = self._line.next(memory, loop.time())
                if entry is None:
                    break
                await self._begin(feed, entry, memory, found)
            if self._reading is not None:
                await self._step(self._reading, memory, found)
            changed = True
        told, self._told = self._told, self._standing(memory)
        return changed or told != self._told

    async def _begin(self, feed: Feed, entry: Entry, memory: Memory, found: Found) -> None:
        assert self._contexts is not None
        find = finder(self._contexts, asyncio.get_running_loop())
        try:
            self._reading = await asyncio.to_thread(
                begin, folder.place(feed.url), entry, memory.seen.get(entry.name), feed, find
            )
        except (Changed, OSError) as error:
            self._cannot(entry, error, memory, found)

    async def _step(self, reading: Reading, memory: Memory, found: Found) -> None:
        """One piece more of the file."""
        entry = reading.entry
        try:
            piece = await asyncio.to_thread(reading.step)
        except (Changed, Away, OSError, HanzeError) as error:
            if isinstance(error, HanzeError):
                memory.keep(entry, reading.digest, reading.rows, True)
            self._cannot(entry, error, memory, found)
            self._end()
            return
        memory.keep(entry, reading.digest, reading.rows, piece is None)
        if piece is not None:
            _join(found, piece)
            return
        memory.done(entry)
        memory.wrong.pop(entry.name, None)
        self._end()

    def _cannot(self, entry: Entry, error: Exception, memory: Memory, found: Found) -> None:
        """The file cannot be read, at this time or as it is."""
        if isinstance(error, Changed):
            self._line.block(entry)
            return
        memory.done(entry)
        if isinstance(error, FileNotFoundError):
            memory.seen.pop(entry.name, None)
            found.refused.append(Refused(entry.name, GONE))
        elif isinstance(error, HanzeError):
            found.refused.append(Refused(entry.name, error.detail))
        else:
            memory.refuse(entry.name, _told(error))
            self._line.again(entry, asyncio.get_running_loop().time())

    def _standing(self, memory: Memory) -> list[Refused]:
        """The files that cannot be read, some of them."""
        names = [*memory.wrong.items(), *((one.name, one.reason) for one in self._line.odd)]
        found = [Refused(name, reason) for name, reason in names[:MOST_STANDING]]
        if len(names) > MOST_STANDING:
            found.append(Refused("the folder", f"{len(names) - MOST_STANDING} other files cannot be read"))
        return found

    def _end(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None


def _memory(feed: Feed, state: State) -> Memory:
    """What is remembered; nothing where files are read in another way than they were. Errors: SourceFailed."""
    try:
        if feed.mapping is not None:
            feed.mapping.check()
        if feed.table is not None:
            check(feed.table, "[table]")
    except (ValueError, ConfigurationError) as error:
        told = error.detail if isinstance(error, ConfigurationError) else f"[mapping]: {error}."
        raise SourceFailed(f"The source cannot be read: {told}", MEND) from None
    if feed.table is not None and feed.table.tenant not in ("", feed.tenant):
        raise SourceFailed("[table] names another tenant than the source.", MEND)
    how = [feed.url, feed.options, feed.mapping, feed.table]
    way = blake2b(msgspec.json.encode(how), digest_size=8).hexdigest()
    found = answers.memory(state, Memory)
    return found if found.way == way else Memory(way)


def _wanted(pattern: str) -> Callable[[str], bool]:
    return (lambda name: fnmatchcase(name, pattern)) if pattern else lambda name: ending(name) in KNOWN


def _join(found: Found, piece: Found) -> None:
    found.entities += piece.entities
    found.series += piece.series
    found.refused += piece.refused
    found.observed = max((at for at in (found.observed, piece.observed) if at is not None), default=None)


def _told(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "it cannot be read (Permission denied); let the user that runs the node read it"
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror}); see whether the disk or the share is in order"
    return f"{error} The file is read when it can be had."
