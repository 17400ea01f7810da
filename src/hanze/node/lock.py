# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lock of a folder: one process at a time works with it; the system frees it when that process ends, however it ends."""

import fcntl
import os
from pathlib import Path

from hanze.errors import ConfigurationError

FILE = "hanze.lock"


class Busy(ConfigurationError):
    """Another process holds the folder."""


class FolderLock:
    """Held from creation until `release`; Busy where another process holds it."""

    def __init__(self, folder: Path, what: str) -> None:
        """`what`: who holds it, in words for the other one's message: "a node", "hanze load"."""
        path = folder / FILE
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ConfigurationError(
                f"{path} cannot be opened ({error.strerror}); check that the folder exists and may be written."
            ) from None
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._handle, 200).decode(errors="replace").strip() or "another process"
            os.close(self._handle)
            raise Busy(
                f"{folder} is in use by {holder}; stop that one first, or give another folder with --folder."
            ) from None
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{what} (process {os.getpid()})".encode(), 0)

    def release(self) -> None:
        os.close(self._handle)
