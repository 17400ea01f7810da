# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a design found: the effect with its interval, the line that was expected without the measure, and what it rests on."""

from typing import Literal

import msgspec

from hanze.experiments.told import Told

Scale = Literal["difference", "ratio"]


class Point(msgspec.Struct, frozen=True):
    """One moment of the treated: what was observed and what was expected without the measure, with its interval."""

    time: str
    observed: float | None
    expected: float | None
    low: float | None = None
    high: float | None = None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What there was to learn from. `dates`: different moments at which the measure began; `clusters`: groups that are taken as
    independent of each other; `before`, `after`: moments of the treated."""

    rows: int
    units: int
    treated: int
    clusters: int
    dates: int
    before: int
    after: int


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """`estimate`, `low`, `high`: on the scale; a difference is in units of the outcome, per unit and moment, a ratio is what the
    outcome was multiplied by. `se`: of the estimate, of its logarithm for a ratio. `p`: of no effect, two-sided.
    `relative`: the effect as a share of what was expected (-0.21: 21 % less), with its interval; None where that has no meaning.
    `change`: the same in units of the outcome. `parts`: effect by unit (as a share where there is one), for who gained and lost.
    `weights`: of the units that it was compared with. `details`: other figures of the design, by name.
    `residuals`: of the treated, in order of time, for the diagnostics. `degrees`: of freedom of the interval, None: normal.
    """

    scale: Scale
    estimate: float
    se: float
    low: float
    high: float
    p: float | None
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    method: Told
    counts: Counts
    line: tuple[Point, ...] = ()
    weights: dict[str, float] = {}
    parts: dict[str, float] = {}
    details: dict[str, float] = {}
    residuals: tuple[float, ...] = ()
    degrees: float | None = None
