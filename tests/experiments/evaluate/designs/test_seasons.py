# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seasons are told by columns, options, dates, or the outcome; in this order."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.rhythm import rhythm
from hanze.experiments.evaluate.designs.seasons import Season, found, season
from hanze.experiments.evaluate.panel import Panel, panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.designs.tried import days, series

RNG = np.random.default_rng(1)


def _season(times: list[str] | None, count: int, values: Floats | None = None, **asked: object) -> Season:
    more = {"s": [place % 4 for place in range(count)]}
    table = series(np.arange(count, dtype=float), count - 1, times, **more)
    question = Question(design="its", outcome="y", time="t", treated=("on",), **asked)  # type: ignore[arg-type]
    made: Panel = panel(table, question)
    return season(made, question, made.moments, rhythm(made.moments, made.dated), values)


def test_a_column_goes_before_all_else() -> None:
    made = _season(days(60), 60, season="s", period=7)
    assert made.period == 4 and made.columns.shape == (60, 3)


def test_a_column_is_read_in_order_of_time_whatever_the_order_of_rows() -> None:
    table = series(np.arange(24.0), 20, None, s=[f"m{place % 12}" for place in range(24)])
    turned = {name: [*reversed(values)] for name, values in table.columns.items()}
    question = Question(design="its", outcome="y", time="t", treated=("on",), season="s")
    made = [panel(type(table)(columns, ""), question) for columns in (table.columns, turned)]
    one, other = (season(each, question, each.moments, rhythm(each.moments, False), None) for each in made)
    assert one.columns == pytest.approx(other.columns) and one.columns.shape[1] == 4


@pytest.mark.parametrize(("period", "count", "columns"), [(12, 96, 11), (12, 95, 4), (4, 12, 3), (7, 56, 6)])
def test_parts_of_a_season_get_their_own_effect_where_there_are_eight_of_it(
    period: int, count: int, columns: int
) -> None:
    assert _season(None, count, period=period).columns.shape == (count, columns)


@pytest.mark.parametrize("period", [1, 21])
def test_a_season_that_does_not_fit_in_twice_is_refused(period: int) -> None:
    with pytest.raises(ConfigurationError, match=f"period is {period}"):
        _season(None, 40, period=period)


def test_days_know_the_week_and_from_two_years_on_the_year() -> None:
    assert _season(days(200), 200).columns.shape[1] == 6
    assert _season(days(731), 731).columns.shape[1] == 10
    assert _season(days(20), 20).period == 0


def test_weeks_know_the_year_from_two_years_on() -> None:
    assert _season(days(100, step=7), 100).period == 0
    assert _season(days(105, step=7), 105).columns.shape[1] == 4


def test_months_are_those_of_the_calendar() -> None:
    months = [f"{2000 + place // 12}-{place % 12 + 1:02}" for place in range(120)]
    made = _season(months, 120)
    assert made.period == 12 and made.columns.shape[1] == 11
    assert (made.columns[::12] == 0).all() and (made.columns[1::12, 0] == 1).all()
    assert _season(months[:20], 20).period == 0


def test_a_season_is_found_in_what_repeats_itself_whatever_the_trend() -> None:
    place = np.arange(90)
    values = 3 * np.sin(2 * np.pi * place / 9) + 0.5 * place + RNG.normal(size=90)
    assert found(values) == 9
    values[20:24] = np.nan
    assert found(values) == 9
    assert _season(None, 90, values).period == 9


def test_chance_is_hardly_ever_taken_for_a_season() -> None:
    alarms = sum(found(RNG.normal(size=80) + np.cumsum(RNG.normal(size=80))) > 0 for _draw in range(200))
    assert alarms <= 10


def test_two_seasons_at_one_moment_are_refused() -> None:
    table = series(np.arange(24.0), 20, [*range(12), *range(12)], s=range(24))
    question = Question(design="its", outcome="y", time="t", start="10", season="s")
    made = panel(table, question)
    with pytest.raises(ConfigurationError, match="in one season"):
        season(made, question, made.moments, rhythm(made.moments, False), None)
