# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page with what every design came to."""

from collections.abc import Sequence

from benchmarks.calibrate.measure import APART, COVERS, Nothing, Planted
from benchmarks.calibrate.state import Head
from benchmarks.calibrate.trial import Setup

HEAD = """# Calibration

Made by `make calibrate`: trials that never were, on real series, evaluated in full as `hanze experiments evaluate` does it. It
shows how often each design sees an effect that is not there, and how often one that is.

- **Series**: weekly means of NO₂, PM10, PM2.5 and O₃ at stations in the Netherlands, 2017 to 2023 (RIVM), with wind and temperature
  of Cabauw (KNMI); for the switchback the vehicles by hour on 123 lanes in The Hague, November 2019.
- **A run**: a pollutant, a first moment, and units that have all moments of it, drawn by lot; so is which units are treated, and in
  what order or when. Then nothing is planted, and after that effects of 2, 5 and 10 %: the outcome is multiplied where the measure
  is on.
- **How far runs are independent**: no two have the same units, moment and lots, but all come from one country and the same
  years, so runs of the same season share its weather. The last column of the first table counts the calendar quarters and
  pollutants from which they come. The upper limit takes runs as independent. In the switchback and the stepped wedge what is
  random is the lot, and that is drawn anew in each run.
- **False verdict**: "worked" or "made it worse" where nothing was planted. Its share has to be below 8 %, with 95 % certainty
  (Clopper and Pearson, one-sided).

## Nothing planted

| design | trials | runs | false verdicts | upper limit | intervals without 0 | "cannot tell" | quarters |
|---|---|---|---|---|---|---|---|
"""

MIDDLE = """
## Effects planted

"Worked" is the verdict after all checks. An interval of 95 % has to hold the planted effect in 92 to 98 % of the runs.
"Promised" is how often the design adviser expected an interval to see the effect, from the same units at moments of which none is
in the run: those right before it, or right after it where there are too few before. "Kept" is how often one did; they may be 5
points apart.

| design | effect | worked | "cannot tell" | made it worse | interval holds it | promised | kept | runs compared |
|---|---|---|---|---|---|---|---|---|
"""

FOOT = """
Bold: outside what is asked. To repeat it: `make calibrate`, which goes on where it was interrupted; the same seed and code give
the same runs.

| design | date | commit | code | seed |
|---|---|---|---|---|
"""

Measured = tuple[Setup, Head, Nothing, Sequence[Planted]]


def page(measured: Sequence[Measured]) -> str:
    """A design with fewer runs than it should have says so."""
    first = "".join(_nothing(setup, found) for setup, _, found, _ in measured)
    second = "".join(_planted(setup, one) for setup, _, _, found in measured for one in found)
    return HEAD + first + MIDDLE + second + _foot(measured)


def _nothing(setup: Setup, found: Nothing) -> str:
    limit = _percent(found.limit) if found.good else f"**{_percent(found.limit)}**, above 8 %"
    runs = f"{found.runs:,}" if found.runs + found.none >= setup.runs else f"{found.runs:,} of {setup.runs:,}"
    if found.none:
        runs += f", {found.none:,} refused"
    misses = _percent(found.intervals / max(found.runs, 1))
    return _row(
        setup.name,
        setup.said(),
        runs,
        f"{found.verdicts:,}",
        limit,
        misses,
        _percent(found.cannot),
        str(found.quarters),
    )


def _planted(setup: Setup, found: Planted) -> str:
    covers = _percent(found.covers)
    if not COVERS[0] <= found.covers <= COVERS[1]:
        covers = f"**{covers}**"
    promised = kept = ""
    if found.promised is not None and found.kept is not None:
        promised, kept = _percent(found.promised), _percent(found.kept)
        kept = f"**{kept}**" if abs(found.promised - found.kept) > APART else kept
    verdicts = (_percent(one) for one in (found.share, found.worked, found.cannot, found.worse))
    return _row(setup.name, *verdicts, covers, promised, kept, f"{found.compared:,}")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _foot(measured: Sequence[Measured]) -> str:
    rows = (_row(setup.name, head.date, head.commit, head.code, str(head.seed)) for setup, head, _, _ in measured)
    return FOOT + "".join(rows)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
