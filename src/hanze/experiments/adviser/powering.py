# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much one layout would see, before the trial: per size of the effect, and per number of weeks."""

from collections.abc import Callable, Iterator, Mapping

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import Layout, lasting
from hanze.experiments.adviser.trying import FAKES, Step, Tried, seen, tried
from hanze.experiments.evaluate.noise import detectable, noise
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Design, Question
from hanze.experiments.evaluate.table import Floats, Ints

PARTS = (0.25, 0.5, 1.0, 2.0)
"""Of the weeks that were asked: for how long a layout is tried."""

MEANS: frozenset[Design] = frozenset({"its", "did", "event-study", "synthetic-control", "sdid"})
"""Designs near to what the closed form is of: means before and after, of units with and without the measure."""


class Length(msgspec.Struct, frozen=True):
    """The smallest effects that are seen four times in five in so many weeks: tried on the past, and by the closed form; None
    where the past is too short for it, where all of it would go unseen, and where the form is not of this design."""

    weeks: float
    tried: float | None
    formula: float | None


class Power(msgspec.Struct, frozen=True, kw_only=True):
    """`seen`: how often an effect of a share is seen in `weeks`; `tried`: what came of periods without one. Both are empty where
    the past is too short to try it."""

    weeks: float
    seen: tuple[tuple[float, float], ...]
    tried: Tried | None
    lengths: tuple[Length, ...]


def power(
    past: Panel, layout: Layout, question: Question, weeks: float, effects: tuple[float, ...], fakes: int = FAKES,
    step: Step = int,
) -> Power:  # fmt: skip
    """`effects`: shares in the better direction. Errors: ConfigurationError where the design cannot be used on any period."""
    found = dict(lengths(layout, past, question, weeks, fakes, step))
    now = found.get(weeks)
    if now is not None and not now.fakes:
        raise ConfigurationError(f"{layout.design} cannot be used on this past: {now.broken[0]}")
    sign, after = toward(question), lasting(past, weeks)
    shares = (
        ()
        if now is None
        else tuple((one, seen(layout, past, question, after, sign * one, fakes, step)) for one in effects)
    )
    form = _formula(past, layout, question)
    told = (Length(one, found[one].detectable(sign) if one in found else None, form(one)) for one in steps(past, weeks))
    return Power(weeks=weeks, seen=shares, tried=now, lengths=tuple(told))


def lengths(
    layout: Layout, past: Panel, question: Question, weeks: float, fakes: int, step: Step
) -> Iterator[tuple[float, Tried]]:  # fmt: skip
    """The layout tried for as long as was asked, shorter and longer, as far as the past reaches; what was asked always comes where
    it can be tried, others where they can be used."""
    for one in steps(past, weeks):
        try:
            found = tried(layout, past, question, lasting(past, one), fakes, step)
        except ConfigurationError:
            continue
        if found.fakes or one == weeks:
            yield one, found


def steps(past: Panel, weeks: float) -> list[float]:
    """Numbers of weeks, by size, that are different numbers of moments."""
    found = {lasting(past, weeks * part): weeks * part for part in PARTS} | {lasting(past, weeks): weeks}
    return sorted(found.values())


def toward(question: Question) -> float:
    """The sign of an effect in the better direction."""
    return -1.0 if question.better == "lower" else 1.0


def _formula(past: Panel, layout: Layout, question: Question) -> Callable[[float], float | None]:
    if layout.design not in MEANS:
        return lambda weeks: None
    values, without = _values(past, layout)
    if not (np.nanmean(values, axis=1) > 0).all():
        return lambda weeks: None
    found = noise(values, _season(past, question))
    before = layout.before or len(past.times)
    return lambda weeks: detectable(found, before, lasting(past, weeks), layout.count, without, question.level)


def _values(past: Panel, layout: Layout) -> tuple[Floats, int]:
    """Of the units that have a part in it, and how many are without the measure."""
    values = past.matrix(past.outcome if past.exposure is None else past.outcome / past.exposure)
    rows: Mapping[str, int] = {name: row for row, name in enumerate(past.units)}
    if layout.design == "its":
        own = values[[rows[name] for name in layout.treatable]]
        known = np.isfinite(own)
        return np.where(
            known.any(axis=0), np.where(known, own, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1), np.nan
        )[None], 0
    names = (*layout.treatable, *layout.controls)
    return values[[rows[name] for name in names]], len(names) - layout.count


def _season(past: Panel, question: Question) -> Ints | None:
    """The month where the moments are dates; where in its period each is, where one was given."""
    if question.period:
        return np.arange(len(past.times), dtype=np.int64) % question.period
    if not past.dated:
        return None
    months = past.moments.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months % 12, np.int64)
