# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What runs in a worker process: one job after the other from the pipe, each answered on another one.

Its bounds are those of the process: low priority, a limit of memory, and an end with the node, however that one ends.
"""

import contextlib
import fcntl
import os
import pickle
import resource
import select
import struct
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any, BinaryIO

from hanze.compute import Shelf
from hanze.errors import HanzeError

HEAD = struct.Struct("!Q")
"""Before each answer: how many bytes it has."""

DONE, TOLD, REFUSED, BROKEN, MEMORY = range(5)
"""Kinds of answers: the value; how far it is; an error that was meant, one that was not (its traceback); too little memory."""

NICE = 10

PAUSE_SECONDS = 0.2
"""How far a job is, is told no more often."""


def main(memory: int) -> None:
    """Works until the pipe ends. `memory`: bytes of addresses that the process may have."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a job prints must not come among the answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _bound(memory)
    say, going = _Answers(answers), True
    shelf: Shelf = {}
    while going and jobs.peek(1):
        kind, value = _done(jobs, say, shelf)
        say(kind, value)
        # What took too much memory does not all give it back, and what broke may have broken more: there the next job gets
        # another process.
        going = kind in (DONE, REFUSED)


def _done(jobs: BinaryIO, say: "_Answers", shelf: Shelf) -> tuple[int, Any]:
    """What came of the next job."""
    try:
        function, arguments, tells, keeps = pickle.load(jobs)
        more = {**({"tell": say.told} if tells else {}), **({"shelf": shelf} if keeps else {})}
        with _ending_with_the_node(jobs):
            return DONE, function(*arguments, **more)
    except HanzeError as error:
        return REFUSED, error
    except MemoryError:
        return MEMORY, None
    except Exception:
        return BROKEN, traceback.format_exc()


def _bound(memory: int) -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where the machine has no memory left, a calculation goes before the node does.
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")


@contextlib.contextmanager
def _ending_with_the_node(jobs: BinaryIO) -> Iterator[None]:
    """While a job runs nothing comes on the pipe but its end, of which Linux tells by a signal that ends the process, also where
    a library keeps the interpreter. Elsewhere the process ends behind its job."""
    flags = fcntl.fcntl(jobs, fcntl.F_GETFL)
    fcntl.fcntl(jobs, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(jobs, fcntl.F_SETFL, flags | os.O_ASYNC)
    if select.select([jobs], [], [], 0)[0]:
        os._exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(jobs, fcntl.F_SETFL, flags)


class _Answers:
    """Answers to one job."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._last = 0.0

    def __call__(self, kind: int, value: Any = None) -> None:
        body = pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL)
        self._file.write(HEAD.pack(len(body)))
        self._file.write(body)
        self._file.flush()

    def told(self, done: float, whole: float, words: str) -> None:
        """How far the job is."""
        now = time.monotonic()
        if now - self._last >= PAUSE_SECONDS:
            self._last = now
            self(TOLD, (done, whole, words))


if __name__ == "__main__":
    main(int(sys.argv[1]))
