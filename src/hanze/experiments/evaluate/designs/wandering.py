# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A level that wanders, and what is added to it: the local level model with columns beside it, by most likely ratio and in the
mean of all ratios.

    outcome = level + columns @ coefficients + noise of variance s2,    level = level before + step of variance ratio * s2

Harvey (1989, Forecasting, Structural Time Series Models and the Kalman Filter); Durbin & Koopman (2012, Time Series Analysis by
State Space Methods). One filter runs over outcome and columns at once, since its gains depend on the ratio only: then
coefficients and s2 follow by least squares, and nothing is left to search but one number. So it takes a tenth of the time of a
general library and gives the likelihood of all ratios, which the error below needs."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.table import Bools, Floats, Ints

RATIOS, MOST = 64, 100.0
"""Ratios that are tried, evenly in their logarithm, up to a level that is nearly all there is; the least is one at which the
level moves less over the whole series than the noise in one moment."""

ROUNDS, FINER = 3, 9

SAME = 1e-9


class Wandering(msgspec.Struct, frozen=True, eq=False):
    """`coefficients` (K,) and `covariance` (K, K) at the most likely `ratio`; `error`: of the first coefficient, with that of
    the ratio in it. `variance`: of the noise. `residuals`: (n,) one step ahead, of variance 1, without the first moment.
    `degrees`: of freedom."""

    ratio: float
    coefficients: Floats
    covariance: Floats
    error: float
    variance: float
    residuals: Floats
    degrees: int


class _Sums(msgspec.Struct, frozen=True, eq=False):
    """By ratio (G): `products` (G, M, M) of what is new at each moment, in its errors; `spread` (G,): logarithms of their
    variances."""

    products: Floats
    spread: Floats
    count: int


def fitted(values: Floats, season: Bools) -> Wandering:
    """`values`: (T, 1 + K) on a grid without gaps: the outcome, NaN where it is not known, and the columns, the measure first.
    `season`: (K,) which columns make the season.

    The ratio is the most likely one where level and season may begin anywhere (Durbin & Koopman 2012, 7.2.2). The error allows
    for not knowing it (Hamilton 1986, Journal of Econometrics 33): a level that seems to stand still may wander, and then a
    change of it means less. There ratios count by their restricted likelihood, with all coefficients unknown. Errors:
    ConfigurationError where the outcome does not change or the measure cannot be told apart."""
    scale = _scale(values)
    scaled = values / scale
    length = len(values)
    ratios = np.concatenate([[0.0], np.geomspace(length**-2.0, MOST, RATIOS)])
    sums = _filtered(scaled, ratios)
    _looked_at(sums)
    loose = np.flatnonzero(season) + 1
    ratio = _most_likely(scaled, ratios, _likelihoods(sums, loose), loose)
    best = _solved(_filtered(scaled, np.array([ratio])))
    each, shares = _solved(sums), _likelihoods(sums, np.arange(1, values.shape[1]))
    shares = np.exp(shares - shares.max())
    middle = best.coefficients[0, 0]
    spread = each.variances * each.inverse[:, 0, 0] + (each.coefficients[:, 0] - middle) ** 2
    back = scale[0] / scale[1:]
    return Wandering(
        ratio=ratio, coefficients=best.coefficients[0] * back, degrees=sums.count - values.shape[1] + 1,
        covariance=best.inverse[0] * best.variances[0] * np.outer(back, back),
        error=float(np.sqrt((shares @ spread) / shares.sum()) * back[0]), variance=float(best.variances[0] * scale[0] ** 2),
        residuals=_new((scaled[:, 0] - scaled[:, 1:] @ best.coefficients[0])[:, None], ratio)[:, 0] / np.sqrt(best.variances[0]),
    )  # fmt: skip


class _Solved(msgspec.Struct, frozen=True, eq=False):
    """By ratio: `coefficients` (G, K), `inverse` (G, K, K) of the cross products of the columns, `variances` (G,) of the noise."""

    coefficients: Floats
    inverse: Floats
    variances: Floats


def _solved(sums: _Sums) -> _Solved:
    inner, cross = sums.products[:, 1:, 1:], sums.products[:, 1:, 0]
    inverse: Floats = np.asarray(np.linalg.pinv(inner, rcond=SAME, hermitian=True), np.float64)
    coefficients = np.einsum("gij,gj->gi", inverse, cross)
    left = _left(sums.products[:, 0, 0], (coefficients * cross).sum(axis=1))
    return _Solved(coefficients, inverse, left / max(sums.count - inner.shape[1], 1))


def _likelihoods(sums: _Sums, loose: Ints) -> Floats:
    """(G,): logarithms, with the noise as likely as can be and the `loose` columns unknown (restricted to what they leave)."""
    solved, count = _solved(sums), sums.count - len(loose)
    left = solved.variances * max(sums.count - sums.products.shape[1] + 1, 1)
    inner = sums.products[:, loose[:, None], loose[None, :]]
    eigen = np.linalg.eigvalsh(inner) if len(loose) else np.ones((len(left), 1))
    kept = eigen > SAME * eigen.max(axis=1, keepdims=True)
    size = np.where(kept, np.log(np.where(kept, eigen, 1.0)), 0.0).sum(axis=1)
    found: Floats = -0.5 * (count * np.log(left / count) + sums.spread + size)
    return found


