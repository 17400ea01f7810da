# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Interrupted time series give what was published, and the model that suits the table."""

import csv
import gzip
from datetime import date
from typing import Any

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.table import Table
from tests.experiments.evaluate.designs.tried import DATA, days, find, made, published, recorded, series

SICILY: dict[str, Any] = {"outcome": "aces", "time": "time", "exposure": "stdpop"}
BELTS: dict[str, Any] = {"time": "rownames", "covariates": ("kms", "PetrolPrice")}


@recorded
@pytest.mark.parametrize("how", [{"treated": ("smokban",)}, {"start": "37"}])
def test_the_smoking_ban_in_sicily_without_a_season(how: dict[str, Any]) -> None:
    found = published("its/sicily.csv", "its", **SICILY, **how)
    assert found.scale == "ratio" and found.estimate == pytest.approx(0.894, abs=1e-3)
    assert (found.low, found.high) == pytest.approx((0.865, 0.925), abs=1e-3)
    assert found.counts.before == 36 and found.counts.after == 23


@recorded
def test_the_smoking_ban_in_sicily_with_a_season_and_with_errors_that_depend_on_those_before() -> None:
    found = published("its/sicily.csv", "its", start="37", season="month", **SICILY)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.885, 0.839, 0.933), abs=1e-3)
    assert (found.details["hac_low"], found.details["hac_high"]) == pytest.approx((0.848, 0.924), abs=1e-3)
    assert found.details["dispersion"] == pytest.approx(2.26, abs=0.01)
    assert found.details["trend_change_p"] == pytest.approx(0.42, abs=0.01)


@recorded
@pytest.mark.parametrize(("outcome", "change"), [("drivers", -21.0), ("front", -28.7), ("rear", 0.2)])
@pytest.mark.parametrize("how", [{"treated": ("law",)}, {"start": "170"}, {"start": "170", "period": 12}])
def test_seat_belts_in_great_britain(outcome: str, change: float, how: dict[str, Any]) -> None:
    found = published("its/seatbelts.csv", "its", outcome=outcome, **BELTS, **how)
    assert found.relative is not None and round(100 * found.relative, 1) == change
    assert found.details["period"] == 12
    assert (found.high < 1) == (outcome != "rear")


@recorded
def test_what_drivers_owe_to_petrol_is_near_what_commandeur_and_koopman_found() -> None:
    found = published("its/seatbelts.csv", "its", outcome="drivers", treated=("law",), **BELTS)
    assert np.log(found.estimate) == pytest.approx(-0.238, abs=0.005)
    assert found.details["coefficient PetrolPrice"] == pytest.approx(-0.291, abs=0.03)


def _zone(name: str, column: str) -> Table:
    """The days and places of the publication: before the week of Christmas, without the City of London."""
    with gzip.open(DATA / "ulez" / name, "rt") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["MSOA21CD"] != "E02000001" and date(*map(int, row["day"].split("-"))) < date(2021, 12, 12)
        ]
    return made({one: [row[one] for row in rows] for one in ("day", "MSOA21CD", column)})


def _found(name: str, column: str) -> Finding:
    return find(_zone(name, column), "its", outcome=column, time="day", unit="MSOA21CD", start="2021-10-25")


@recorded
def test_the_zone_of_london_has_the_published_effect_and_the_error_of_its_daily_mean() -> None:
    found = _found("msoa_travel_distance.csv.gz", "GLA")
    assert found.estimate == pytest.approx(106.695, abs=1e-3)
    assert found.details["trend_change"] == pytest.approx(-9.837, abs=1e-3)
    assert found.details["unit_se"] == pytest.approx(7.756, abs=1e-3) and found.details["unit_p"] < 1e-6
    assert found.details["hac_p"] == pytest.approx(0.14, abs=0.005) and found.low < 0 < found.high
    assert (found.counts.rows, found.counts.units, found.counts.dates) == (72_072, 1001, 1)
    assert len(found.parts) == 1001


@recorded
def test_casual_activity_in_london() -> None:
    found = _found("msoa_casual_activity.csv.gz", "activity_count")
    assert found.estimate == pytest.approx(-5.286, abs=1e-3)
    assert found.details["trend_change"] == pytest.approx(0.271, abs=1e-3)
    assert found.details["hac_se"] == pytest.approx(2.16, abs=0.01) and found.details["unit_se"] == pytest.approx(
        0.42, abs=0.01
    )
    assert found.details["hac_p"] == pytest.approx(0.016, abs=0.003) and found.details[
        "trend_change_p"
    ] == pytest.approx(0.06, abs=0.005)


