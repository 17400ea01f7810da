# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How small an effect a trial could see, in closed form, from how much the outcome wandered by itself so far."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.power import POWER, quantile
from hanze.experiments.evaluate.table import Floats, Ints


class Noise(msgspec.Struct, frozen=True):
    """`covariances`: of one unit with itself 0, 1, 2, … moments later, as shares of its mean, after what all units have in common
    and what comes back each season was taken out; what lies further apart than they reach is taken to be unrelated."""

    covariances: tuple[float, ...]


def noise(values: Floats, season: Ints | None = None) -> Noise:
    """`values`: (N units, T moments), NaN where nothing is known, all of one kind and above 0 in the mean; `season`: (T,), which
    moments are alike, for a single unit, since several are compared with each other. The sums are divided by all moments, so that
    no combination gets a variance below 0; what the means took out is put back (N / (N - 1), T / (T - 1))."""
    with np.errstate(invalid="ignore"):
        shares = values / np.nanmean(values, axis=1, keepdims=True) - 1
    known = np.isfinite(shares)
    units, moments = shares.shape
    lost = 1.0
    if units > 1:
        shares = shares - _mean(shares, known, 0)
        lost *= units / (units - 1)
    elif season is not None:
        for one in np.unique(season):
            shares[:, season == one] -= _mean(shares[:, season == one], known[:, season == one], 1)
        lost *= moments / max(moments - len(np.unique(season)), 1)
    shares = np.where(known, shares - _mean(shares, known, 1), 0.0)
    lost *= moments / (moments - 1) / known.mean()
    reach = moments // 2
    return Noise(
        tuple(
            float((shares[:, : moments - lag] * shares[:, lag:]).sum() / (units * moments) * lost)
            for lag in range(reach)
        )
    )


def detectable(
    noise: Noise,
    before: int,
    after: int,
    treated: int = 1,
    controls: int = 0,
    level: float = 0.95,
    power: float = POWER,
) -> float:
    """The smallest effect, as a share, that is seen with `power` when the means of so many moments before and after are compared,
    of so many units with the measure and without (0: only with themselves). The variance is that of Burlig, Preonas & Woerman
    (2020, Journal of Development Economics 144), which leaves the correlation over time as it is; with equal correlations it is
    that of Frison & Pocock (1992, Statistics in Medicine 11)."""
    parts = np.concatenate([np.full(before, -1 / before), np.full(after, 1 / after)])
    pairs = np.correlate(parts, parts, "full")[len(parts) - 1 :]
    reach = min(len(parts), len(noise.covariances))
    found = np.asarray(noise.covariances[:reach])
    variance = pairs[0] * found[0] + 2 * float(pairs[1:reach] @ found[1:])
    variance *= 1 / treated + (1 / controls if controls else 0.0)
    degrees = float(treated + controls - 2) if treated + controls > 2 and controls else None
    return float((quantile((1 + level) / 2, degrees) + quantile(power, degrees)) * np.sqrt(max(variance, 0.0)))


def _mean(values: Floats, known: Floats, axis: int) -> Floats:
    """Of what is known; 0 where nothing is."""
    counts = known.sum(axis=axis, keepdims=True)
    sums = np.where(known, values, 0.0).sum(axis=axis, keepdims=True)
    found: Floats = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    return found
