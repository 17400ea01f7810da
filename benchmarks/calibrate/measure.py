# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What many runs of one design come to."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from benchmarks.calibrate.runs import Run, Seen
from benchmarks.calibrate.trial import SHARES
from hanze.experiments.adviser.rates import most

FALSE = ("worked", "made it worse")
LIMIT = 0.08
COVERS = (0.92, 0.98)
APART = 0.05


class Nothing(msgspec.Struct, frozen=True):
    """Of the runs in which nothing was planted. `verdicts`: that were false; `limit`: what their share is below, with 95 %
    certainty (Clopper-Pearson, one-sided); `intervals`: that did not hold 0, before the checks spoke. `none`: runs in which the
    design could not be used. `quarters`: calendar quarters, in different years, and sources in which runs began."""

    runs: int
    verdicts: int
    limit: float
    intervals: int
    cannot: float
    none: int
    quarters: int

    @property
    def good(self) -> bool:
        return self.limit <= LIMIT


class Planted(msgspec.Struct, frozen=True):
    """Of one effect, shares of the runs. `covers`: intervals that hold the effect. `promised`, `kept`: how often the adviser said
    that an interval would see it and how often one did, over the `compared` runs for which it could say so."""

    share: float
    worked: float
    cannot: float
    worse: float
    covers: float
    promised: float | None
    kept: float | None
    compared: int


def nothing(runs: Sequence[Run]) -> Nothing:
    seen = [run.seen[0] for run in runs]
    count = Counter(one.verdict for one in seen)
    verdicts = sum(count[one] for one in FALSE)
    used = len(seen) - count["none"]
    return Nothing(
        runs=used, verdicts=verdicts, limit=most(verdicts, used), intervals=sum(not _holds(one, 0.0) for one in seen),
        cannot=count["cannot tell"] / max(used, 1), none=count["none"],
        quarters=len({(run.source, run.start[:4], (int(run.start[5:7]) - 1) // 3) for run in runs}),
    )  # fmt: skip


def planted(runs: Sequence[Run]) -> list[Planted]:
    return [_planted(runs, place) for place in range(1, len(SHARES)) if runs]


def _planted(runs: Sequence[Run], place: int) -> Planted:
    share = SHARES[place]
    seen = [run.seen[place] for run in runs if run.seen[place].verdict != "none"]
    count, of = Counter(one.verdict for one in seen), max(len(seen), 1)
    both = [run for run in runs if run.promised and run.seen[place].verdict != "none"]
    return Planted(
        share=share, worked=count["worked"] / of, cannot=count["cannot tell"] / of, worse=count["made it worse"] / of,
        covers=sum(_holds(one, share) for one in seen) / of,
        promised=sum(run.promised[place - 1] for run in both) / len(both) if both else None,
        kept=sum(_sees(run.seen[place]) for run in both) / len(both) if both else None, compared=len(both),
    )  # fmt: skip


def _holds(seen: Seen, share: float) -> bool:
    """An interval without an end holds all on that side."""
    return (seen.low is None or seen.low <= share) and (seen.high is None or seen.high >= share)


def _sees(seen: Seen) -> bool:
    return seen.high is not None and seen.high < 0
