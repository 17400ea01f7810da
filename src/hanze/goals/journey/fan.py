# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bands around a forecast, as wide as earlier forecasts were wrong, and what a forecast with bands costs."""

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHARES = (0.5, 0.8)
"""How often what comes is to lie within the inner and the outer band."""

ENOUGH = 3
"""Errors of one distance from which on they tell how wide the band is there; below that it follows from the one before."""

DUST = 1e-9
"""What sums of floats differ by, where values are of the size of 1."""


class Fan(msgspec.Struct, frozen=True):
    """By periods ahead: the middle, and how far the inner and the outer band reach to both sides."""

    middle: Floats
    inner: Floats
    outer: Floats

    def within(self, came: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether what came lies in the inner and in the outer band; as many periods as came."""
        off = np.abs(came - self.middle[: len(came)]) - DUST
        return off <= self.inner[: len(came)], off <= self.outer[: len(came)]

    def loss(self, came: Floats) -> float:
        """Mean pinball loss of the five lines of the fan over the periods that came, in the unit of the values. Source: Gneiting
        and Raftery, *Strictly Proper Scoring Rules*, 2007, section 6.1."""
        many = len(came)
        middle, inner, outer = self.middle[:many], self.inner[:many], self.outer[:many]
        lines = np.array([middle - outer, middle - inner, middle, middle + inner, middle + outer])
        inside, outside = SHARES
        parts = np.array([0.5 - outside / 2, 0.5 - inside / 2, 0.5, 0.5 + inside / 2, 0.5 + outside / 2])[:, None]
        over = came - lines
        return float(np.mean(np.maximum(parts * over, (parts - 1) * over)))


def known(errors: Floats, origin: int) -> Floats:
    """The errors that were known after `origin` values, NaN for the others. `errors[o, h]`: of what was said after o values for
    h + 1 periods ahead."""
    after, ahead = np.arange(len(errors))[:, None], np.arange(errors.shape[1])[None, :]
    return np.where(after + ahead + 1 <= origin, errors, np.nan)


def around(middle: Floats, errors: Floats) -> Fan:
    """The fan around a forecast by earlier errors (see `known`); a later period has no narrower band."""
    scale = _scale(errors)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.abs(errors) / scale
    # Where nothing was ever wrong nothing is divided.
    told = np.sort(np.nan_to_num(relative[np.isfinite(errors)], nan=0.0, posinf=0.0))
    inner, outer = (scale * _share(told, share) for share in SHARES)
    return Fan(middle, inner, outer)


def _scale(errors: Floats) -> Floats:
    """By periods ahead how wrong it was: the root of the mean square, never less than a period before."""
    there = np.isfinite(errors)
    many = there.sum(axis=0)
    squares = np.where(there, errors, 0.0) ** 2
    found: Floats = np.zeros(errors.shape[1])
    for ahead in range(len(found)):
        if many[ahead] >= ENOUGH or not ahead:
            found[ahead] = np.sqrt(squares[:, ahead].sum() / max(many[ahead], 1))
        else:
            # As that of a random walk grows.
            found[ahead] = found[ahead - 1] * np.sqrt((ahead + 1) / ahead)
    wider: Floats = np.maximum.accumulate(found)
    return wider


def _share(told: Floats, share: float) -> float:
    """Below which this share of the errors lies, with the correction for few of them of conformal prediction (Vovk, Gammerman,
    Shafer, 2005): one more error that is as large as the largest."""
    many = len(told)
    return float(told[min(many, int(np.ceil(share * (many + 1)))) - 1]) if many else 0.0
