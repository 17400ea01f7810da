# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leaves a destination that does not answer in peace for a while, longer each time, then tries it once."""

FAILURES = 5
"""So many failures in a row open the circuit."""

SHORTEST = 0.5
LONGEST = 10.0
"""Seconds; the longest is how late a server that came back is noticed at most."""


class Circuit:
    """Closed: calls pass. Open: none passes until the pause is over; then one passes as a trial."""

    __slots__ = ("_failures", "_pause", "_until")

    def __init__(self) -> None:
        self._failures = 0
        self._pause = 0.0
        self._until = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a call may pass; 0 lets this one pass."""
        if self._failures < FAILURES:
            return 0.0
        if now < self._until:
            return self._until - now
        self._until = now + self._pause
        return 0.0

    def succeeded(self) -> None:
        self._failures = 0
        self._pause = 0.0

    def failed(self, now: float) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._pause = min(LONGEST, self._pause * 2 or SHORTEST)
            self._until = now + self._pause
