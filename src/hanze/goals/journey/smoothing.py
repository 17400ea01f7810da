# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exponential smoothing with a damped trend and a season, for many settings at once; which one counts, only the past decides.

The recursions in their error correction form, additive: Hyndman, Koehler, Ord, Snyder, *Forecasting with Exponential Smoothing*,
2008, chapter 2; the damped trend is that of Gardner and McKenzie, 1985. The family holds "as it was last" (all weight on the
newest value) and "as it was a season ago" (all weight on the season), so that it need not be worse than these.
"""

from itertools import product

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVELS = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
"""How much of an error goes into the level."""

TRENDS = ((0.0, 0.0), (0.1, 0.9), (0.3, 0.9), (0.1, 0.98), (0.3, 0.98))
"""How much of that goes into the trend, and how much of the trend is left after each period; none at first."""

SEASONS = (0.1, 0.3, 0.6)
"""How much of an error goes into the season, of what the level leaves."""

STEADY = (0.0, 0.05, 0.2, 0.5)
"""The same as LEVELS where there is a season."""


class Settings(msgspec.Struct, frozen=True):
    """One number for each setting: weights of level, trend and season, and what is left of the trend after a period."""

    level: Floats
    trend: Floats
    damping: Floats
    season: Floats


def plain() -> Settings:
    """Settings without a season."""
    found = [(level, *trend, 0.0) for level, trend in product(LEVELS, TRENDS)]
    return Settings(*np.array(found).T)


def seasonal() -> Settings:
    """Settings with a season; the last one is the value of a season ago."""
    found = [(level, *trend, one * (1 - level)) for level, trend, one in product(STEADY, TRENDS[::2], SEASONS)]
    return Settings(*np.array([*found, (0.0, 0.0, 0.0, 1.0)]).T)


class Run:
    """All settings over a series. `errors[t]`: what each would have been wrong by at value t, a period ahead; `ahead[t]`: what
    each says of the `horizon` periods after the first t values, by setting and period. Both are NaN before `begins`."""

    def __init__(self, values: Floats, settings: Settings, season: int, horizon: int) -> None:
        """`season`: periods; 0 for none."""
        self._settings, self._season, self._horizon = settings, season, horizon
        many, count = len(values), len(settings.level)
        self.begins = max(season, 1)
        self.errors: Floats = np.full((many, count), np.nan)
        self.ahead: Floats = np.full((many + 1, count, horizon), np.nan)
        self._level: Floats = np.full(count, np.mean(values[: self.begins]))
        self._trend: Floats = np.zeros(count)
        self._seasons: Floats = np.tile(values[: self.begins] - np.mean(values[: self.begins]), (count, 1))
        self._left: Floats = np.cumsum(settings.damping[:, None] ** np.arange(1, horizon + 1), axis=1)
        self._go(values)

    def _go(self, values: Floats) -> None:
        self.ahead[self.begins] = self._said(self.begins)
        for at in range(self.begins, len(values)):
            self.errors[at] = values[at] - self.ahead[at, :, 0]
            self._learn(at, self.errors[at])
            self.ahead[at + 1] = self._said(at + 1)

    def _learn(self, at: int, error: Floats) -> None:
        settings = self._settings
        weight = settings.level
        if not self._season:
            # At first the level is the mean, so that it does not hang on the first value for long.
            weight = np.maximum(weight, 1 / (at + 1))
        fading = settings.damping * self._trend
        self._level = self._level + fading + weight * error
        self._trend = fading + weight * settings.trend * error
        self._seasons[:, at % self.begins] += settings.season * error

    def _said(self, at: int) -> Floats:
        said: Floats = self._level[:, None] + self._trend[:, None] * self._left
        if self._season:
            said = said + self._seasons[:, (at + np.arange(self._horizon)) % self._season]
        return said


class Said(msgspec.Struct, frozen=True):
    """After each number of values, what is said of the periods that follow (by rows; NaN before there is anything), and how wrong
    that way was a period ahead up to then: the sum of squares since a number of values, by that number."""

    ahead: Floats
    cost: Floats
    begins: int

    def since(self, first: int, at: int) -> float:
        """The sum of squares of what it was wrong by from value `first` to before value `at`."""
        return float(self.cost[at] - self.cost[first])


def said(values: Floats, season: int, horizon: int) -> Said:
    """By the settings that were least wrong a period ahead up to each moment. Nothing that came later has a part in it."""
    run = Run(values, seasonal() if season else plain(), season, horizon)
    sums = np.vstack([np.zeros(run.errors.shape[1]), np.nancumsum(run.errors**2, axis=0)])
    best = sums.argmin(axis=1)
    every = np.arange(len(values) + 1)
    ahead = run.ahead[every, best]
    # What was said then, not what the settings of now would have said.
    wrong = np.append(0.0, np.nan_to_num(values - ahead[:-1, 0]))
    return Said(ahead, np.cumsum(wrong**2), run.begins)
