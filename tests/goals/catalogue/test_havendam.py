# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue asks of a city is what the demonstration city measures: types, attributes, units, and enough of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hanze.feeds.havendam.city import KINDS, City
from hanze.feeds.havendam.sensors import Quantity
from hanze.feeds.tables.shaping import Series
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.definition import Part
from hanze.goals.indicators.formula import Formula
from hanze.goals.indicators.reducing import ALL_DAYS, Grid, Steps, reduced
from hanze.ngsild import calendar, match, units
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import q

ZONE = ZoneInfo("Europe/Amsterdam")
MIDSUMMER = int(datetime(2025, 7, 1, tzinfo=UTC).timestamp()) * 1_000_000
LATER = 1 << 62

OF_SENSORS = frozenset(sensor.type for kind in KINDS for sensor in kind.sensors())

BESIDE = {"GtfsStop": {"location", "wheelChairAccessible"}, "GtfsTrip": {"delay"}, "Garden": {"location"}}
"""Types that are no sensors of the town: stops and journeys as a timetable and its live feed give them, and parks."""

WEEKDAYS = {"all": ALL_DAYS, "workdays": frozenset(range(5)), "weekend": frozenset({5, 6})}

PARTS = [
    (code, part) for code, one in shipped().items() for part in one.part if one.waits is None and part.type
]  # fmt: skip

ASKING = [(code, part) for code, part in PARTS if part.where]
MEASURED = [(code, part) for code, part in PARTS if part.what == "history" and part.type in OF_SENSORS]


def named(told: object) -> str:
    """How a test is called by its values."""
    return told.name if isinstance(told, Part) else str(told)


def quantities(type: str) -> dict[str, Quantity]:
    return {
        one.name: one for kind in KINDS for sensor in kind.sensors() if sensor.type == type for one in sensor.quantities
    }


@pytest.fixture(scope="module")
def year() -> dict[tuple[str, str], list[Series]]:
    """All that the sensors told by the hour, by type and attribute."""
    whole = calendar.period("year", MIDSUMMER, ZONE)
    found: dict[tuple[str, str], list[Series]] = {}
    for series in City().hours(whole.start, whole.end):
        found.setdefault((series.type, series.attribute), []).append(series)
    return found


@pytest.fixture(scope="module")
def things() -> list[Entity]:
    return City().now(MIDSUMMER)


@pytest.mark.parametrize(("code", "part"), PARTS, ids=named)
def test_types_and_attributes_are_there(code: str, part: Part) -> None:
    if part.type in BESIDE:
        assert not part.attribute or part.attribute in BESIDE[part.type], part.attribute
        return
    assert part.type in OF_SENSORS
    if part.attribute:
        units.conversion(quantities(part.type)[part.attribute].unit, part.unit)


@pytest.mark.parametrize(("code", "part"), ASKING, ids=named)
def test_what_is_asked_of_things_fits_some_of_them(code: str, part: Part, things: list[Entity]) -> None:
    asked = q.parse(part.where, CORE)
    if part.type in BESIDE:
        assert any(name in part.where for name in BESIDE[part.type])
        return
    fitting = [match.query(one, asked) for one in things if CORE.expand(part.type) in one.types]
    assert any(fitting)
    assert part.where == "status" or not all(fitting)


def numbers(part: Part, told: list[Series]) -> Iterator[float | None]:
    steps = Steps(part.step, part.together, frozenset(part.hours), WEEKDAYS[part.days])
    grid = Grid(calendar.period("year", MIDSUMMER, ZONE), steps, ZONE)
    for series in told:
        read = grid.read(np.array(series.moments, np.int64), np.array(series.values, np.float64), LATER)
        yield reduced(read, part.over, part.complete, part.limit or 0.0)


@pytest.mark.parametrize(("code", "part"), MEASURED, ids=named)
def test_a_year_of_the_town_gives_numbers(code: str, part: Part, year: dict[tuple[str, str], list[Series]]) -> None:
    found = list(numbers(part, year[part.type, part.attribute]))
    assert found and None not in found
    assert all(-100 < value < 10_000 for value in found if value is not None)


def test_noise_over_the_day_is_what_the_directive_says(year: dict[tuple[str, str], list[Series]]) -> None:
    """Lden of one meter, by a plain loop over its hours."""
    one = shipped()["noise-lden"]
    series = year["NoiseLevelObserved", "LAeq"][0]
    parts = {part.name: next(numbers(part, [series])) for part in one.part}
    energy: dict[str, list[float]] = {"day": [], "evening": [], "night": []}
    for moment, level in zip(series.moments, series.values, strict=True):
        hour = datetime.fromtimestamp(moment // 1_000_000, ZONE).hour
        name = "day" if 7 <= hour < 19 else "evening" if 19 <= hour < 23 else "night"
        energy[name].append(10 ** (level / 10))
    mean = {name: sum(told) / len(told) for name, told in energy.items()}
    expected = 10 * np.log10((12 * mean["day"] + 4 * 10**0.5 * mean["evening"] + 8 * 10 * mean["night"]) / 24)
    assert Formula(one.formula)(parts) == pytest.approx(expected, abs=0.05)
