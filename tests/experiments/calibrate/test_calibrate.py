# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""make calibrate: a share of its runs, and that it counts what it should and goes on where it was interrupted."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.calibrate import measure, series, state
from benchmarks.calibrate.page import page
from benchmarks.calibrate.runs import Run, Seen, Sources, run
from benchmarks.calibrate.setups import SETUPS
from benchmarks.calibrate.state import Head
from benchmarks.calibrate.trial import Setup, drawn
from msgspec.structs import replace

FORTY = 40
"""Runs of each of eight designs: forty in all."""

DID = next(setup for setup in SETUPS if setup.design == "did")
HEAD = Head("abc", DID, 1, "0123456", "2026-11-26")


@pytest.fixture(scope="module")
def given() -> Sources:
    if not series.there():
        pytest.skip(f"The series of {series.DATA} are not there.")
    return {"week": {"PM10": series.weekly(series.air(("PM10",))["PM10"])}, "hour": {"traffic": series.traffic()}}


def test_forty_measures_that_never_were_are_hardly_ever_seen(given: Sources) -> None:
    runs = [
        run(SETUPS[number % len(SETUPS)], given, number, 7, promises=False, shares=(0.0,)) for number in range(FORTY)
    ]
    found = measure.nothing(runs)
    # More than six of forty come up once in two hundred times where one in twenty is fair.
    assert found.runs == 40 and found.none == 0 and found.verdicts <= 6


def test_no_two_runs_are_of_the_same_units_and_moment(given: Sources) -> None:
    made = [drawn(DID, given["week"], np.random.default_rng([1, number])) for number in range(50)]
    assert len({(one.units[0], one.times[0]) for one in made}) == 50
    assert all(len(one.units) == 20 and np.isfinite(one.values).all() for one in made)


def test_an_effect_is_planted_where_the_measure_is_on(given: Sources) -> None:
    made = drawn(DID, given["week"], np.random.default_rng(1))
    plain, lower = (made.table(share).numbers("outcome") for share in (0.0, -0.1))
    on = made.table(0.0).numbers("on") == 1
    assert on.sum() == 4 * 12 and lower[on] / plain[on] == pytest.approx(0.9)
    assert (lower[~on] == plain[~on]).all()


def test_weekly_means_are_those_of_their_days() -> None:
    daily = series.Series(
        ("a",), tuple("abcdefghijklmn"), np.array([[1, 2, 3, 4, np.nan, np.nan, np.nan, *[np.nan] * 5, 1, 2]]), {}
    )
    assert series.weekly(daily).values[0].tolist()[:1] == [2.5]
    assert np.isnan(series.weekly(daily).values[0, 1])


def seen(verdict: str, low: float, high: float) -> Seen:
    return Seen(verdict, low, high)


RUNS = [
    Run(0, "PM10", "2019-01-07", (seen("cannot tell", -0.1, 0.1), *[seen("worked", -0.2, -0.01)] * 3), (0.5, 1.0, 1.0)),
    Run(1, "PM10", "2019-02-04", (seen("worked", -0.2, -0.1), *[seen("cannot tell", -0.01, 0.1)] * 3)),
    Run(2, "O3", "2019-02-04", tuple([Seen("none", None, None, "why")] * 4)),
]  # fmt: skip


def test_false_verdicts_are_counted_and_refusals_are_no_runs() -> None:
    found = measure.nothing(RUNS)
    assert (found.runs, found.verdicts, found.intervals, found.none, found.quarters) == (2, 1, 1, 1, 2)
    assert not found.good


def test_what_holds_an_effect_and_what_was_promised_is_counted() -> None:
    two, five, ten = measure.planted(RUNS)
    assert (two.share, two.worked, two.covers, two.promised, two.kept, two.compared) == (-0.02, 0.5, 0.5, 0.5, 1.0, 1)
    assert (five.covers, ten.covers) == (0.5, 0.5)


def test_an_interruption_loses_nothing(tmp_path: Path) -> None:
    assert state.begin(HEAD, False, tmp_path) == {}
    state.add(DID, RUNS[:2], tmp_path)
    with (tmp_path / "did.jsonl").open("ab") as file:
        file.write(b'{"number":2,"sou')
    assert set(state.begin(HEAD, False, tmp_path)) == {0, 1}
    state.add(DID, RUNS[2:], tmp_path)
    assert state.load(DID, tmp_path) == (HEAD, dict(enumerate(RUNS)))


@pytest.mark.parametrize("other", [replace(HEAD, code="def"), replace(HEAD, setup=replace(DID, after=24))])
def test_other_code_begins_anew(other: Head, tmp_path: Path) -> None:
    state.begin(HEAD, False, tmp_path)
    state.add(DID, RUNS, tmp_path)
    assert state.begin(other, False, tmp_path) == {}


def test_the_page_tells_what_is_outside_what_is_asked() -> None:
    setup: Setup = DID
    text = page([(setup, HEAD, measure.nothing(RUNS), measure.planted(RUNS))])
    assert "| 2 of 1,000, 1 refused | 1 | **97.5 %**, above 8 % | 50.0 % |" in text
    assert "| -2.0 % | 50.0 % | 50.0 % | 0.0 % | **50.0 %** | 50.0 % | **100.0 %** | 1 |" in text
