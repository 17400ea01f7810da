# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file system that can lose its power: what was written but not synced is then lost, write by write at random."""

import random
import threading
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import apsw


class _Change(NamedTuple):
    """A write (or, where `data` is None, a truncation) since the last sync, and what stood there before."""

    offset: int
    data: bytes | None
    before: bytes
    size_before: int

    def back(self, file: BinaryIO) -> None:
        file.seek(self.offset)
        file.write(self.before)
        file.truncate(self.size_before)

    def again(self, file: BinaryIO) -> None:
        if self.data is None:
            file.truncate(self.offset)
        else:
            file.seek(self.offset)
            file.write(self.data)


class PowerVFS(apsw.VFS):
    """Registered under a name; the power goes `after` so many more writes, wherever these are, however fast the disk is."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.dead = threading.Event()
        self.syncs = 0
        self.lost = 0
        self._left = 0
        self._files: dict[str, list[_Change]] = {}
        self._random = random.Random(seed)
        self.lock = threading.RLock()
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return PowerFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.dead.is_set():
            raise apsw.IOError("the power is gone")
        super().xDelete(filename, syncdir)

    def unsynced(self, path: str) -> list[_Change]:
        return self._files.setdefault(path, [])

    def after(self, writes: int) -> None:
        with self.lock:
            self._left = writes

    def written(self) -> None:
        """One write less until the cut: from then on nothing works any more, and each unsynced change is lost with even
        chance."""
        self._left -= 1
        if self._left == 0:
            self.lost = self._lose()
            self.dead.set()

    def _lose(self) -> int:
        lost = 0
        for path, changes in self._files.items():
            if not Path(path).exists():
                continue
            with open(path, "r+b") as file:
                for change in reversed(changes):
                    change.back(file)
                kept = [change for change in changes if self._random.random() < 0.5]
                for change in kept:
                    change.again(file)
            lost += len(changes) - len(kept)
        return lost


class PowerFile(apsw.VFSFile):
    """Notes what each write covers until the next sync."""

    def __init__(self, vfs: PowerVFS, name: Any, flags: list[int]) -> None:
        self._vfs = vfs
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("", name, flags)

    def _alive(self) -> None:
        if self._vfs.dead.is_set():
            raise apsw.IOError("the power is gone")

    def xWrite(self, data: bytes, offset: int) -> None:
        with self._vfs.lock:
            self._alive()
            size = self.xFileSize()
            covered = max(0, min(len(data), size - offset))
            before = self.xRead(covered, offset) if covered else b""
            self._vfs.unsynced(self._path).append(_Change(offset, bytes(data), before, size))
            super().xWrite(data, offset)
            self._vfs.written()

    def xTruncate(self, size: int) -> None:
        with self._vfs.lock:
            self._alive()
            old = self.xFileSize()
            if size < old:
                self._vfs.unsynced(self._path).append(_Change(size, None, self.xRead(old - size, size), old))
            super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        with self._vfs.lock:
            self._alive()
            super().xSync(flags)
            self._vfs.syncs += 1
            self._vfs.unsynced(self._path).clear()
