# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Between which shares a chance may lie when something happened so many times of so many."""


def least(happened: int, of: int, level: float = 0.95) -> float:
    """The lower limit of Clopper & Pearson (1934, Biometrika 26), one-sided: below it only 1 - `level` of such counts come up."""
    if happened == 0:
        return 0.0
    from scipy.stats import beta

    return float(beta.ppf(1 - level, happened, of - happened + 1))


def most(happened: int, of: int, level: float = 0.95) -> float:
    """The upper limit, one-sided; 1 where nothing was tried."""
    if happened >= of:
        return 1.0
    from scipy.stats import beta

    return float(beta.ppf(level, happened + 1, of - happened))
