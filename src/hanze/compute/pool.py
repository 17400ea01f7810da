# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small pool of worker processes: runs any function of a module in one of them, within bounds of time, memory and number."""

import asyncio
import logging
import pickle
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from hanze.compute import Tell
from hanze.compute.process import Worker
from hanze.compute.turns import Turns
from hanze.compute.worker import BROKEN, DONE, MEMORY
from hanze.errors import CalculationFailed, HanzeError, Unavailable

log = logging.getLogger("hanze.compute")

T = TypeVar("T")

WAITING, OF_ONE = 32, 8
"""Jobs that may wait for a worker, and those of one asker among them."""

IDLE_SECONDS = 120.0
"""A worker that has had nothing to do for so long ends."""


class Pool:
    """At most so many `workers`, each with so many bytes of `memory`; none is started before it is needed."""

    def __init__(
        self, workers: int = 1, memory: int = 1 << 30, *, idle: float = IDLE_SECONDS, waiting: int = WAITING
    ) -> None:
        self._memory = memory
        self._idle_seconds = idle
        self._turns = Turns(workers, waiting=waiting, of_one=OF_ONE)
        self._idle: list[Worker] = []
        self._working: set[Worker] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._failed = 0
        self._stopped = False

    async def run(
        self, function: Callable[..., T], *arguments: object, seconds: float = 60.0, progress: Tell | None = None,
        asker: str = "", shelf: bool = False,
    ) -> T:  # fmt: skip
        """What the function returns; it is found by its name in its module, arguments and value are pickled.

        `progress` is called back at most five times a second with what the function tells by its argument `tell`
        (hanze.compute.Tell). `shelf`: the function is given what its worker kept, by its argument `shelf` (hanze.compute.Shelf).
        `asker`: whose job it is; askers take turns. A job whose asker is cancelled ends at once. Errors: those of hanze.errors that
        the function raises; Unavailable where too many jobs wait; CalculationFailed where it takes more than so many seconds or
        more memory than there is, or its process ends.
        """
        job = pickle.dumps((function, arguments, progress is not None, shelf), protocol=pickle.HIGHEST_PROTOCOL)
        async with self._turns.turn(asker):
            try:
                async with asyncio.timeout(seconds):
                    kind, value = await self._on_a_worker(job, progress)
            except TimeoutError:
                self._failed += 1
                raise CalculationFailed(f"The calculation took more than {seconds:g} seconds; ask for less.") from None
        if kind != DONE:
            raise self._error(kind, value)
        made: T = value
        return made

    async def _on_a_worker(self, job: bytes, progress: Tell | None) -> tuple[int, Any]:
        worker = await self._worker()
        self._working.add(worker)
        kind = BROKEN
        try:
            kind, value = await worker.do(job, progress)
            return kind, value
        except EOFError:
            code = await worker.end()
            return BROKEN, f"The worker process ended ({code})."
        finally:
            self._working.discard(worker)
            if kind in (BROKEN, MEMORY):
                await worker.end()
            else:
                self._rest(worker)

    async def _worker(self) -> Worker:
        if self._stopped:
            raise Unavailable("The node is stopping.")
        while self._idle:
            worker = self._idle.pop()
            if worker.idle is not None:
                worker.idle.cancel()
            if worker.lives:
                return worker
            await worker.end()
        return await Worker.start(self._memory)

    def _rest(self, worker: Worker) -> None:
        worker.idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._dismiss, worker)
        self._idle.append(worker)

    def _dismiss(self, worker: Worker) -> None:
        self._idle.remove(worker)
        ending = asyncio.create_task(worker.end())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    def _error(self, kind: int, value: Any) -> HanzeError:
        """What the asker is told; `value`: an error that was meant, else what stands in the log only."""
        if isinstance(value, HanzeError):
            return value
        self._failed += 1
        if kind == MEMORY:
            return CalculationFailed(
                f"The calculation needs more than the {self._memory >> 20} MB that [compute] memory allows; ask for less."
            )
        log.error("a calculation failed: %s", value)
        return CalculationFailed("The calculation failed on our side; why stands in the node's log.")

    async def stop(self) -> None:
        """Ends all workers, whatever they do; no other is started."""
        self._stopped = True
        workers, self._idle = [*self._idle, *self._working], []
        await asyncio.gather(*(one.end() for one in workers), *self._ending, return_exceptions=True)

    def figures(self) -> Mapping[str, int]:
        """For /metrics."""
        return {
            "calculations": len(self._working), "calculations_waiting": self._turns.waiting,
            "calculations_failed": self._failed,
        }  # fmt: skip
