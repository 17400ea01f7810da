# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One run: a trial that never was is evaluated as it is and with planted effects, and what the adviser had promised of it."""

import msgspec
import numpy as np

from benchmarks.calibrate import series
from benchmarks.calibrate.series import Series
from benchmarks.calibrate.trial import SHARES, Drawn, Setup, drawn
from hanze.errors import ConfigurationError
from hanze.experiments.adviser.trying import seen
from hanze.experiments.evaluate import designs, power, verdict
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.planting import past
from hanze.experiments.evaluate.result import Result

Sources = dict[str, dict[str, Series]]
"""Series by kind of moment and name of the source."""

FAKES = 10
"""Of the adviser for one run; its promises are averaged over many."""


class Seen(msgspec.Struct, frozen=True):
    """Of one effect: the verdict, and the interval as shares; a verdict that is none tells why it could not be reached."""

    verdict: str
    low: float | None
    high: float | None
    doubted: str = ""


class Run(msgspec.Struct, frozen=True):
    """`seen`: by the effects of SHARES. `promised`: how often an interval would see each but the first, by the adviser on another
    part of the same series; empty where that is not there."""

    number: int
    source: str
    start: str
    seen: tuple[Seen, ...]
    promised: tuple[float, ...] = ()


def sources() -> Sources:
    daily = series.air()
    return {"week": {name: series.weekly(one) for name, one in daily.items()}, "hour": {"traffic": series.traffic()}}


def run(
    setup: Setup, given: Sources, number: int, seed: int, promises: bool = True, shares: tuple[float, ...] = SHARES
) -> Run:  # fmt: skip
    """Deterministic by the seed and the number."""
    rng = np.random.default_rng([seed, number, *setup.design.encode()])
    made = drawn(setup, given[setup.kind], rng)
    found = tuple(_seen(setup, made, share, seed + number) for share in shares)
    promised = _promised(setup, given[setup.kind][made.source], made, seed + number) if promises else ()
    return Run(number, made.source, made.times[setup.before], found, promised)


def _seen(setup: Setup, made: Drawn, share: float, seed: int) -> Seen:
    """Checks only ever turn a verdict into "cannot tell", so what is that already is not checked."""
    table, question = made.table(share), setup.question(seed)
    try:
        finding = designs.find(setup.design)(panel(table, question), question, None)
        seeing = verdict.see(finding, question, power.after(finding, question.level))
        ends = finding.relative_low, finding.relative_high
        if verdict.decide(finding, question, (), seeing) == "cannot tell":
            return Seen("cannot tell", *ends)
        found = evaluate(table, question)
    except ConfigurationError as error:
        return Seen("none", None, None, error.detail)
    return Seen(found.verdict, *ends, _doubted(found))


def _doubted(found: Result) -> str:
    return ", ".join(check.name for check in found.checks if check.doubts and check.status == "fail")


def _promised(setup: Setup, whole: Series, made: Drawn, seed: int) -> tuple[float, ...]:
    """Of the same units at moments that are not in the run; () where there are none."""
    if not made.spare:
        return ()
    span, rows = slice(made.spare.start, made.spare.stop), [whole.units.index(unit) for unit in made.units]
    values, more = whole.values[rows, span], {name: whole.more[name][span] for name in setup.covariates}
    other = Drawn(made.source, made.units, whole.times[span], values, np.zeros_like(values), more)
    known = past(other.table(0.0), setup.question(seed))
    layout = setup.layout(made.units)
    return tuple(seen(layout, known, setup.question(seed), setup.after, share, FAKES) for share in SHARES[1:])
