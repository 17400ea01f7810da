# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks of what time can do: the number of dates, seasons, events, residuals, fake dates."""

from datetime import date

import msgspec
import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.checks import (
    autocorrelation,
    coincidence,
    dates,
    dispersion,
    placebo_time,
    rows,
    seasons,
)
from hanze.experiments.evaluate.checks.autocorrelation import ljung_box
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.question import Event
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.checks.made import against, case, days, its, months, series, units


def noise(count: int, seed: int = 1, mean: float = 100.0, swing: float = 3.0) -> Floats:
    return np.random.default_rng(seed).normal(mean, swing, count)


def stepped(count: int, at: int, effect: float, seed: int = 1) -> Floats:
    """From a place on it is higher by so much."""
    return noise(count, seed) + np.where(np.arange(count) >= at, effect, 0.0)


def with_details(made: Case, **details: float) -> Case:
    finding = msgspec.structs.replace(made.finding, details={**made.finding.details, **details})
    return msgspec.structs.replace(made, finding=finding)


def got(found: Check | None) -> tuple[str, bool]:
    assert found is not None
    assert found.told.said().endswith(".")
    return found.status, found.doubts


@pytest.fixture(scope="module")
def clear() -> Case:
    """Three years before, one after, a third lower."""
    return case(series(stepped(48, 36, -33), months(48)), its("2021-01"))


def test_one_date_is_told_with_the_number_of_rows(clear: Case) -> None:
    found = dates.look(clear)
    assert got(found) == ("warn", False)
    assert found is not None and "48 rows have one date, January 2021" in found.told.said()


def test_one_date_with_few_moments_is_doubted() -> None:
    short = case(series(stepped(20, 15, -33), months(20)), its("2019-04"))
    assert got(dates.look(short)) == ("fail", True)


def test_several_dates_pass() -> None:
    values = np.array([stepped(30, 10 + 4 * unit if unit < 4 else 99, -33, unit) for unit in range(12)])
    firsts = [months(30)[10 + 4 * unit] if unit < 4 else "never" for unit in range(12)]
    question = msgspec.structs.replace(
        against("staggered", "", first_treated="first"), treated=()
    )  # fmt: skip
    assert got(dates.look(case(units(values, months(30), first=firsts), question))) == ("pass", False)


@pytest.mark.parametrize(("before", "status"), [(36, "pass"), (15, "warn"), (10, "fail")])
def test_seasons(before: int, status: str) -> None:
    made = case(series(stepped(before + 12, before, -33), months(before + 12)), its(months(60)[before]))
    assert got(seasons.look(made)) == (status, False)


def test_a_comparison_has_the_same_seasons() -> None:
    values = np.array([stepped(30, 15, -33 if unit == 0 else 0, unit) for unit in range(20)])
    made = case(units(values, months(30)), against("synthetic-control", months(30)[15]))
    assert got(seasons.look(made)) == ("pass", False)


def test_what_has_no_season_is_not_asked() -> None:
    yearly = case(series(stepped(60, 40, -33), [str(1950 + year) for year in range(60)]), its("1990"))
    assert yearly.finding.details.get("period", 0) in (0, 1)
    assert seasons.look(yearly) is None


def daily(effect: float, holiday: float, country: str = "", events: tuple[Event, ...] = ()) -> Case:
    """Days around the autumn half-term of 2021 in England, on which it is lower by so much; then by the effect."""
    values, times = noise(120, 3), days(120, date(2021, 8, 16))
    start = times.index("2021-10-25")
    values[start : start + 7] += holiday
    values[start:] += effect
    question = its("2021-10-25", country=country, events=[msgspec.to_builtins(one) for one in events])
    return case(series(values, times), question)


def test_what_began_together_with_a_holiday_is_told() -> None:
    found = coincidence.look(daily(-30, 0, "GB"))
    assert got(found) == ("warn", False)
    assert found is not None and "half-term in England" in found.told.said() and "25 October 2021" in found.told.said()


def test_what_rests_on_the_days_of_a_holiday_is_doubted() -> None:
    # Only the first week is lower, and most of the data is that week.
    values, times = noise(84, 3), days(84, date(2021, 8, 16))
    start = times.index("2021-10-25")
    values[start : start + 5] -= 40
    values[start:] -= 0.5
    table = series(values, times)
    rests = case(table, its("2021-10-25", country="GB"))
    assert got(coincidence.look(rests)) == ("fail", True)
    # Where nobody said in which country it was, it may have been in another one.
    assert got(coincidence.look(case(table, its("2021-10-25"))))[1] is False


def test_no_holiday_near() -> None:
    times = days(120, date(2022, 1, 10))
    made = case(series(stepped(120, 60, -30, 3), times), its(times[60], country="GB"))
    assert got(coincidence.look(made)) == ("pass", False)