def _left(whole: Floats, told: Floats) -> Floats:
    found: Floats = np.maximum(whole - told, 1e-14 * np.maximum(whole, 1e-300))
    return found


def _most_likely(values: Floats, ratios: Floats, likelihoods: Floats, loose: Ints) -> float:
    """Between the neighbours of the best of those tried, finer each time."""
    place = int(likelihoods.argmax())
    for _round in range(ROUNDS):
        if place == 0 and ratios[0] == 0:
            return 0.0
        near = ratios[max(place - 1, 1 if ratios[0] == 0 else 0)], ratios[min(place + 1, len(ratios) - 1)]
        ratios = np.geomspace(*near, FINER)
        place = int(_likelihoods(_filtered(values, ratios), loose).argmax())
    return float(ratios[place])


def _scale(values: Floats) -> Floats:
    known = np.isfinite(values[:, 0])
    found = values[known].std(axis=0)
    if not found[0] > SAME * abs(values[known, 0]).max():
        raise ConfigurationError("The outcome is the same at all moments, so that there is nothing to learn from it.")
    found[found == 0] = 1.0
    return np.asarray(found, np.float64)


def _looked_at(sums: _Sums) -> None:
    """Nothing beside it may explain the measure at some ratio above 0, which is when the level could."""
    inner = sums.products[-1, 1:, 1:]
    others, cross = inner[1:, 1:], inner[1:, 0]
    left = inner[0, 0] - cross @ np.linalg.pinv(others, rcond=SAME, hermitian=True) @ cross
    if left <= 1e-8 * max(inner[0, 0], 1e-300):
        raise ConfigurationError(
            "The measure cannot be told apart from the season or a covariate; leave that out, or give a longer table."
        )


def _filtered(values: Floats, ratios: Floats) -> _Sums:
    known = np.isfinite(values[:, 0])
    begin = int(known.argmax())
    level = np.repeat(values[begin][None], len(ratios), 0)
    sure, spread = np.ones(len(ratios)), np.zeros(len(ratios))
    products = np.zeros((len(ratios), values.shape[1], values.shape[1]))
    for row, seen in zip(values[begin + 1 :], known[begin + 1 :].tolist(), strict=True):
        sure = sure + ratios
        if not seen:
            continue
        wide = sure + 1
        new = row - level
        products += (new / wide[:, None])[:, :, None] * new[:, None, :]
        spread += np.log(wide)
        gain = sure / wide
        level += gain[:, None] * new
        sure = gain
    return _Sums(products, spread, int(known.sum()) - 1)


def each(outcomes: Floats, columns: Floats, ratio: float) -> Floats:
    """(N,): the coefficient of the first of `columns` (T, K) for each of `outcomes` (T, N), which are known at the same moments."""
    new = _new(np.column_stack([outcomes, columns]), ratio)
    count = outcomes.shape[1]
    found: Floats = np.linalg.lstsq(new[:, count:], new[:, :count], rcond=SAME)[0][0]
    return found


def _new(values: Floats, ratio: float) -> Floats:
    """(n, M): what is new at each moment with an outcome (the first column), in its error."""
    known = np.flatnonzero(np.isfinite(values[:, 0]))
    level, sure, found = values[known[0]].copy(), 1.0, []
    for before, place in zip(known[:-1].tolist(), known[1:].tolist(), strict=True):
        sure += ratio * (place - before)
        new = values[place] - level
        found.append(new / np.sqrt(sure + 1))
        level += sure / (sure + 1) * new
        sure = sure / (sure + 1)
    return np.array(found)


def smoothed(values: Floats, ratio: float) -> tuple[Floats, Floats]:
    """The level (T, M) of each column of `values` (T, M) at each moment, from all moments; and its variance (T,), in that of
    the noise."""
    known = np.isfinite(values[:, 0])
    length, begin = len(values), int(known.argmax())
    level, sure = np.zeros(values.shape), np.zeros(length)
    level[begin], sure[begin] = values[begin], 1.0
    for place in range(begin + 1, length):
        level[place], sure[place] = level[place - 1], sure[place - 1] + ratio
        if known[place]:
            gain = sure[place] / (sure[place] + 1)
            level[place] += gain * (values[place] - level[place])
            sure[place] = gain
    for place in range(length - 2, begin - 1, -1):
        ahead = sure[place] + ratio
        share = sure[place] / ahead
        sure[place] += share**2 * (sure[place + 1] - ahead)
        level[place] += share * (level[place + 1] - level[place])
    level[:begin] = level[begin]
    sure[:begin] = sure[begin] + ratio * np.arange(begin, 0, -1)
    return level, sure
