# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was observed: of things, areas, indicators, tables and answers; and the table that is judged, by a design that reads it."""

from pathlib import Path

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate import panel
from hanze.experiments.trials import answers, tabled, tables
from hanze.experiments.trials import observed as reading
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.answers import Answered
from hanze.experiments.trials.observed import Observed, Observing
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured
from hanze.experiments.trials.plan import Plan
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.experiments.trials.place import CITY, DAY, HOUR, LEVEL, METERS, NOISE, NOW, TREATED, ZONE, City, plan
from tests.experiments.trials.test_plan import SURVEY
from tests.goals.journey.place import TREND

pytestmark = pytest.mark.anyio

WHERE = reading.Place(CITY, "stil", ZONE, NOW)


def observing(city: City, one: Plan) -> Observing:
    return Observing(city.store, EVERYTHING, WHERE, one)


def of(found: list[Observed], unit: str) -> list[float]:
    return [one.value for one in found if one.unit == unit]


async def test_a_thing_is_read_by_whole_days_of_the_city(city: City) -> None:
    one = plan()
    found = observing(city, one).series(one.outcome, one.all, one.units)
    assert {each.unit for each in found} == set(METERS)
    days = [each.start for each in found if each.unit == METERS[0]]
    # From the first whole day of the plan that was measured to yesterday, each from midnight to midnight in the city.
    assert days[0] == times.parse("2026-01-09T23:00:00Z") and days[-1] == times.parse("2026-03-08T23:00:00Z")
    assert np.all(np.diff(days) == DAY)
    levels = np.array(of(found, METERS[0]))
    assert abs((levels[30:].mean() - levels[:30].mean()) + 4) < 0.2


@pytest.mark.parametrize(("how", "expected"), [("count", 24.0), ("last", None), ("max", None), ("sum", None)])
async def test_readings_come_together_as_the_plan_says(city: City, how: str, expected: float | None) -> None:
    one = plan(outcome={"kind": "measured", "type": NOISE, "attribute": LEVEL, "unit": "2N", "together": how})
    found = observing(city, one).series(one.outcome, METERS[:1], "things")
    day = found[3].start
    [told] = city.store.numbers(
        "", METERS[0], CORE.expand(LEVEL), None, Window(relation="between", start=day, end=day + DAY), EVERYTHING
    )
    values = told.values[(told.moments >= day) & (told.moments < day + DAY)]
    wanted = {"count": 24.0, "last": values[-1], "max": values.max(), "sum": values.sum()}[how]
    assert found[3].value == pytest.approx(wanted) and expected in (None, found[3].value)


async def test_areas_take_the_mean_of_what_lies_in_them(city: City) -> None:
    one = plan(units="areas", treated=["N"], compared=["S"])
    found = observing(city, one).series(one.outcome, ("N", "S"), "areas")
    each = observing(city, plan()).series(one.outcome, METERS[:4], "things")
    start = found[0].start
    assert found[0].value == pytest.approx(np.mean([one.value for one in each if one.start == start]))
    whole = observing(city, one).series(one.outcome, ("C",), "areas")
    assert whole[0].value == pytest.approx((found[0].value + next(one.value for one in found if one.unit == "S")) / 2)


async def test_an_indicator_gives_its_values_for_areas(city: City) -> None:
    city.measured()
    one = plan(
        outcome={"kind": "indicator", "indicator": TREND},
        units="areas",
        treated=["C"],
        compared=[],
        since="2025-01-01",
        design="its",
    )
    assert isinstance(one.outcome, Indicated)
    found = observing(city, one).series(one.outcome, ("C",), "areas")
    assert len(found) == 14 and found[0].start == times.parse("2024-12-31T23:00:00Z")


def _loaded(folder: Path, text: str, one: Loaded) -> list[tables.Row]:
    file = folder / "table.csv"
    file.write_text(text, "utf-8")
    return tables.read(file, one, ZONE)[1]


