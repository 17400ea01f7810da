# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far practice data are from the real ones: near enough to build against, and no copy of them."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.experiments.practice.surrogate import Floats

LEAST = 24
"""Pairs of values below which a correlation says nothing."""


class Distances(msgspec.Struct, frozen=True):
    """The largest over all series (over all pairs for `cross`). `spread`: between the distributions, the largest difference of
    their cumulative shares (Kolmogorov-Smirnov, 0 to 1); `step`, `day`, `week`: between the autocorrelations at one step, a day
    and a week; `cross`: between the correlations of two series; all of ranks (Spearman), which a few extreme values do not rule.
    `nearest`: how far a made-up day is from the real day that is most like it, as a share of how far real days are from each
    other at the least, each in the middle of all days: well below 1 it would be a copy."""

    spread: float
    step: float
    day: float
    week: float
    cross: float
    nearest: float


LIMITS = Distances(spread=0.05, step=0.1, day=0.15, week=0.15, cross=0.15, nearest=0.7)
"""What practice data must keep: at most this far, and `nearest` at least."""


def distances(real: Floats, made: Floats, week: int, things: Sequence[int]) -> Distances:
    """`real`, `made`: (series, moments); `week`: steps of a week; `things`: of each series, of which thing it is."""
    day = week // 7
    return Distances(
        spread=max(_spread(one, other) for one, other in zip(real, made, strict=True)),
        step=_lagged(real, made, 1), day=_lagged(real, made, day), week=_lagged(real, made, week),
        cross=_crossed(real, made), nearest=min(_nearest(*_days(real, made, day, things, one)) for one in set(things)),
    )  # fmt: skip


def kept(found: Distances) -> bool:
    """All are within the limits."""
    return not beyond(found)


def beyond(found: Distances) -> str:
    """What is beyond its limit, with both numbers."""
    parts = []
    for name in Distances.__struct_fields__:
        value, limit = getattr(found, name), getattr(LIMITS, name)
        if value < limit if name == "nearest" else value > limit:
            parts.append(f"{name} {value:.2f} ({'at least' if name == 'nearest' else 'at most'} {limit:g})")
    return ", ".join(parts)


def worst(found: Sequence[Distances]) -> Distances:
    """The farthest of several sets, and the nearest day of all."""
    parts = {name: [getattr(one, name) for one in found] for name in Distances.__struct_fields__}
    return Distances(**{name: min(each) if name == "nearest" else max(each) for name, each in parts.items()})


def _spread(real: Floats, made: Floats) -> float:
    one, other = (np.sort(values[np.isfinite(values)]) for values in (real, made))
    every = np.concatenate((one, other))
    shares = [np.searchsorted(values, every, side="right") / max(len(values), 1) for values in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max(initial=0.0))


def _lagged(real: Floats, made: Floats, lag: int) -> float:
    return max(
        abs(correlation(one[:-lag], one[lag:]) - correlation(other[:-lag], other[lag:]))
        for one, other in zip(real, made, strict=True)
    )


def _crossed(real: Floats, made: Floats) -> float:
    pairs = [(one, other) for one in range(len(real)) for other in range(one)]
    return max(
        (abs(correlation(real[one], real[other]) - correlation(made[one], made[other])) for one, other in pairs),
        default=0.0,
    )


def correlation(one: Floats, other: Floats) -> float:
    """The rank correlation of what is known of both; 0 where that is too little, or never changes."""
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < LEAST:
        return 0.0
    x, y = (_ranks(values[known]) for values in (one, other))
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else 0.0


def _ranks(values: Floats) -> Floats:
    """Ranks around 0; equal values share theirs."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[group]
    return np.asarray(ranks - ranks.mean(), np.float64)


def _days(real: Floats, made: Floats, day: int, things: Sequence[int], thing: int) -> tuple[Floats, Floats]:
    """The whole days of one thing, each as one row of all its values, in standard deviations of the real ones."""
    rows = np.flatnonzero(np.array(things) == thing)
    count = real.shape[1] // day
    deviation = np.nanstd(real[rows], axis=1, keepdims=True)
    found = []
    for values in (real, made):
        scaled = values[rows] / np.where(deviation > 0, deviation, 1.0)
        cut = scaled[:, : count * day].reshape(len(rows), count, day).transpose(1, 0, 2).reshape(count, -1)
        found.append(cut[np.isfinite(cut).all(axis=1)])
    return found[0], found[1]


def _nearest(real: Floats, made: Floats) -> float:
    if len(real) < 2 or not len(made):
        return 1.0
    between = _apart(real, real)
    np.fill_diagonal(between, np.inf)
    usual = float(np.median(between.min(axis=1)))
    return float(np.median(_apart(made, real).min(axis=1))) / usual if usual > 0 else 1.0


def _apart(one: Floats, other: Floats) -> Floats:
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :] - 2 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0)), np.float64)
