# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether what is left after the model still depends on the moment before, so that there is less to learn from than it seems."""

import math

import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.levels import ALONE
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import nothing, side
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told

FEWEST, LAGS = 12, 10
"""Residuals that are needed, and moments that are looked back at most."""

UNLIKELY = 0.05


def look(case: Case) -> Check | None:
    left = np.asarray(case.finding.residuals, float)
    left = left[np.isfinite(left)]
    if case.design not in ALONE or len(left) < FEWEST or not left.std() > 0:
        return None
    first, chance = _first(left), ljung_box(left, min(LAGS, len(left) // 5))
    told = {"correlation": round(first, 2)}
    if chance > UNLIKELY:
        text = _("What is left after the model does not depend on the moment before.")
        return Check("autocorrelation", "pass", Told(text, told))
    if side(case.finding) and not _stands(case, first):
        text = _(
            "What is left after the model depends on the moments before (correlation %(correlation)s); allowing for it, the "
            "interval holds no effect."
        )
        return Check("autocorrelation", "fail", Told(text, told), doubts=True)
    text = _(
        "What is left after the model depends on the moments before (correlation %(correlation)s); allowing for it changes nothing."
    )
    return Check("autocorrelation", "warn", Told(text, told))


def _first(left: Floats) -> float:
    about = left - left.mean()
    return float((about[1:] * about[:-1]).sum() / (about**2).sum())


def ljung_box(left: Floats, lags: int) -> float:
    """How likely such correlations are by chance (Ljung & Box 1978, Biometrika 65)."""
    from scipy.stats import chi2

    about, count = left - left.mean(), len(left)
    found = [float((about[lag:] * about[:-lag]).sum() / (about**2).sum()) for lag in range(1, lags + 1)]
    statistic = count * (count + 2) * sum(one**2 / (count - lag) for lag, one in enumerate(found, 1))
    return float(chi2.sf(statistic, lags))


def _stands(case: Case, first: float) -> bool:
    """The interval still lies on its side of no effect: that with errors that allow for it, where the design tells one, else made
    wider by the root of (1 + r) / (1 - r), as for an autoregression of the first order."""
    finding = case.finding
    ends = finding.details.get("hac_low"), finding.details.get("hac_high")
    if ends[0] is not None and ends[1] is not None:
        return ends[0] > nothing(finding) or ends[1] < nothing(finding)
    if finding.details.get("robust"):
        return True
    kept = max(-0.95, min(0.95, first))
    wider = max(1.0, math.sqrt((1 + kept) / (1 - kept)))
    edge = finding.low if side(finding) > 0 else finding.high
    shift = (math.log(finding.estimate), math.log(edge)) if finding.scale == "ratio" else (finding.estimate, edge)
    return abs(shift[0]) > wider * abs(shift[0] - shift[1])
