# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much more some units changed than others that are like them, and the influence of each unit on that."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.table import Bools, Floats

ROUNDS, CLOSE = 50, 1e-10
SURE = 0.995
"""A chance of being treated above which no others are like it."""


class Change(msgspec.Struct, frozen=True, eq=False):
    """The effect on the cohort that began at `first`, at `time` (places); `influence`: (N,), whose mean square over N is its
    variance."""

    first: int
    time: int
    value: float
    influence: Floats


def change(moved: Floats, ours: Bools, others: Bools, weights: Floats, beside: Floats, first: int, time: int) -> Change:
    """`moved`: (N,). `beside`: (N, K) covariates. Doubly robust (Sant'Anna & Zhao 2020, equation 2.2, influence of theorem
    A.1), which without covariates is the difference of two means. Errors: ConfigurationError where the covariates tell the
    treated apart."""
    taken = ours | others
    rows = moved[taken], ours[taken], weights[taken] / weights[taken].mean()
    made = _robust(*rows, _centred(beside[taken])) if beside.shape[1] else _plain(*rows)
    influence = np.zeros(len(moved))
    influence[taken] = made[1] * len(moved) / taken.sum()
    return Change(first, time, made[0], influence)


def _plain(moved: Floats, ours: Bools, weights: Floats) -> tuple[float, Floats]:
    mine, theirs = (weights * one / (weights * one).mean() for one in (ours, ~ours))
    treated, compared = float((mine * moved).mean()), float((theirs * moved).mean())
    return treated - compared, mine * (moved - treated) - theirs * (moved - compared)


def _centred(beside: Floats) -> Floats:
    """(n, 1 + K): in their spread, so that sums are of one size; without those that are the same everywhere."""
    spread = beside.std(axis=0)
    kept = spread > 1e-12 * np.maximum(np.abs(beside).max(axis=0, initial=0.0), 1e-300)
    return np.column_stack([np.ones(len(beside)), (beside[:, kept] - beside[:, kept].mean(axis=0)) / spread[kept]])


def _robust(moved: Floats, ours: Bools, weights: Floats, beside: Floats) -> tuple[float, Floats]:
    chance, of_chance = _chances(ours, weights, beside)
    odds = chance / (1 - chance)
    control = weights * ~ours
    inner = np.linalg.pinv((beside * control[:, None]).T @ beside / len(moved))
    told = inner @ ((beside * control[:, None]).T @ moved) / len(moved)
    left = moved - beside @ told
    of_told = (beside * (control * left)[:, None]) @ inner

    one, other = weights * ours, control * odds
    mine, theirs = one / one.mean(), other / other.mean()
    treated, compared = float((mine * left).mean()), float((theirs * left).mean())
    by_told = (mine[:, None] * beside).mean(axis=0) - (theirs[:, None] * beside).mean(axis=0)
    by_chance = ((theirs * (left - compared))[:, None] * beside).mean(axis=0)
    influence = mine * (left - treated) - theirs * (left - compared) - of_told @ by_told - of_chance @ by_chance
    return treated - compared, influence


def _chances(ours: Bools, weights: Floats, beside: Floats) -> tuple[Floats, Floats]:
    """(n,) of being treated given the covariates, by logistic regression, and (n, 1 + K) the influence of each on its
    coefficients."""
    coefficients = np.zeros(beside.shape[1])
    for _round in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(beside @ coefficients, -30, 30)))
        inner = (beside * (weights * chance * (1 - chance))[:, None]).T @ beside
        step = np.linalg.pinv(inner) @ (beside.T @ (weights * (ours - chance)))
        coefficients = coefficients + step
        if np.abs(step).max() < CLOSE:
            break
    chance = 1 / (1 + np.exp(-np.clip(beside @ coefficients, -30, 30)))
    if chance[ours].max() > SURE and beside.shape[1] > 1:
        raise ConfigurationError(
            "The covariates tell units with the measure from those without, so that nobody is like them; leave a covariate out."
        )
    inner = (beside * (weights * chance * (1 - chance))[:, None]).T @ beside / len(ours)
    return chance, (beside * (weights * (ours - chance))[:, None]) @ np.linalg.pinv(inner)
