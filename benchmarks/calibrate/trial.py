# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial that never was, drawn by lot from real series."""

from typing import Literal

import msgspec
import numpy as np

from benchmarks.calibrate.series import Series
from hanze.experiments.adviser.laying import Layout, delay, switched
from hanze.experiments.evaluate.question import Design, Question
from hanze.experiments.evaluate.table import Floats, Table

Kind = Literal["week", "hour"]
SHARES = (0.0, -0.02, -0.05, -0.1)
"""Effects that are planted; none first."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """`treated`, `controls`: units; `before`, `after`: moments; `covariates`: of the weather; `block`, `waves`: as in a Layout.
    `runs`: as many as fit into an evening. `apart`: what tells it from another one of its design."""

    design: Design
    apart: str = ""
    kind: Kind = "week"
    treated: int
    controls: int = 0
    before: int
    after: int
    covariates: tuple[str, ...] = ()
    waves: int = 1
    block: int = 0
    runs: int = 1000

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.design, self.apart)))

    @property
    def past(self) -> int:
        """Moments that the adviser is given: two or three trials fit after as much as stands before one."""
        return self.before + (3 if self.before else 2) * self.after

    def layout(self, units: tuple[str, ...]) -> Layout:
        """With the first of these units treated."""
        return Layout(
            design=self.design, treatable=units[: self.treated], count=self.treated, controls=units[self.treated :],
            waves=self.waves, block=self.block, before=self.before,
        )  # fmt: skip

    def question(self, seed: int) -> Question:
        return Question(
            design=self.design, outcome="outcome", unit="unit", time="time", treated=("on",),
            covariates=self.covariates, better="lower", bought=0.1, seed=seed, country="NL",
        )  # fmt: skip

    def said(self) -> str:
        moments = {"week": "weekly means", "hour": "hourly counts"}[self.kind]
        others = f" and {self.controls} that it is compared with" if self.controls else ""
        more = (
            f", in {self.waves} waves"
            if self.waves > 1
            else f", on and off by lot in blocks of {self.block}"
            if self.block
            else ""
        )
        weather = ", with wind and temperature" if self.covariates else ""
        return f"{moments}, {self.treated} treated{others}, {self.before} before and {self.after} with the measure{more}{weather}"


class Drawn(msgspec.Struct, frozen=True, eq=False):
    """A trial that never was: of which series, which units (the treated first), and from which moment on it is on. `spare`: places
    in the series of moments that the adviser is given, of which none is in the trial; empty where there are not enough."""

    source: str
    units: tuple[str, ...]
    times: tuple[str, ...]
    values: Floats
    on: Floats
    more: dict[str, Floats]
    spare: range = range(0)

    def table(self, share: float) -> Table:
        """As a city would have it on file, with an effect of this share where it is on."""
        values, count = self.values * (1 + share * self.on), len(self.times)
        columns = {
            "unit": [unit for unit in self.units for _ in range(count)],
            "time": list(self.times) * len(self.units),
            "outcome": [repr(one) for one in values.ravel().tolist()],
            "on": [str(int(one)) for one in self.on.ravel()],
        }
        more = {name: [repr(value) for value in one.tolist()] * len(self.units) for name, one in self.more.items()}
        return Table(columns | more, "")


def drawn(setup: Setup, sources: dict[str, Series], rng: np.random.Generator) -> Drawn:
    """A source, a start, and units that are complete from the first moment to the last, all by lot; also in what is given to the
    adviser, where enough of them are."""
    length, needed = setup.before + setup.after, setup.treated + setup.controls
    names = list(sources)
    for _ in range(1000):
        name = names[int(rng.integers(len(names)))]
        series = sources[name]
        since = int(rng.integers(len(series.times) - length + 1))
        span, spare = slice(since, since + length), _spare(setup, len(series.times), since)
        whole = series.complete(span)
        both = whole & series.complete(slice(spare.start, spare.stop))
        if both.sum() < needed:
            both, spare = whole, range(0)
        if both.sum() >= needed:
            chosen = rng.permutation(np.flatnonzero(both))[:needed]
            more = {one: series.more[one][span] for one in setup.covariates}
            units, times = tuple(series.units[one] for one in chosen), series.times[span]
            return Drawn(name, units, times, series.values[chosen, span], _on(setup, rng), more, spare)
    raise ValueError(f"No source has {needed} complete units over {length} moments.")


def _spare(setup: Setup, moments: int, since: int) -> range:
    """Right before the trial; right after it where there is too little before."""
    until = since + setup.before + setup.after
    if since >= setup.past:
        return range(since - setup.past, since)
    return range(until, until + setup.past) if until + setup.past <= moments else range(0)


def _on(setup: Setup, rng: np.random.Generator) -> Floats:
    on, layout = np.zeros((setup.treated + setup.controls, setup.before + setup.after)), setup.layout(())
    for row in range(setup.treated):
        if setup.block:
            on[row, setup.before :] = switched(setup.after, setup.block, rng)
        else:
            on[row, setup.before + delay(layout, row, setup.after) :] = 1
    return on
