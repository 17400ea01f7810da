# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a trial would be laid out over units and moments, and the same laid over a part of the past in which nothing was done."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.changing import keep
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.planting import placed
from hanze.experiments.evaluate.question import Design
from hanze.experiments.evaluate.table import Bools, Floats

WAVED: frozenset[Design] = frozenset({"staggered", "stepped-wedge"})
ALONE: frozenset[Design] = frozenset({"its", "stepped-wedge", "switchback"})
"""Designs that compare units only with themselves, or with those that get the measure later."""

BEFORE = 156
"""Weeks before the measure that are used at most: what is older says little about now."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """`treatable`: units that may get the measure, of which `count` do; the others of them are compared with, like `controls`.
    `waves`: of the roll-out. `block`: moments for which it is switched on or off. `before`: moments before the measure that will be
    used; 0: all that there are, up to `BEFORE`."""

    design: Design
    treatable: tuple[str, ...]
    count: int
    controls: tuple[str, ...] = ()
    waves: int = 1
    block: int = 0
    before: int = 0

    @property
    def drawn(self) -> bool:
        """Not all follows from the start: it is not fixed who gets it, or when."""
        return self.count < len(self.treatable) or self.waves > 1 or self.block > 0


def week(past: Panel) -> float:
    """Moments in a week; one where the moments are no dates."""
    if not past.dated or len(past.moments) < 2:
        return 1.0
    return 7.0 / float(np.median(np.diff(past.moments)))


def lasting(past: Panel, weeks: float) -> int:
    """Moments in so many weeks, at least one."""
    return max(1, round(weeks * week(past)))


def laid(layout: Layout, past: Panel, start: int, after: int, rng: np.random.Generator) -> Panel:
    """As if the measure had begun at place `start` in the times and lasted `after` moments; what came later is left out. A measure
    that is switched has nothing before it: each of its moments was drawn."""
    chosen = tuple(layout.treatable[place] for place in rng.permutation(len(layout.treatable))[: layout.count])
    others = () if layout.design in ALONE else (*layout.treatable, *layout.controls)
    before = 0 if layout.design == "switchback" else layout.before or lasting(past, BEFORE)
    since = max(0, start - before)
    kept = np.asarray(np.isin(np.array(past.units), [*chosen, *others]), np.bool_)[past.unit]
    made = keep(
        placed(past, _on(layout, past, chosen, start, after, rng)),
        kept & (past.time >= since) & (past.time < start + after),
    )
    if not made.on.any():
        raise ConfigurationError("The units with the measure have no values in this period.")
    return made


def alike(past: Panel, treated: tuple[str, ...], controls: tuple[str, ...], until: int, count: int) -> tuple[str, ...]:
    """The controls whose course, as a share of their mean, lay nearest to that of the treated before place `until`."""
    values = past.matrix(past.outcome)[:, :until]
    with np.errstate(invalid="ignore"):
        shares = values / np.nanmean(values, axis=1, keepdims=True)
    names = list(past.units)
    middle = _mean(shares[[names.index(name) for name in treated]])
    apart = [float(np.nanmean((shares[names.index(name)] - middle) ** 2)) for name in controls]
    return tuple(controls[place] for place in np.argsort(apart, kind="stable")[:count])


def _on(
    layout: Layout, past: Panel, chosen: tuple[str, ...], start: int, after: int, rng: np.random.Generator
) -> Bools:  # fmt: skip
    on = np.zeros_like(past.on)
    for order, name in enumerate(chosen):
        row = past.units.index(name)
        if layout.design == "switchback":
            on[row, start : start + after] = switched(after, layout.block, rng)
        else:
            on[row, start + delay(layout, order, after) :] = True
    return on


def delay(layout: Layout, order: int, after: int) -> int:
    """Moments after the start at which the unit of this order gets the measure; the waves are equally long and large."""
    if layout.design not in WAVED:
        return 0
    return (order * layout.waves // layout.count) * after // layout.waves


def switched(after: int, block: int, rng: np.random.Generator) -> Bools:
    """Blocks two by two, of which one is on and one is off, in an order that is drawn; so on and off are spread over the time."""
    pairs = -(-after // (2 * block))
    first = rng.integers(0, 2, pairs)
    return np.asarray(np.repeat(np.column_stack([first, 1 - first]).ravel(), block)[:after] == 1, np.bool_)


def _mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    counts = known.sum(axis=0)
    found: Floats = np.divide(
        np.where(known, values, 0.0).sum(axis=0), counts, out=np.full(values.shape[1], np.nan), where=counts > 0
    )
    return found
