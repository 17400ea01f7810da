# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real series: air quality in the Netherlands (RIVM) with weather (KNMI), and traffic in The Hague."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np

from hanze.experiments.evaluate.table import Bools, Floats

DATA = Path(__file__).parents[3] / "shared" / "data"
AIR = DATA / "rivm_luchtmeetnet" / "luchtmeetnet_2017_2023_hourly.parquet"
WEATHER = DATA / "knmi_daily" / "etmgeg_348.txt"
TRAFFIC = DATA / "hague_traffic" / "Aggregated_original.csv"
COMPONENTS = ("NO2", "PM10", "PM2.5", "O3")
HOURS, DAYS, WEEK = 12, 3, 7
"""Hours that a day and days that a week must have to count."""

MONDAY = date(2017, 1, 2)
LAST = date(2023, 12, 31)


class Series(msgspec.Struct, frozen=True, eq=False):
    """`values`: (units, moments), NaN where nothing is known; `times`: as a table writes them; `more`: (moments,) of covariates."""

    units: tuple[str, ...]
    times: tuple[str, ...]
    values: Floats
    more: dict[str, Floats]

    def complete(self, span: slice) -> Bools:
        """(units,): all of these moments are known and above 0."""
        return np.asarray((self.values[:, span] > 0).all(axis=1), np.bool_)


def there() -> bool:
    return AIR.exists() and WEATHER.exists() and TRAFFIC.exists()


def air(components: tuple[str, ...] = COMPONENTS) -> dict[str, Series]:
    """Daily means by component, from 2017 to 2023."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    days = [MONDAY + timedelta(place) for place in range((LAST - MONDAY).days + 1)]
    table = pq.read_table(AIR, filters=[("component", "in", list(components))])
    station = table["station"].combine_chunks()
    names = station.dictionary.to_pylist()
    who = station.indices.to_numpy().astype(np.int64)
    hours = pc.cast(table["start"], "int64").to_numpy() // 3_600_000
    day = hours // 24 - (MONDAY - date(1970, 1, 1)).days
    what = table["component"].to_numpy()
    value = table["value"].to_numpy().astype(np.float64)
    weather = _weather(days)
    found = {}
    for component in components:
        kept = (what == component) & (day >= 0) & (day < len(days)) & np.isfinite(value)
        values = _means(who[kept], day[kept], value[kept], len(names), len(days))
        known = np.asarray(np.isfinite(values).any(axis=1), np.bool_)
        units = tuple(name for name, one in zip(names, known.tolist(), strict=True) if one)
        found[component] = Series(units, tuple(one.isoformat() for one in days), values[known], weather)
    return found


def weekly(daily: Series) -> Series:
    """Means of whole weeks from Monday."""
    weeks = len(daily.times) // WEEK
    shaped = daily.values[:, : weeks * WEEK].reshape(len(daily.units), weeks, WEEK)
    known = np.isfinite(shaped)
    means = np.where(known, shaped, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    more = {name: one[: weeks * WEEK].reshape(weeks, WEEK).mean(axis=1) for name, one in daily.more.items()}
    values = np.where(known.sum(axis=2) >= DAYS, means, np.nan)
    return Series(daily.units, daily.times[: weeks * WEEK : WEEK], values, more)


def traffic() -> Series:
    """Vehicles by hour on 123 lanes, November 2019."""
    with TRAFFIC.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    counts = np.array([[float(cell or "nan") for cell in row[1:]] for row in rows])
    hours = counts[: len(rows) // 4 * 4].reshape(-1, 4, counts.shape[1]).sum(axis=1)
    times = [datetime.strptime(row[0], "%d/%m/%Y %H:%M") for row in rows[::4]][: len(hours)]
    units = tuple(f"lane {place + 1}" for place in range(counts.shape[1]))
    return Series(units, tuple(f"{time:%Y-%m-%dT%H:%M}" for time in times), hours.T.copy(), {})


def _means(who: Floats, day: Floats, value: Floats, units: int, days: int) -> Floats:
    """Of each unit and day with enough hours; what is below 0 stays, as instruments give it near to nothing."""
    places = (who * days + day).astype(np.int64)
    counts = np.bincount(places, minlength=units * days).reshape(units, days)
    sums = np.bincount(places, value, minlength=units * days).reshape(units, days)
    found: Floats = np.where(counts >= HOURS, sums / np.maximum(counts, 1), np.nan)
    return found


def _weather(days: list[date]) -> dict[str, Floats]:
    """Wind (m/s) and temperature (degrees Celsius) of Cabauw, means of a day; both in tenths in the file."""
    rows = (line.split(",") for line in WEATHER.read_text("utf-8").splitlines() if line.count(",") > 11)
    wanted = {f"{one:%Y%m%d}" for one in days}
    known = {cells[1]: (float(cells[4]) / 10, float(cells[11]) / 10) for cells in rows if cells[1] in wanted}
    found = np.array([known[f"{one:%Y%m%d}"] for one in days])
    return {"wind": found[:, 0], "temperature": found[:, 1]}
