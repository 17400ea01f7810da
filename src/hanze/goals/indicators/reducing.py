# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what one thing measured in a period to one number: by steps of local time, with how many of them were there.

Readings of one step (an hour, a day) come together first, so that a sensor that tells more often counts no more, and a step
counts as there however many readings it has. Arrays are numpy's: `moments` microseconds since 1970 in UTC, ascending.
"""

from datetime import timedelta, tzinfo
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.ngsild import calendar
from hanze.ngsild.calendar import Period
from hanze.ngsild.times import EPOCH

Floats = NDArray[np.float64]
Moments = NDArray[np.int64]
Whole = NDArray[np.int64]

HOUR = 3_600_000_000
DAYS = 7

Together = Literal["mean", "energy", "min", "max", "sum", "last"]
"""How readings of one step come together; `energy`: decibels, by the energy that they stand for."""

Over = Literal["mean", "energy", "min", "max", "sum", "above", "below", "share above", "share below"]
"""How steps come together: `above` and `below` count those beyond a limit, `share` gives them as a percentage."""


ALL_HOURS, ALL_DAYS = frozenset(range(24)), frozenset(range(DAYS))


class Steps(msgspec.Struct, frozen=True):
    """`step`: hour or day. Only these `hours` of the local clock and these `weekdays` (0 is Monday) are looked at."""

    step: Literal["hour", "day"]
    together: Together = "mean"
    hours: frozenset[int] = ALL_HOURS
    weekdays: frozenset[int] = ALL_DAYS


class Told(msgspec.Struct, frozen=True):
    """One value for each step that has a reading, and of how many steps."""

    values: Floats
    expected: int

    @property
    def coverage(self) -> float:
        """The part of the steps that is there, from 0 to 1."""
        return len(self.values) / self.expected if self.expected else 0.0


class Grid:
    """The steps of one period in one zone, made once for all things. A step is one stretch of time or, where it is a day of
    which only some hours are looked at, several."""

    def __init__(self, period: Period, steps: Steps, zone: tzinfo) -> None:
        self._together = steps.together
        days = [
            day
            for day in calendar.periods("day", period.start, period.end, zone)
            if day.date.weekday() in steps.weekdays
        ]
        whole = steps.step == "day" and steps.hours == ALL_HOURS
        pieces = [[(day.start, day.end)] if whole else _hours(day, steps.hours, zone) for day in days]
        stretches = [stretch for piece in pieces for stretch in piece]
        self._starts, self._ends = np.array(stretches, np.int64).reshape(-1, 2).T
        owners = [number for number, piece in enumerate(pieces) for _ in piece]
        self._step: Whole = np.array(owners if steps.step == "day" else range(len(stretches)), np.int64)

    def over(self, now: int) -> int:
        """How many steps are over: of a period that still runs only these can be there."""
        running = self._step[self._ends > now]
        whole = int(self._step[-1]) + 1 if len(self._step) else 0
        return int(running[0]) if len(running) else whole

    def read(self, moments: Moments, values: Floats, now: int) -> Told:
        """What a thing measured, by step; steps that are not over yet are left out."""
        over = self.over(now)
        place = np.searchsorted(self._starts, moments, "right") - 1
        inside = (place >= 0) & (moments < self._ends[place]) if len(self._starts) else np.zeros(len(moments), bool)
        step = self._step[place[inside]]
        step, values = step[step < over], values[inside][step < over]
        if not len(step):
            return Told(np.empty(0), over)
        first = np.flatnonzero(np.r_[True, step[1:] != step[:-1]])
        return Told(together(self._together, values, first), over)


def _hours(day: Period, wanted: frozenset[int], zone: tzinfo) -> list[tuple[int, int]]:
    """The hours of a local day whose number the clock shows; where it goes back it shows one twice."""
    starts = range(day.start, day.end, HOUR)
    numbers = range(24) if day.end - day.start == 24 * HOUR else [_shown(start, zone) for start in starts]
    return [
        (start, min(start + HOUR, day.end)) for start, number in zip(starts, numbers, strict=True) if number in wanted
    ]


def _shown(moment: int, zone: tzinfo) -> int:
    return (EPOCH + timedelta(microseconds=moment)).astimezone(zone).hour


def together(how: Together, values: Floats, first: NDArray[np.intp]) -> Floats:
    """One number for each step; `first`: the places in `values` at which a step begins."""
    ends: Whole = np.append(first[1:], len(values))
    if how == "last":
        return values[ends - 1]
    if how in ("min", "max"):
        found: Floats = (np.minimum if how == "min" else np.maximum).reduceat(values, first)
        return found
    sums: Floats = np.add.reduceat(_energy(values) if how == "energy" else values, first)
    if how == "sum":
        return sums
    means: Floats = sums / (ends - first)
    return _decibels(means) if how == "energy" else means


def _energy(values: Floats) -> Floats:
    """What decibels stand for, beside that of 0 dB."""
    found: Floats = np.power(10.0, values / 10)
    return found


def _decibels(values: Floats) -> Floats:
    found: Floats = 10 * np.log10(values)
    return found


def reduced(told: Told, over: Over, complete: float, limit: float = 0.0) -> float | None:
    """The number; None where nothing is there or less than `complete` of the steps (0 to 1)."""
    values = told.values
    if not len(values) or told.coverage < complete:
        return None
    if over in ("above", "share above", "below", "share below"):
        beyond = int(np.count_nonzero(values > limit if over.endswith("above") else values < limit))
        return 100.0 * beyond / len(values) if over.startswith("share") else float(beyond)
    if over == "mean":
        return float(np.mean(values))
    if over == "energy":
        return float(_decibels(np.atleast_1d(np.mean(_energy(values))))[0])
    return float(np.min(values) if over == "min" else np.max(values) if over == "max" else np.sum(values))
