# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up series with the rhythm of real ones: same distribution, same course over day and week, same going together.

Each series becomes normal scores; what is usual for its hour of the week is set aside, and the rest gets random phases, the same
for all series, so that how a series follows itself and the others stays (Prichard & Theiler 1994; iterated as Schreiber & Schmitz
2000). What comes out is given values between those that were observed, none beyond the rarest one in a thousand at each end.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 8
"""After so many the spectrum and the distribution hardly change."""

RARE = 0.001
"""Share of the values at each end that is never given: the highest and lowest are those that can be recognised."""


def surrogates(real: Floats, week: int, first: int, random: np.random.Generator) -> Floats:
    """`real`: (series, moments) at equal steps, NaN where nothing is known, a series with nothing at all excepted; `week`: steps of
    a week; `first`: of which step of the week the first moment is. Gives the same shape, with as many gaps."""
    scores = np.array([_scores(one) for one in real])
    usual = np.array([_usual(one, week, first) for one in scores])
    rest = np.nan_to_num(scores - usual)
    spectrum = np.fft.rfft(rest, axis=1)
    phased = np.ones(spectrum.shape[1], np.bool_)
    # The mean has no phase, nor has the highest frequency of an even number of moments.
    phased[0], phased[-1] = False, real.shape[1] % 2 == 1
    turn = np.where(phased, random.uniform(0, 2 * np.pi, len(phased)), 0.0)
    made = np.fft.irfft(spectrum * np.exp(1j * turn), real.shape[1], axis=1)
    wanted = np.sort(rest, axis=1)
    for _ in range(ROUNDS):
        made = np.take_along_axis(wanted, made.argsort(axis=1).argsort(axis=1), axis=1)
        # All are turned by the same, that fits them best together, so that they go together as the real ones do.
        together = (np.fft.rfft(made, axis=1) * spectrum.conj()).sum(axis=0)
        made = np.fft.irfft(spectrum * np.exp(1j * np.angle(together)), real.shape[1], axis=1)
    found = np.array([_valued(usual[row] + made[row], real[row], random) for row in range(len(real))])
    return np.where(_gaps(np.isnan(real), random), np.nan, found)


def _scores(values: Floats) -> Floats:
    """Normal scores of the values that are known (van der Waerden)."""
    known = np.flatnonzero(np.isfinite(values))
    found = np.full(len(values), np.nan)
    order = values[known].argsort(kind="stable").argsort(kind="stable")
    # Equal values get one score, the mean of theirs.
    ranks = np.array([NormalDist().inv_cdf((rank + 0.5) / len(known)) for rank in range(len(known))])[order]
    _, group = np.unique(values[known], return_inverse=True)
    found[known] = (np.bincount(group, ranks) / np.bincount(group))[group]
    return found


def _usual(scores: Floats, week: int, first: int) -> Floats:
    """What is usual at each moment: the mean of its step of the week, drawn towards that of its step of the day where few weeks
    are known."""
    step = (first + np.arange(len(scores))) % week
    day = week // 7
    by_day, by_week = _means(scores, step % day, day), _means(scores, step, week)
    weeks = np.bincount(step[np.isfinite(scores)], minlength=week)
    share = weeks / (weeks + 2.0)
    return np.asarray((share * by_week + (1 - share) * by_day[np.arange(week) % day])[step], np.float64)


def _means(scores: Floats, step: NDArray[np.int64], count: int) -> Floats:
    known = np.isfinite(scores)
    sums = np.bincount(step[known], scores[known], count)
    return np.asarray(sums / np.maximum(np.bincount(step[known], minlength=count), 1), np.float64)


def _valued(scores: Floats, real: Floats, random: np.random.Generator) -> Floats:
    """In the order of the scores, values between those that were observed; whole numbers where these are."""
    known = np.sort(real[np.isfinite(real)])
    place = (scores.argsort().argsort() + random.uniform(0, 1, len(scores))) / len(scores)
    found = np.quantile(known, RARE + (1 - 2 * RARE) * place)
    if (known == np.round(known)).all():
        return np.asarray(np.round(found), np.float64)
    return np.asarray(found, np.float64)


def _gaps(missing: NDArray[np.bool_], random: np.random.Generator) -> NDArray[np.bool_]:
    """Gaps as long and as many, at other times."""
    return np.array([np.roll(one, random.integers(len(one))) for one in missing])