async def test_a_log_counts_cases_also_days_without_any(city: City, tmp_path: Path) -> None:
    outcome = Loaded(unit_column="loket", time_column="dag")
    text = "loket,dag\nOost,2026-02-01\nOost,2026-02-01\nWest,2026-02-01\nWest,2026-02-03T09:00\nOost,2026-02-04\n"
    rows = _loaded(tmp_path, text, outcome)
    city.store.submit(lambda uow: tables.put(uow, "stil", "log.csv", "", rows)).result()
    one = plan(
        units="rows",
        outcome={"kind": "table", "unit_column": "loket", "time_column": "dag"},
        treated=["Oost"],
        compared=["West"],
    )
    found = observing(city, one).series(outcome, ("Oost", "West"), "rows")
    assert of(found, "Oost") == [2.0, 0.0, 0.0, 1.0] and of(found, "West") == [1.0, 0.0, 1.0, 0.0]


async def test_a_counter_gives_its_numbers_and_leaves_gaps(city: City, tmp_path: Path) -> None:
    outcome = Loaded(unit_column="straat", time_column="dag", column="fietsers")
    rows = _loaded(
        tmp_path, "straat,dag,fietsers\nKade,2026-02-01,120\nKade,2026-02-03,90\nKade,2026-02-04,\n", outcome
    )
    city.store.submit(lambda uow: tables.put(uow, "stil", "teller.csv", "", rows)).result()
    found = observing(city, plan(units="rows", treated=["Kade"])).series(outcome, ("Kade",), "rows")
    assert [(one.value, one.start) for one in found] == [
        (120.0, times.parse("2026-01-31T23:00:00Z")), (90.0, times.parse("2026-02-02T23:00:00Z")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("straat,dag\nKade,7\n", "give days or moments"), ("straat,wanneer\nKade,2026-02-01\n", "has no column 'dag'"),
        ("straat,dag\nKade,gisteren\n", "row 1: dag is 'gisteren'"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        _loaded(tmp_path, text, Loaded(unit_column="straat", time_column="dag"))


def _answer(city: City, wave: int, area: str, each: list[int]) -> None:
    def work(uow: UnitOfWork) -> None:
        for answer in each:
            browser = answers.mark(f"{area}{wave}{answer}{len(put)}", "stil", wave)
            put.append(answers.put(uow, "stil", Answered(wave, area, answer), browser))

    put: list[bool] = []
    city.store.submit(work).result()
    assert all(put)


async def test_answers_are_means_by_wave_and_area_and_few_are_not_told(city: City) -> None:
    one = plan(outcome=SURVEY, units="areas", treated=["N"], compared=["S"])
    _answer(city, 0, "N", [0, 0, 0, 1])
    _answer(city, 0, "S", [0, 0, 0, 1, 1])
    _answer(city, 1, "N", [0] * 7)
    found = observing(city, one).series(one.outcome, ("N", "S"), "areas")
    # Four answers are too few; the second wave is not over yet.
    assert [(each.unit, each.value, each.weight) for each in found] == [("S", 1.2, 5)]
    _answer(city, 0, "N", [1])
    assert of(observing(city, one).series(one.outcome, ("N", "S"), "areas"), "N") == [1.2]


async def test_waves_before_and_after_the_first_day_all_count(city: City) -> None:
    """Between two waves nothing is asked, so the one before the measure does not reach into it."""
    one = plan(outcome=SURVEY, units="areas", treated=["N"], compared=["S"], since="2026-01-01", starts="2026-02-09")
    for wave in range(2):
        for area in ("N", "S"):
            _answer(city, wave, area, [0] * 5)
    later = reading.Place(CITY, "stil", ZONE, times.parse("2026-03-12T00:00:00Z"))
    table = tabled.table(Observing(city.store, EVERYTHING, later, one), one, ZONE)
    found = sorted(zip(table.words("unit"), table.words("on"), strict=True))
    assert found == [("N", "0"), ("N", "1"), ("S", "0"), ("S", "0")]


async def test_the_table_is_read_by_the_panel_of_the_evaluation(city: City) -> None:
    exclusions = [{"since": "2026-02-12", "until": "2026-02-13", "why": "storing"}]
    one = plan(
        season="weekday",
        cluster="area",
        exclusions=exclusions,
        placebo={"kind": "measured", "type": NOISE, "attribute": "other"},
    )
    table = tabled.table(observing(city, one), one, ZONE)
    areas = dict(zip(table.words("unit"), table.words("cluster"), strict=True))
    assert areas == {id: "N" for id in METERS[:4]} | {id: "S" for id in METERS[4:]}
    assert {"unit", "time", "outcome", "on", "season", "cluster", "placebo"} == set(table.columns)
    assert "2026-02-12" not in table.words("time") and "2026-02-14" in table.words("time")
    made = panel.panel(table, plans.question(one, ZONE))
    assert made.units == one.all and made.times[made.start] == "2026-02-09" and made.on.sum() == 2 * (29 - 2)
    assert set(np.unique(made.cluster)) == {0, 1} and made.season is not None


async def test_in_turn_each_unit_begins_on_its_own_day(city: City) -> None:
    one = plan(design="staggered", first={TREATED[0]: "2026-02-16", TREATED[1]: "2026-03-02"})
    made = panel.panel(tabled.table(observing(city, one), one, ZONE), plans.question(one, ZONE))
    assert [made.times[place] for place in made.first[:2]] == ["2026-02-16", "2026-03-02"] and made.treated.sum() == 2


async def test_a_week_within_which_it_begins_does_not_count(city: City) -> None:
    outcome = {"kind": "measured", "type": NOISE, "attribute": LEVEL, "unit": "2N", "step": "week"}
    one = plan(outcome=outcome, since="2026-01-14", starts="2026-02-11")
    table = tabled.table(observing(city, one), one, ZONE)
    # Nor does one that began before the data count.
    assert min(table.words("time")) == "2026-01-19"
    of_treated = [
        time for time, unit in zip(table.words("time"), table.words("unit"), strict=True) if unit == TREATED[0]
    ]
    assert "2026-02-09" not in of_treated and "2026-02-16" in of_treated and "2026-02-09" in table.words("time")


async def test_hours_of_a_switch_are_on_when_the_plan_says(city: City) -> None:
    outcome = {"kind": "measured", "type": NOISE, "attribute": LEVEL, "unit": "2N", "step": "hour"}
    blocks = [
        {"since": "2026-02-10T07:00", "until": "2026-02-10T19:00"},
        {"since": "2026-02-12", "until": "2026-02-12"},
    ]
    one = plan(outcome=outcome, design="switchback", blocks=blocks, compared=[], treated=[TREATED[0]])
    table = tabled.table(observing(city, one), one, ZONE)
    on = [time for time, flag in zip(table.words("time"), table.words("on"), strict=True) if flag == "1"]
    assert len(on) == 12 + 24 and on[0] == "2026-02-10T06:00:00Z"
    assert panel.panel(table, plans.question(one, ZONE)).on.sum() == 36


async def test_the_weather_is_a_mean_over_all_that_measure_it(city: City) -> None:
    same = Measured(type=NOISE, attribute=LEVEL, unit="2N", step="hour")
    one = plan(covariates=[{"name": "noise", "measured": {"type": NOISE, "attribute": LEVEL, "unit": "2N"}}])
    found = observing(city, one).mean(same)
    assert len(found) > 24 and all(start % HOUR == 0 for start in found)
    assert "noise" in tabled.table(observing(city, one), one, ZONE).columns


async def test_what_comes_by_the_day_holds_for_each_hour_of_it(city: City) -> None:
    daily = Measured(type=NOISE, attribute=LEVEL, unit="2N", step="day")
    outcome = {"kind": "measured", "type": NOISE, "attribute": LEVEL, "unit": "2N", "step": "hour"}
    one = plan(outcome=outcome, covariates=[{"name": "noise", "measured": daily}])
    days = observing(city, one).mean(daily)
    first = min(days)
    told = observing(city, one).beside(
        daily, [first - HOUR, first, first + 23 * HOUR, first + 24 * HOUR, max(days) + DAY]
    )
    assert told == {first: days[first], first + 23 * HOUR: days[first], first + DAY: days[first + DAY]}
    columns = tabled.table(observing(city, one), one, ZONE).columns
    # The day that still runs has no number yet.
    empty = {time for time, cell in zip(columns["time"], columns["noise"], strict=True) if not cell}
    assert min(empty) == "2026-03-09T23:00:00Z"