def _noise(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


def test_a_long_series_gets_a_level_that_wanders_in_logarithms_where_it_is_above_nothing() -> None:
    values = 100 + _noise(80)
    assert find(series(values, 60), "its", treated=("on",)).scale == "ratio"
    found = find(series(values - 100, 60), "its", treated=("on",))
    assert found.scale == "difference" and "wander" in found.details


def test_a_short_series_gets_straight_lines() -> None:
    found = find(series(100 + _noise(40), 30), "its", treated=("on",))
    assert found.scale == "difference" and "trend_change" in found.details


def test_days_are_put_together_to_weeks_where_there_are_enough() -> None:
    values = np.exp(0.01 * _noise(400))
    long = find(series(values, 280, days(400)), "its", treated=("on",))
    assert len(long.line) == 58 and long.counts.before == 280
    assert "Days are put together to weeks." in long.method.said()
    short = find(series(values[:150], 100, days(150)), "its", treated=("on",))
    assert len(short.line) == 150 and "day of the week" in short.method.said()


def test_weeks_are_counted_from_the_start_of_the_measure() -> None:
    values = np.exp(0.01 * _noise(400))
    found = find(series(values, 283, days(400)), "its", treated=("on",))
    first = next(point for point in found.line if point.time == days(400)[283])
    assert first.observed == pytest.approx(values[283:290].mean())
    assert first.low is not None and first.high is not None and first.low < values[283:290].mean() < first.high


def test_hours_are_put_together_to_days() -> None:
    hours = [f"{day}T{hour:02}:00:00Z" for day in days(30) for hour in range(24)]
    values = 50 + np.tile(np.arange(24), 30) + 0.1 * _noise(720)
    found = find(series(values, 24 * 20, hours), "its", treated=("on",))
    assert len(found.line) == 30 and found.estimate == pytest.approx(0, abs=0.2)


def test_an_effect_that_was_put_in_comes_out() -> None:
    values = np.exp(4 + 0.02 * np.cumsum(_noise(120)) + 0.02 * _noise(120, 2))
    values[90:] *= 0.7
    found = find(series(values, 90), "its", treated=("on",))
    assert found.relative == pytest.approx(-0.3, abs=0.06)
    assert found.low < 0.7 < found.high and found.change is not None and found.change < 0
    expected = [point.expected for point in found.line[90:]]
    assert np.mean([one or 0.0 for one in expected]) == pytest.approx(values[90:].mean() / 0.7, rel=0.1)


def test_the_order_of_rows_is_no_matter() -> None:
    values = np.exp(4 + 0.02 * _noise(60))
    whole = series(values, 50)
    turned = Table({name: list(reversed(one)) for name, one in whole.columns.items()}, "")
    assert find(whole, "its", treated=("on",)) == find(turned, "its", treated=("on",))


def test_several_dates_are_refused_and_the_design_for_them_is_named() -> None:
    columns = {"u": ["a"] * 20 + ["b"] * 20, "t": [*range(20)] * 2, "y": range(40)}
    on = [int(place >= 10) for place in range(20)] + [int(place >= 12) for place in range(20)]
    with pytest.raises(ConfigurationError, match="use the design staggered"):
        find(made({**columns, "on": on}), "its", unit="u", treated=("on",))


@pytest.mark.parametrize("start", [5, 18])
def test_too_few_moments_are_refused_with_what_it_takes(start: int) -> None:
    with pytest.raises(ConfigurationError, match="8 moments before the measure and 3 with it"):
        find(series(100 + _noise(20), start), "its", treated=("on",))


@pytest.mark.parametrize("count", [40, 80])
def test_a_covariate_that_is_the_measure_is_refused(count: int) -> None:
    copy = [float(place >= 60 * count // 80) for place in range(count)]
    with pytest.raises(ConfigurationError, match="cannot be told apart"):
        find(series(100 + _noise(count), 60 * count // 80, None, x=copy), "its", treated=("on",), covariates=("x",))


def test_units_without_the_measure_are_left_aside() -> None:
    values = 100 + _noise(40)
    alone = find(series(values, 30), "its", treated=("on",))
    both = made({"u": ["a"] * 40 + ["b"] * 40, "t": [*range(40)] * 2, "y": [*values.tolist(), *(values * 5).tolist()]})
    found = find(both, "its", unit="u", treated=("a",), start="30")
    assert (found.estimate, found.low) == (alone.estimate, alone.low)
