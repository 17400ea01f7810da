# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Weights of 0 or more that add up to 1, by which a mixture of some courses comes closest to another one."""

import numpy as np

from hanze.experiments.evaluate.table import Floats

STEPS = 10_000
"""As the authors of synthetic difference-in-differences take at most."""

CLOSE = 1e-9
"""Of the squared distance: nobody could come closer by more than that, so that steps are over."""


def nearest(courses: Floats, target: Floats, ridge: float = 0.0) -> Floats:
    """(J,): the w with the least |courses w - target|² + ridge² |w|², for courses (T, J) and a target (T,).

    Exact, as one problem of least squares without negative numbers: since the weights add up to 1, the target can be taken off
    all courses, and of a weighted sum that is asked to be near 1 as well, only the length differs (Wolfe 1976, Mathematical
    Programming 11, on the nearest point of a polytope)."""
    from scipy.optimize import nnls

    apart = courses - target[:, None]
    count = apart.shape[1]
    size = float(np.sqrt((apart**2).mean() + ridge**2)) or 1.0
    rows = np.vstack([apart, *([ridge * np.eye(count)] if ridge else []), np.full((1, count), size)])
    wanted = np.zeros(len(rows))
    wanted[-1] = size
    found: Floats = nnls(rows, wanted, maxiter=30 * count + 100)[0]
    weights: Floats = found / found.sum()
    return weights


def stepped(courses: Floats, target: Floats, steps: int = STEPS) -> Floats:
    """(J,): weights as those of `nearest`, by at most so many steps of Frank & Wolfe (1956) from equal weights, each of the best
    length.

    Where many mixtures are about as close, they stay nearer to equal weights than the exact optimum, and so follow the accidents
    of the past less; published estimates come from these steps (Arkhangelsky and others 2021, American Economic Review 111:
    their software). In terms of K, the products of what each course is apart from the target, the squared distance is x K x."""
    apart = courses - target[:, None]
    products = apart.T @ apart
    own = np.diag(products).tolist()
    weights = np.full(len(products), 1 / len(products))
    slope = products @ weights
    far = float(weights @ slope)
    for _step in range(steps):
        best = int(slope.argmin())
        least = float(slope[best])
        long = own[best] - 2 * least + far
        if far - least <= CLOSE * far or long <= 0:
            break
        part = min(1.0, (far - least) / long)
        keep = 1 - part
        slope *= keep
        slope += part * products[best]
        weights *= keep
        weights[best] += part
        far = keep * keep * far + 2 * keep * part * least + part * part * own[best]
    found: Floats = weights / weights.sum()
    return found
