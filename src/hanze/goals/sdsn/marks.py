# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one raw value means: its place from 0 to 100, its colour, and its place on the scale of colours."""

from typing import Literal

from hanze.goals.sdsn.codebook import Indicator

Colour = Literal["green", "yellow", "orange", "red", "gray"]


def unclipped(indicator: Indicator, value: float) -> float:
    """0 at worst, 100 at best, beyond them below 0 and above 100."""
    return (value - indicator.worst) / (indicator.best - indicator.worst) * 100


def normalised(indicator: Indicator, value: float) -> float:
    """From 0 (worst, or beyond) to 100 (best, or beyond)."""
    return min(100.0, max(0.0, unclipped(indicator, value)))


def colour(indicator: Indicator, value: float) -> Colour:
    """Green from its threshold on, red below that of red; between them yellow in the better half and orange in the other."""
    at, (_, green, middle, red, _) = _upwards(indicator, value)
    return "green" if at >= green else "red" if at < red else "yellow" if at >= middle else "orange"


STEPS = (3.0, 2.0, 1.5, 1.0, 0.0)


def rescaled(indicator: Indicator, value: float) -> float:
    """From 0 (worst) over 1 (red), 1.5 (between them) and 2 (green) to 3 (best), straight between two of these. Where two
    stand at one value the better one counts."""
    at, points = _upwards(indicator, value)
    if at >= points[0]:
        return STEPS[0]
    for upper, lower, most, least in zip(points, points[1:], STEPS, STEPS[1:], strict=False):
        if at >= lower:
            return least + (at - lower) / (upper - lower) * (most - least)
    return STEPS[-1]


def _upwards(indicator: Indicator, value: float) -> tuple[float, tuple[float, float, float, float, float]]:
    """The value, and best, green, middle, red and worst, turned so that more is better."""
    one = indicator
    sign = 1 if one.best > one.worst else -1
    points = (one.best, one.green, (one.green + one.red) / 2, one.red, one.worst)
    best, green, middle, red, worst = (sign * point for point in points)
    return sign * value, (best, green, middle, red, worst)
