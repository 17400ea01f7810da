# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Functions that run in worker processes; they import nothing of the node."""

import ctypes
import os
import re
import resource
import sys
import time
from pathlib import Path
from typing import NoReturn

from hanze.compute import Shelf, Tell
from hanze.errors import BadRequestData


def double(value: int) -> int:
    return 2 * value


def asked(name: str, shelf: Shelf) -> int:
    """How often this process was asked with this name."""
    shelf[name] = shelf.get(name, 0) + 1
    return int(shelf[name])


def who() -> tuple[int, int, tuple[int, int], list[str]]:
    """Process, priority, limit of memory, and what it imported of Hanze."""
    there = sorted(name for name in sys.modules if name.startswith(("hanze", "asyncio", "starlette", "msgspec")))
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0), resource.getrlimit(resource.RLIMIT_AS), there


def sleep(seconds: float, mark: str = "") -> int:
    """`mark`: a file that it writes when it begins."""
    if mark:
        Path(mark).write_text(str(os.getpid()))
    time.sleep(seconds)
    return os.getpid()


def keep(mark: str) -> None:
    """Keeps the interpreter for hours, so that no thread of the process does anything else."""
    Path(mark).write_text(str(os.getpid()))
    re.match("(a|a)*b", "a" * 60)


def note(file: str, name: str, seconds: float) -> None:
    """Writes when it began and ended."""
    begun = time.monotonic()
    time.sleep(seconds)
    with open(file, "a") as out:
        out.write(f"{name} {begun} {time.monotonic()}\n")


def count(steps: int, pause: float, tell: Tell) -> str:
    for one in range(steps):
        tell(one, steps, "Counting")
        time.sleep(pause)
    return "counted"


def refuse() -> NoReturn:
    raise BadRequestData("no2 is 'x'; give a number.", limit=3)


def broken() -> NoReturn:
    raise KeyError("secret of ours")


def hungry() -> int:
    return len(bytearray(8 << 30))


def crash() -> None:
    ctypes.string_at(0)


def leave() -> NoReturn:
    sys.exit(3)


def talk() -> bytes:
    """Prints, as libraries do, and gives much."""
    print("something on the way")
    return b"x" * 5_000_000