def test_an_event_that_lasts_as_long_as_the_measure_cannot_be_told_apart() -> None:
    tram = Event("A new tram line", "2021-10-20", "2022-06-01")
    made = daily(-30, 0, "GB", (tram,))
    found = coincidence.look(made)
    assert got(found) == ("fail", True)
    assert found is not None and "A new tram line" in found.told.said()
    with pytest.raises(ConfigurationError, match="'soon'"):
        coincidence.look(daily(-30, 0, "GB", (Event("A new tram line", "soon", "2022-06-01"),)))


def test_months_are_too_long_for_holidays(clear: Case) -> None:
    assert coincidence.look(clear) is None


def test_residuals_that_do_not_depend_on_each_other(clear: Case) -> None:
    assert got(autocorrelation.look(clear)) == ("pass", False)


def lingering(made: Case, count: int = 60) -> Case:
    """With residuals of which each has most of the one before."""
    left = noise(count, 5, 0, 1)
    for place in range(1, count):
        left[place] += 0.8 * left[place - 1]
    return msgspec.structs.replace(made, finding=msgspec.structs.replace(made.finding, residuals=tuple(left.tolist())))


def test_residuals_that_linger(clear: Case) -> None:
    # Allowing for it, a third lower is still clear; what hardly was is not.
    assert got(autocorrelation.look(lingering(clear))) == ("warn", False)
    finding = msgspec.structs.replace(clear.finding, estimate=-2.0, low=-3.9, high=-0.1, scale="difference", details={})
    hardly = lingering(msgspec.structs.replace(clear, finding=finding))
    assert got(autocorrelation.look(hardly)) == ("fail", True)
    assert got(autocorrelation.look(with_details(hardly, hac_low=-3.0, hac_high=-1.0))) == ("warn", False)
    assert got(autocorrelation.look(with_details(hardly, hac_low=-5.0, hac_high=1.0))) == ("fail", True)


def test_ljung_box_as_statsmodels_has_it() -> None:
    from statsmodels.stats.diagnostic import acorr_ljungbox

    left = noise(80, 2, 0, 1)
    assert ljung_box(left, 8) == pytest.approx(float(acorr_ljungbox(left, lags=[8])["lb_pvalue"].iloc[0]))


@pytest.mark.parametrize(("times", "status"), [(1.1, "pass"), (3.0, "warn"), (20.0, "fail")])
def test_counts_that_swing(clear: Case, times: float, status: str) -> None:
    assert got(dispersion.look(with_details(clear, dispersion=times))) == (status, False)
    assert dispersion.look(clear) is None


def test_counts_that_swing_so_much_that_the_effect_drowns(clear: Case) -> None:
    drowned = with_details(clear, dispersion=3.0, spread_low=-9999.0, spread_high=9999.0)
    assert got(dispersion.look(drowned)) == ("fail", True)


def test_fake_dates_show_nothing(clear: Case) -> None:
    assert got(placebo_time.look(clear)) == ("pass", False)


@pytest.mark.parametrize(
    ("at", "before", "effect", "expected"),
    [(19, -22, -40, ("warn", False)), (12, -40, -60, ("fail", True)), (24, 0, -60, ("pass", False))],
)
def test_what_changed_before_the_measure(at: int, before: float, effect: float, expected: tuple[str, bool]) -> None:
    """Three of twenty places change at some moment, and once more when the measure begins."""
    values, time = np.random.default_rng(1).normal(100, 1, (20, 36)), np.arange(36)
    values[:3] += np.where(time >= 24, effect, np.where(time >= at, before, 0))
    question = against("did", months(36)[24], treated=("u0", "u1", "u2"))
    assert got(placebo_time.look(case(units(values, months(36)), question))) == expected


def test_a_short_past_swallows_no_clear_effect() -> None:
    """Where fake dates have too little to be tried on, nothing is doubted because of it (CausalPy, issue 875)."""
    rng = np.random.default_rng(2)
    values = rng.normal(100, 1, (20, 9))
    values[0, 5:] -= 30
    made = case(units(values, [str(2010 + year) for year in range(9)]), against("synthetic-control", "2015"))
    found = placebo_time.look(made)
    assert got(found) == ("warn", False)
    assert made.finding.high < 0


@pytest.mark.parametrize(("missing", "status"), [(0, "pass"), (1, "pass"), (6, "warn"), (20, "fail")])
def test_rows_that_were_left_out(missing: int, status: str) -> None:
    values = stepped(72, 48, -33)
    values[3 : 3 + missing] = np.nan
    assert got(rows.look(case(series(values, months(72)), its("2022-01")))) == (status, False)
