# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is remembered of a folder's files: little, however many there are.

Files are read in the order of their stamps, and of each of some shares of all names only the last one and the number of those up
to it are kept. So a new or changed file is one behind the last; where there are more up to it than there were, something old was
moved in, and the share is looked through again, which brings nothing twice. The latest files are known by their content, so that
one that was only touched is not read again, and one that grew is read from where it ended.
"""

import heapq
from collections.abc import Iterable
from zlib import crc32

import msgspec

from hanze.feeds.kinds.files.folder import Entry

SHARES = 64

MOST_SEEN = 200
"""Files that are known by their content, some 120 bytes each."""

MOST_WRONG = 50


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """How far a file was read: its size, the digest of so many bytes, the rows; `whole`: to its end."""

    size: int
    changed: int
    stamp: int
    digest: str
    rows: int
    whole: bool


class Mark(msgspec.Struct, array_like=True):
    """The last file of a share that was read, and how many there are up to it."""

    stamp: int = 0
    name: str = ""
    count: int = 0


class Memory(msgspec.Struct, omit_defaults=True):
    """`way`: digest of how files are read; where that changed, all are read anew. `wrong`: files that cannot be read at this
    time, and why."""

    way: str = ""
    marks: list[Mark] = msgspec.field(default_factory=lambda: [Mark() for _ in range(SHARES)])
    seen: dict[str, Seen] = {}
    wrong: dict[str, str] = {}

    def passed(self, entry: Entry) -> bool:
        """The file stands up to the mark of its share."""
        mark = self.marks[share(entry.name)]
        return (entry.stamp, entry.name) <= (mark.stamp, mark.name)

    def known(self, entry: Entry) -> bool:
        """The file was read as it is."""
        seen = self.seen.get(entry.name)
        return seen is not None and seen.whole and (seen.size, seen.changed, seen.stamp) == entry[1:]

    def done(self, entry: Entry) -> None:
        """Nothing is to be read of the file any more, until it changes."""
        if self.passed(entry):
            return
        mark = self.marks[share(entry.name)]
        mark.stamp, mark.name, mark.count = entry.stamp, entry.name, mark.count + 1

    def keep(self, entry: Entry, digest: str, rows: int, whole: bool) -> None:
        self.seen.pop(entry.name, None)
        self.seen[entry.name] = Seen(entry.size, entry.changed, entry.stamp, digest, rows, whole)
        for name in list(self.seen)[:-MOST_SEEN]:
            del self.seen[name]

    def refuse(self, name: str, reason: str) -> None:
        """The file cannot be read at this time."""
        self.wrong[name] = reason
        for one in list(self.wrong)[:-MOST_WRONG]:
            del self.wrong[one]


class Newer(msgspec.Struct):
    """What one look at all files found. `files`: those to read, oldest first; `more`: there are others behind them, or some to
    look through again; `gone`: those that were read in part and are not there any more."""

    files: list[Entry]
    more: bool
    gone: list[str]


def share(name: str) -> int:
    """The share that a file is in."""
    return crc32(name.encode()) % SHARES


def newer(memory: Memory, entries: Iterable[Entry], most: int) -> Newer:
    """The files that are to be read, at most so many; the marks then say how many there are up to them."""
    counts = [0] * SHARES
    parts = {name for name, seen in memory.seen.items() if not seen.whole}
    wrong = set(memory.wrong)

    def behind() -> Iterable[Entry]:
        for entry in entries:
            parts.discard(entry.name)
            if memory.passed(entry):
                counts[share(entry.name)] += 1
                if entry.name not in wrong:
                    continue
            wrong.discard(entry.name)
            yield entry

    found = heapq.nsmallest(most, behind(), key=lambda one: (one.stamp, one.name))
    again = False
    for mark, count in zip(memory.marks, counts, strict=True):
        if count > mark.count:
            mark.stamp, mark.name, count, again = 0, "", 0, True
        mark.count = count
    for name in wrong:
        del memory.wrong[name]
    return Newer(found, again or len(found) == most, sorted(parts))
