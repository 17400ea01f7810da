# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Chance that can be asked at any place: the n-th number of a named row is a hash, and never needs the one before it.

Integers only until the last step, so that every machine finds the same.
"""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""The constants of splitmix64 (Steele, Lea and Flood, 2014)."""


def key(seed: int, *names: object) -> np.uint64:
    """The key of a row: names that differ in anything give rows that have nothing in common."""
    written = "\x1f".join((str(seed), *map(str, names))).encode()
    return np.uint64(int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big"))


def indexes(first: int, count: int) -> Whole:
    return np.arange(first, first + count, dtype=np.int64)


def bits(key: np.uint64, index: Whole) -> npt.NDArray[np.uint64]:
    """64 random bits for each number of the row (an array of at least one dimension)."""
    mixed = index.astype(np.uint64) * GOLDEN + key
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return mixed ^ (mixed >> np.uint64(31))


def uniform(key: np.uint64, index: Whole) -> Floats:
    """From 0 up to but not including 1."""
    return (bits(key, index) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def normal(key: np.uint64, index: Whole) -> Floats:
    """Mean 0 and standard deviation 1, never beyond 3.47: the sum of four uniform numbers of 16 bits."""
    mixed = bits(key, index)
    low, mask = np.uint64(16), np.uint64(0xFFFF)
    total = (mixed & mask) + ((mixed >> low) & mask) + ((mixed >> np.uint64(32)) & mask) + (mixed >> np.uint64(48))
    found: Floats = (total.astype(np.float64) / 65535 - 2.0) * 3.0**0.5
    return found


def smooth(key: np.uint64, steps: Whole, period: int) -> Floats:
    """A curve through normal numbers that lie `period` steps apart: mean 0, standard deviation 1 everywhere."""
    before, rest = np.divmod(steps, period)
    part = rest / period
    part = part * part * (3 - 2 * part)
    first = int(before.min())
    # Few numbers serve many steps where these lie close together.
    if int(before.max()) - first < len(steps):
        knots = normal(key, indexes(first, int(before.max()) - first + 2))
        left, right = knots[before - first], knots[before - first + 1]
    else:
        left, right = normal(key, before), normal(key, before + 1)
    found: Floats = (left + (right - left) * part) / np.sqrt(part * part + (1 - part) ** 2)
    return found


def among(values: Any, low: float, high: float) -> Floats:
    """Uniform numbers stretched to a range."""
    found: Floats = low + (high - low) * values
    return found
