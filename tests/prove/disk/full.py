# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file system that refuses to write beyond what it has room for; for machines where none can be mounted."""

import threading
from typing import Any

import apsw


class FullVFS(apsw.VFS):
    """Registered under a name; `room`: bytes by which files may still grow."""

    def __init__(self, name: str, room: int) -> None:
        self.room = room
        self.lock = threading.Lock()
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return FullFile(self, name, flags)


class FullFile(apsw.VFSFile):
    def __init__(self, vfs: FullVFS, name: Any, flags: list[int]) -> None:
        self._vfs = vfs
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        with self._vfs.lock:
            grows = max(0, offset + len(data) - self.xFileSize())
            if grows > self._vfs.room:
                raise apsw.FullError("no room")
            self._vfs.room -= grows
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        with self._vfs.lock:
            self._vfs.room += max(0, self.xFileSize() - size)
        super().xTruncate(size)
