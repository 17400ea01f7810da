# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which file is read next: the oldest that is new, once nobody writes to it any more."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from hanze.feeds.kinds.files import folder
from hanze.feeds.kinds.files.folder import CLOSED, Entry, Odd
from hanze.feeds.kinds.files.memory import Memory, Newer, newer, share

LOOK = 5.0
"""Seconds from one look at the folder to the next at least."""

REST = 20
"""A look at very many files takes so much of the time that goes by, and no more: 1 / 20."""

SETTLED = 10.0
"""Seconds for which nobody wrote to a file that is read."""

AGAIN = 300.0
"""Seconds until a file that could not be read is tried again, though it did not change."""

MOST_FILES = 5_000
"""Files that are lined up at once."""

MOST_ODD = 20


class Line:
    """`wall`: seconds of the clock by which files are stamped. All other times are seconds of the event loop."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._files: deque[Entry] = deque()
        self._blocked: set[int] = set()
        self._waiting: dict[str, tuple[Entry, float]] = {}
        self._tried: dict[str, float] = {}
        self.odd: list[Odd] = []
        self.due = 0.0
        """When the folder is looked at again."""

    def clear(self) -> None:
        self._files.clear()
        self.due = 0.0

    def __bool__(self) -> bool:
        return bool(self._files)

    def look(
        self, path: Path, wanted: Callable[[str], bool], memory: Memory, seconds: Callable[[], float]
    ) -> list[str]:
        """Lines up what is new in the folder; the files that vanished before they were read to their end. For a thread.

        Errors: SourceFailed.
        """
        began = seconds()
        self.odd = []
        found = self._newer(path, wanted, memory)
        self._files.extend(found.files)
        self._blocked.clear()
        there = {one.name for one in found.files}
        self._waiting = {name: one for name, one in self._waiting.items() if name in there}
        self._tried = {name: at for name, at in self._tried.items() if name in memory.wrong}
        ended = seconds()
        self.due = ended if found.more and not self._waiting else ended + max(LOOK, REST * (ended - began))
        return found.gone

    def _newer(self, path: Path, wanted: Callable[[str], bool], memory: Memory) -> Newer:
        def files() -> Iterator[Entry]:
            for one in folder.entries(held):
                if isinstance(one, Entry):
                    if wanted(one.name):
                        yield one
                elif len(self.odd) < MOST_ODD and (one.reason == CLOSED or wanted(one.name)):
                    self.odd.append(one)

        held = folder.root(path)
        try:
            return newer(memory, files(), MOST_FILES)
        except OSError as error:
            raise folder.closed(path, error) from None
        finally:
            os.close(held)

    def next(self, memory: Memory, now: float) -> Entry | None:
        """The file to read next, None where there is none at this time."""
        while self._files:
            entry = self._files.popleft()
            settled = self._settled(entry, now)
            if share(entry.name) in self._blocked:
                continue
            if memory.known(entry):
                memory.done(entry)
            elif memory.passed(entry) and entry.name in memory.wrong and now < self._tried.get(entry.name, now):
                continue
            elif settled:
                return entry
            else:
                self.block(entry)
        return None

    def block(self, entry: Entry) -> None:
        """The file has to wait, and with it those of its share, so that they are read in their order."""
        self._blocked.add(share(entry.name))

    def again(self, entry: Entry, now: float) -> None:
        """The file could not be read."""
        self._tried[entry.name] = now + AGAIN

    def _settled(self, entry: Entry, now: float) -> bool:
        """Nobody writes: by the clock, or where the stamps are of another one, by two looks."""
        if entry.stamp / 1e9 <= self._wall() - SETTLED:
            return True
        before, since = self._waiting.get(entry.name, (None, now))
        if before != entry:
            self._waiting[entry.name] = (entry, now)
            return False
        return now - since >= SETTLED
