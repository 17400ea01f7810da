# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clock of a demonstration: that of the machine, or one that runs faster from a moment on, may jump, and never goes back.

While no node runs, time passes as everywhere. While a fast one runs, its file says how far it may come before the file is
written again, so that the clock is never behind what it said before a crash, and never runs away in a machine that slept.
"""

import asyncio
import threading
from pathlib import Path

import msgspec

from hanze.errors import BadRequestData, ConfigurationError
from hanze.ngsild.times import Clock
from hanze.node.config import FILE as CONFIG
from hanze.node.config import Config
from hanze.node.replacing import replace

FILE = "clock.json"

MODE = 0o644
"""Rights of that file."""

FASTEST = 3600.0

KEEP_SECONDS = 1.0
"""While the clock is fast, its file is written so often."""

AHEAD_SECONDS = 10.0
"""So many seconds of the machine may pass from one writing of the file to the next; then the clock stands still."""

LONGEST_SLEEP, SHORTEST_SLEEP = 1.0, 0.001
"""Seconds of the machine between two looks at the clock while something waits; it may run faster or slower meanwhile."""


class Mark(msgspec.Struct, frozen=True):
    """It was `simulated` when the machine's clock said `real` (microseconds). `rate`: seconds of this clock in one of the
    machine's. `until`: a faster clock has not come beyond it."""

    real: int
    simulated: int
    rate: float
    until: int


class DemoClock:
    """The clock of one folder. At first it runs as the machine's; `start` lets it run as fast as was set."""

    def __init__(self, folder: Path, real: Clock) -> None:
        self._file = folder / FILE
        self.real = real
        """That of the machine."""
        self._reading, self._turning = threading.Lock(), threading.Lock()
        now = real()
        kept = _read(self._file) or Mark(now, now, 1.0, now)
        self.rate = kept.rate
        """What was set; it counts while a node runs."""
        self._running = False
        self._last = max(kept.simulated + max(0, now - kept.real), kept.until)
        self._mark = Mark(now, self._last, 1.0, self._last)

    def __call__(self) -> int:
        with self._reading:
            return self._now(self.real())

    def _now(self, real: int) -> int:
        mark = self._mark
        passed = mark.simulated + round((real - mark.real) * mark.rate)
        # The machine's own clock may be set back.
        self._last = max(self._last, passed if mark.rate == 1 else min(passed, mark.until))
        return self._last

    async def sleep(self, seconds: float) -> None:
        """Waits until so many seconds of this clock have passed."""
        due = self() + round(seconds * 1e6)
        await asyncio.sleep(0)
        while (left := due - self()) > 0:
            await asyncio.sleep(min(LONGEST_SLEEP, max(SHORTEST_SLEEP, left / 1e6 / self._mark.rate)))

    def set(self, rate: float) -> None:
        """From now on it runs so many times as fast, also after the next start of the node. Errors: BadRequestData."""
        if not 1 <= rate <= FASTEST:
            raise BadRequestData(f"rate is {rate:g}; give 1 (as fast as everywhere) to {FASTEST:g}, such as 600.")
        self._turn(rate)

    def jump(self, moment: int) -> None:
        """From now on it is this moment (microseconds) at least; one that was already changes nothing."""
        self._turn(self.rate, moment)

    def start(self) -> None:
        self._running = True
        self.keep()

    def keep(self) -> None:
        """Renews the file of a fast clock. It waits for the disk."""
        if self.rate > 1:
            self._turn(self.rate)

    def stop(self) -> None:
        self._running = False
        self.keep()

    def _turn(self, rate: float, earliest: int = 0) -> None:
        """Until the file is written, nothing is told that it would not know of after a crash. `earliest`: it is no earlier then."""
        with self._turning:
            runs = rate if self._running else 1.0
            with self._reading:
                real = self.real()
                now = self._now(real)
                self._mark = Mark(real, now, runs, max(now, self._mark.until))
            now = max(now, earliest)
            until = now + (round(AHEAD_SECONDS * runs * 1e6) if runs > 1 else 0)
            replace(self._file, msgspec.json.encode(Mark(real, now, rate, until)), MODE)
            with self._reading:
                self._mark = Mark(real, now, runs, until)
            self.rate = rate


def clock_of(folder: Path, config: Config, real: Clock) -> Clock:
    """The clock of a node; ConfigurationError where its time was made to run faster and it is no demonstration any more."""
    if config.demo.clock:
        return DemoClock(folder, real)
    if (folder / FILE).exists():
        raise ConfigurationError(
            f"{folder / FILE} says that time ran faster in this node, so its data are of times that were not. Write clock = true "
            f"under [demo] in {CONFIG}, or make another node."
        )
    return real


def _read(file: Path) -> Mark | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise ConfigurationError(
            f"{file} cannot be read ({error}); mend it, or take it away: then it is as late as the machine says."
        ) from None
