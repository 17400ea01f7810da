# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small file system of its own, which only root can make; and what fills it up."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def small(place: Path, kilobytes: int) -> Iterator[bool]:
    """Mounts memory of this size at the place; False where this machine does not allow it."""
    place.mkdir()
    made = _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    try:
        yield made
    finally:
        if made:
            _run("umount", str(place)) or _run("umount", "-l", str(place))


def resize(place: Path, kilobytes: int) -> None:
    assert _run("mount", "-o", f"remount,size={kilobytes}k", str(place))


def fill(file: Path, spare: int) -> None:
    """Writes the file until the file system is full, then takes so many bytes off it."""
    with open(file, "ab", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    with open(file, "r+b") as ballast:
        ballast.truncate(max(0, file.stat().st_size - spare))


def _run(*words: str) -> bool:
    try:
        return subprocess.run(words, capture_output=True).returncode == 0
    except OSError:
        return False
