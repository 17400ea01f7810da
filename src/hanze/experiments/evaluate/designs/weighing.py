# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Weights of units and of moments by which synthetic difference-in-differences compares."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.simplex import nearest
from hanze.experiments.evaluate.table import Floats

MOMENTS = 50
"""Weights of moments that are looked for at most."""


class Fit(msgspec.Struct, frozen=True, eq=False):
    """`units`: weights of the units compared with (C,), `times`: of the moments before the measure."""

    units: Floats
    times: Floats

    def gap(self, treated: Floats, others: Floats) -> Floats:
        """(..., T): how far courses lie above the mixture of the others (C, T), after what they did before the measure."""
        apart = treated - self.units @ others
        found: Floats = apart - (apart[..., : len(self.times)] @ self.times)[..., None]
        return found


def fitted(treated: Floats, others: Floats, before: int, count: int) -> Fit:
    """For a mean of `count` treated (T,) and others (C, T), section 2 of the paper: the penalty on weights of units grows with the
    treated cells and with the noise from one moment to the next; that on weights of moments only makes them unique."""
    past, target = others[:, :before], treated[:before]
    penalty = float((count * (others.shape[1] - before)) ** 0.25) * noise(past)
    units = nearest(
        (past - past.mean(axis=1, keepdims=True)).T, target - target.mean(), penalty * float(np.sqrt(before))
    )
    return Fit(units, times(others, before))


def noise(past: Floats) -> float:
    """Of units (C, T), from one moment to the next."""
    return float(np.diff(past, axis=1).std())


def times(others: Floats, before: int) -> Floats:
    """Weights of the moments before by which they foretell what comes later among others (C, T)."""
    past = others[:, :before]
    return _times(past, others[:, before:].mean(axis=1), 1e-6 * noise(past) * float(np.sqrt(len(others))))


def _times(past: Floats, later: Floats, ridge: float) -> Floats:
    """Weights of the moments in the past (C, T) that foretell what comes later (C,). Of a long past, moments that follow each other
    have one weight."""
    before = past.shape[1]
    bounds = np.linspace(0, before, min(before, MOMENTS) + 1).round().astype(np.int64)
    sizes = np.diff(bounds)
    parts = np.add.reduceat(past, bounds[:-1], axis=1) / sizes
    smooth = ridge / float(np.sqrt(before / len(sizes)))
    found = nearest(parts - parts.mean(axis=0), later - later.mean(), smooth)
    weights: Floats = np.repeat(found / sizes, sizes)
    return weights
