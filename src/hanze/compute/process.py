# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The node's side of one worker process: it starts, does a job, and ends when it is told to or its pipe does."""

import asyncio
import contextlib
import os
import pickle
import sys
from typing import Any

from hanze.compute import Tell
from hanze.compute.worker import HEAD, TOLD
from hanze.errors import CalculationFailed

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Libraries take one processor, and no addresses in advance: these count for the limit of memory."""


class Worker:
    """A process that is there; `idle`: what ends it where nothing comes for a while."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.idle: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, memory: int) -> "Worker":
        """`memory`: bytes that it may take. Errors: CalculationFailed where the machine has no room for a process."""
        paths = os.pathsep.join(one for one in sys.path if one)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "hanze.compute.worker", str(memory),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
                env={**os.environ, **ENVIRONMENT, "PYTHONPATH": paths},
            )  # fmt: skip
        except OSError as error:
            raise CalculationFailed(f"No process for the calculation can be started ({error.strerror}).") from None
        return cls(process)

    @property
    def lives(self) -> bool:
        return self._process.returncode is None

    async def do(self, job: bytes, progress: Tell | None) -> tuple[int, Any]:
        """The answer to a pickled job: its kind (hanze.compute.worker) and value. Errors: EOFError where the process ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(job)
            await self._process.stdin.drain()
            while True:
                kind, value = await self._answer()
                if kind != TOLD:
                    return kind, value
                if progress is not None:
                    progress(*value)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise EOFError from error

    async def _answer(self) -> tuple[int, Any]:
        assert self._process.stdout is not None
        (length,) = HEAD.unpack(await self._process.stdout.readexactly(HEAD.size))
        kind, value = pickle.loads(await self._process.stdout.readexactly(length))
        return kind, value

    async def end(self) -> int:
        """At once; gives how it ended, as the system numbers it."""
        if self.idle is not None:
            self.idle.cancel()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        return await self._process.wait()
