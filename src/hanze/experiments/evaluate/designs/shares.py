# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An effect as a share of what would have been without it."""

import math


def share(effect: float, observed: float) -> float | None:
    """Of what was observed less the effect; None where that is not above 0, so that a share of it has no meaning. Of the ends of
    an interval as of its middle: a low effect goes with a high line and the other way round."""
    expected = observed - effect
    return effect / expected if math.isfinite(effect) and expected > 0 and observed >= 0 else None
