# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From an estimate and its error to a finding, for designs that are regressions."""

import math
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.regression import chance
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.finding import Counts, Finding, Point, Scale
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told


class Size(msgspec.Struct, frozen=True):
    """An effect with its interval: of a ratio `middle`, `low` and `high` are logarithms. `degrees` as in Finding."""

    scale: Scale
    middle: float
    se: float
    low: float
    high: float
    p: float
    degrees: float | None = None


def sized(scale: Scale, middle: float, se: float, level: float, degrees: float | None = None) -> Size:
    """With the interval of Student's t, or of the normal distribution without degrees of freedom."""
    wide = quantile((1 + level) / 2, degrees) * se
    p = chance(middle / se, degrees) if se > 0 else float(middle == 0)
    return Size(scale, middle, se, middle - wide, middle + wide, p, degrees)


def finding(
    size: Size,
    observed: float,
    method: Told,
    counts: Counts,
    line: Sequence[Point] = (),
    parts: Mapping[str, float] | None = None,
    details: Mapping[str, float] | None = None,
    residuals: Sequence[float] = (),
) -> Finding:
    """`observed`: the mean outcome of the treated with the measure, which the effect is a share of when it is taken off."""
    ends = (size.middle, size.low, size.high)
    relative: list[float | None]
    if size.scale == "ratio":
        middle, low, high = (_exp(one) for one in ends)
        relative = [one - 1 for one in (middle, low, high)]
        change = [observed - observed / one if one > 0 else -math.inf for one in (middle, low, high)]
    else:
        middle, low, high = ends
        relative = [share(one, observed) for one in ends]
        change = [*ends]
    if any(one is None for one in relative):
        relative = [None, None, None]
    return Finding(
        scale=size.scale, estimate=middle, se=size.se, low=low, high=high, p=size.p,
        relative=relative[0], relative_low=relative[1], relative_high=relative[2],
        change=change[0], change_low=change[1], change_high=change[2],
        method=method, counts=counts, line=tuple(line), parts=dict(parts or {}), details=dict(details or {}),
        residuals=tuple(float(one) for one in residuals), degrees=size.degrees,
    )  # fmt: skip


def _exp(value: float) -> float:
    return math.exp(min(value, 700.0))


def points(times: Sequence[str], observed: Floats, expected: Floats, wide: Floats) -> list[Point]:
    """`wide`: (T,) half the interval; NaN where there is none."""
    return between(times, observed, expected, expected - wide, expected + wide)


def between(times: Sequence[str], observed: Floats, expected: Floats, low: Floats, high: Floats) -> list[Point]:
    """NaN where nothing is known."""
    rows = zip(*(one.tolist() for one in (observed, expected, low, high)), strict=True)
    return [Point(time, *(_known(one) for one in row)) for time, row in zip(times, rows, strict=True)]


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def sentences(*told: Told) -> Told:
    """One after the other."""
    names = [f"part{place}" for place in range(len(told))]
    return Told(" ".join(f"%({name})s" for name in names), dict(zip(names, told, strict=True)))


def listed(names: Sequence[str]) -> str:
    """Columns, as a sentence names them."""
    return ", ".join(names)


def turns(on: Floats) -> int:
    """At how many moments the measure began or was taken up again, of (T,)."""
    return int((np.diff(np.concatenate([[0.0], on])) > 0).sum())
