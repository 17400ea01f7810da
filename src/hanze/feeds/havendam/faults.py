# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong with sensors: outages of hours to days, single readings that are lost, values that stick, slow drift."""

import numpy as np
import numpy.typing as npt

from hanze.feeds.havendam.chance import Floats, Whole, among, key, uniform
from hanze.feeds.havendam.clock import DAY, HOUR

LONGEST_OUTAGE = 72 * HOUR
LOST = 0.004
"""The part of the readings that is lost singly."""

_YEAR = 365 * DAY


def missing(seed: int, sensor: str, steps: Whole) -> npt.NDArray[np.bool_]:
    """Nothing comes from the sensor at these steps; no outage is longer than LONGEST_OUTAGE."""
    begins, ends = _episode(seed, sensor, "outage", steps, 10 * DAY, 0.35, HOUR, LONGEST_OUTAGE)
    out = (steps >= begins) & (steps < ends)
    return out | (uniform(key(seed, sensor, "lost"), steps) < LOST)


def told_since(seed: int, sensor: str, steps: Whole) -> Whole:
    """The step whose value a sensor that sticks tells: an earlier one while it is stuck."""
    begins, ends = _episode(seed, sensor, "stuck", steps, 30 * DAY, 0.5, 6 * HOUR, 48 * HOUR)
    return np.where((steps >= begins) & (steps < ends), begins, steps)


def gain(seed: int, sensor: str, drift: float, steps: Whole) -> Floats:
    """By what the sensor multiplies: 1 right after its calibration, 1 + drift a year later."""
    shift = int(uniform(key(seed, sensor, "calibrated"), np.zeros(1, np.int64))[0] * _YEAR)
    found: Floats = 1.0 + drift * (((steps + shift) % _YEAR) / _YEAR)
    return found


def _episode(
    seed: int, sensor: str, what: str, steps: Whole, window: int, likely: float, shortest: int, longest: int
) -> tuple[Whole, Whole]:
    """First step and end of what happens in the window of each step. Most are short; each lies in its window,
    away from the end, so that two never become one; where nothing happens it ends as it begins."""
    number = np.floor_divide(steps, window)
    happens = uniform(key(seed, sensor, what), number) < likely
    part = uniform(key(seed, sensor, what, "length"), number)
    length = (shortest + (longest - shortest) * part * part * part).astype(np.int64)
    room = among(uniform(key(seed, sensor, what, "begin"), number), 0.0, float(window - longest - DAY))
    begins = number * window + room.astype(np.int64)
    return begins, np.where(happens, begins + length, begins)
