# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is likely to come of a series, with a fan, and whether that was worth more than the last value on its own past.

The whole way of forecasting, the choice of its settings included, is tried at each moment of the past with nothing but what was
known then (rolling origin). A fan is given only where it beat the last value on that trial.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.goals.journey import fan, smoothing
from hanze.goals.journey.fan import DUST, Fan
from hanze.goals.journey.smoothing import Said

Floats = NDArray[np.float64]

LEAST, MOST = 12, 480
"""Values that it takes, and of which no more are looked at: the newest."""

LEARNING = 6
"""Before so many values, and before a third of them, nothing is put to the test."""

PIECES = 4
"""The past that is tested is cut in so many pieces, each at least as long as the forecast reaches."""

LONGEST = 36
"""Periods that a forecast reaches at most."""

GAIN = 0.05
"""By this part at least its loss must be less than that of the last value."""

SURE = 2.353
"""Student's t with PIECES - 1 degrees of freedom, one-sided 5 %: chance alone would pass it in one of twenty series."""

SAME = 0.02
"""What differs by less than this part is as good."""

Why = Literal["", "short", "flat", "last value", "season"]
"""Why there is no fan: too few values; they never differ; the last value says as much; the value of a season ago says more."""


class Trial(msgspec.Struct, frozen=True):
    """How it did on its own past. Losses are mean pinball losses in the unit of the values: of the forecast, and of the last value.
    `season`: that of the value of a season ago as a part of that of the forecast, None where there is no season. `inner`,
    `outer`: the share of what came that lay in these bands. `times`: how often it was tried."""

    loss: float
    last: float
    season: float | None
    inner: float
    outer: float
    times: int

    @property
    def gain(self) -> float:
        """The part of the loss of the last value that it saves; below 0 where it loses more."""
        return 1 - self.loss / self.last if self.last else 0.0


class Forecast(msgspec.Struct, frozen=True):
    """`fan`: None where there is none, and `why`. `reach`: periods ahead that a history of this length allows. `trial`: None where
    nothing was tried."""

    reach: int
    fan: Fan | None
    why: Why
    trial: Trial | None


def reach(many: int) -> int:
    """So many periods ahead may a forecast of so many values reach: what is tested holds it PIECES times. That is about a sixth
    of the history, and 0 where it is too short."""
    return min(LONGEST, (min(many, MOST) - _start(many)) // PIECES) if many >= LEAST else 0


def _start(many: int) -> int:
    return max(LEARNING, min(many, MOST) // 3)


def forecast(values: Sequence[float] | Floats, season: int = 0) -> Forecast:
    """Of finite values of periods that follow each other; `season`: after so many periods it comes back, 0 for never."""
    series: Floats = np.asarray(values, np.float64)[-MOST:]
    far = reach(len(series))
    if not far:
        return Forecast(0, None, "short", None)
    middle, spread = float(np.median(series)), float(np.ptp(series))
    if spread <= DUST * float(np.abs(series).max()):
        return Forecast(far, None, "flat", None)
    # In units of its own spread, so that very large and very small numbers are as good as others.
    made = _forecast((series - middle) / spread, season if len(series) > season else 0, far)
    return _scaled(made, middle, spread)


def _forecast(series: Floats, season: int, far: int) -> Forecast:
    ways = [Way.smoothed(series, 0, far)]
    last = Way(series, _repeated(series, 1, far), 1)
    if season:
        ways.append(Way.smoothed(series, season, far))
    tests = range(_start(len(series)), len(series))
    came = [series[at : at + far] for at in tests]
    made = [_best(ways, season, at).fan(at) for at in tests]
    losses = np.array([one.loss(then) for one, then in zip(made, came, strict=True)])
    simple = np.array([last.fan(at).loss(then) for at, then in zip(tests, came, strict=True)])
    earlier = _earlier(series, season, far, tests, came, losses)
    within = [one.within(then) for one, then in zip(made, came, strict=True)]
    inner, outer = (float(np.concatenate(part).mean()) for part in zip(*within, strict=True))
    trial = Trial(float(losses.mean()), float(simple.mean()), earlier, inner, outer, len(tests))
    if not _beats(simple - losses, trial.gain):
        return Forecast(far, None, "last value", trial)
    if earlier is not None and earlier < 1 - SAME:
        return Forecast(far, None, "season", trial)
    return Forecast(far, _best(ways, season, len(series)).fan(len(series)), "", trial)


class Way:
    """One way of forecasting a series: what it says after each number of values, and how wide its bands are by what it was wrong
    by."""

    def __init__(self, series: Floats, ahead: Floats, begins: int, told: Said | None = None) -> None:
        self.ahead, self.begins, self.told = ahead, begins, told
        self._errors = _errors(series, ahead)

    @classmethod
    def smoothed(cls, series: Floats, season: int, far: int) -> "Way":
        told = smoothing.said(series, season, far)
        return cls(series, told.ahead, told.begins, told)

    def fan(self, at: int) -> Fan:
        """After so many values."""
        return fan.around(self.ahead[at], fan.known(self._errors[:at], at))


def _best(ways: Sequence[Way], season: int, at: int) -> Way:
    """The one that was less wrong up to then; that with a season joins when it has seen a part of it twice."""
    if len(ways) < 2 or at < season + max(3, season // 4):
        return ways[0]
    return min(ways, key=lambda way: way.told.since(season, at) if way.told else 0.0)


def _earlier(
    series: Floats, season: int, far: int, tests: range, came: Sequence[Floats], losses: Floats
) -> float | None:
    """The loss of the value of a season ago as a part of that of the forecast, over the moments at which there was one."""
    there = [number for number, at in enumerate(tests) if season and at >= season + fan.ENOUGH]
    if not there:
        return None
    way = Way(series, _repeated(series, season, far), season)
    found = np.mean([way.fan(tests[number]).loss(came[number]) for number in there])
    mine = losses[there].mean()
    return float(found / mine) if mine else 1.0


def _repeated(series: Floats, season: int, far: int) -> Floats:
    """As it was a season ago; with a season of 1: as it was last. NaN before there is anything."""
    told: Floats = np.full((len(series) + 1, far), np.nan)
    for at in range(season, len(series) + 1):
        told[at] = series[at - season + np.arange(far) % season]
    return told


def _errors(series: Floats, told: Floats) -> Floats:
    """What came less what was said, NaN for what has not come."""
    far = told.shape[1]
    coming = np.append(series, np.full(far, np.nan))
    came = np.lib.stride_tricks.sliding_window_view(coming, far)[: len(told)]
    return np.asarray(came - told)


def _beats(gains: Floats, gain: float) -> bool:
    """It is enough, and it is no luck: the mean gains of pieces of the past, which hardly overlap, are taken as so many
    independent trials. Source: Ibragimov and Müller, *t-Statistic Based Correlation and Heterogeneity Robust Inference*, 2010."""
    pieces = np.array([piece.mean() for piece in np.array_split(gains, PIECES)])
    spread = float(pieces.std(ddof=1))
    return gain >= GAIN and float(pieces.mean()) * PIECES**0.5 >= SURE * spread


def _scaled(made: Forecast, middle: float, spread: float) -> Forecast:
    """In the unit of the values again."""
    found, trial = made.fan, made.trial
    if found is not None:
        found = Fan(found.middle * spread + middle, found.inner * spread, found.outer * spread)
    if trial is not None:
        trial = msgspec.structs.replace(trial, loss=trial.loss * spread, last=trial.last * spread)
    return Forecast(made.reach, found, made.why, trial)
