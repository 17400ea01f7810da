# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The stories of the demonstration: whatever the day and however long the history, they can be told, and say what is planted."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hanze.cli.demo import stories
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import Table
from hanze.experiments.telling import reading
from hanze.experiments.telling.story import Story, Trying
from hanze.experiments.trials import days
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.outcome import Surveyed
from hanze.feeds.havendam import schedule
from hanze.feeds.havendam.city import City

ZONE = ZoneInfo("Europe/Amsterdam")

TODAY = date(2026, 11, 26)


def told(folder: Path, name: str, months: int = 18, today: date = TODAY) -> tuple[Story, list[str]]:
    planted = stories.write(folder, months, today)
    return reading.read(folder / stories.FOLDER / f"{name}.toml"), planted


def trial(folder: Path, name: str, months: int = 18, today: date = TODAY) -> tuple[Trying, list[str]]:
    story, planted = told(folder, name, months, today)
    assert story.trial is not None
    return story.trial, planted


@pytest.mark.parametrize("months", [2, 3, 6, 18, 40])
@pytest.mark.parametrize("today", [TODAY, date(2027, 3, 1), date(2028, 2, 29)])
def test_they_can_be_told_on_any_day(tmp_path: Path, months: int, today: date) -> None:
    for name in stories.STORIES:
        story, planted = told(tmp_path, name, months, today)
        assert story.simulated and story.trial is not None and story.trial.code == stories.STORIES[name]
        history = today - timedelta(days=30 * months)
        assert months > 18 or days.day(story.trial.plan.since) >= history  # type: ignore[operator]
        assert len(schedule.read(planted)) == 2


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_a_call_is_open_today(tmp_path: Path, today: date) -> None:
    story, _ = told(tmp_path, "open-call", today=today)
    assert story.simulated and story.trial is None and story.challenge is not None
    assert story.challenge.code == stories.CALLS["open-call"]
    assert story.challenge.opens < today.isoformat() < story.challenge.closes


def test_a_town_without_a_past_has_none(tmp_path: Path) -> None:
    assert stories.write(tmp_path, 1, TODAY) == [] and not list(tmp_path.iterdir())


@pytest.mark.parametrize("months", [2, 18])
def test_what_is_planted_begins_and_ends_with_the_trials(tmp_path: Path, months: int) -> None:
    street, planted = trial(tmp_path, "street", months)
    after = (date.fromisoformat(street.plan.ends) + timedelta(days=1)).isoformat()
    assert (
        planted[0] == f"intensity -22% on Bruggestraat from {street.plan.starts} to {after}" and street.planted == -0.22
    )
    harmful, _ = trial(tmp_path, "deliveries", months)
    assert f"LAeq +900% on Havenstraat from {harmful.plan.starts} to " in planted[1]


def seen(one: Trying, planted: list[str], until: str) -> Table:
    """What anyone can take from the town of each unit and day, worked out here in a few lines."""
    found: dict[str, list[str]] = {"unit": [], "time": [], "outcome": []}
    outcome = one.plan.outcome
    energy = getattr(outcome, "together", "") == "energy"
    effects = tuple(schedule.read(planted))
    for series in City(1, effects).hours(days.since(one.plan.since, ZONE), days.until(until, ZONE)):
        if series.attribute != getattr(outcome, "attribute", "") or series.id not in one.plan.all:
            continue
        numbers = np.array(series.values)
        local = np.array(
            [str(datetime.fromtimestamp(moment / 1e6, UTC).astimezone(ZONE).date()) for moment in series.moments]
        )
        for day in np.unique(local):
            own = numbers[local == day]
            mean = 10 * np.log10((10 ** (own / 10)).mean()) if energy else own.mean()
            for name, value in (("unit", series.id), ("time", str(day)), ("outcome", repr(float(mean)))):
                found[name].append(value)
    return Table(found, hashlib.sha256(b"").hexdigest())


def judged(one: Trying, table: Table) -> Result:
    return evaluate(table, plans.question(one.plan, ZONE))


@pytest.mark.parametrize("months", [2, 18])
def test_the_street_works_and_its_true_effect_lies_in_the_interval(tmp_path: Path, months: int) -> None:
    street, planted = trial(tmp_path, "street", months)
    result = judged(street, seen(street, planted, street.plan.ends))
    assert result.verdict == "worked" and street.planted is not None
    low, high = result.finding.relative_low, result.finding.relative_high
    assert low is not None and high is not None and low < street.planted < high


def test_the_service_cannot_be_told_and_the_card_says_what_would_be_needed(tmp_path: Path) -> None:
    desk, _ = trial(tmp_path, "help-desk")
    outcome = desk.plan.outcome
    assert isinstance(outcome, Surveyed)
    columns: dict[str, list[str]] = {"unit": [], "time": [], "outcome": [], "weight": []}
    for one in desk.answers:
        many = sum(one.counts)
        mean = sum(count * answer.score for count, answer in zip(one.counts, outcome.answers, strict=True)) / many
        for name, value in (
            ("unit", one.area), ("time", outcome.waves[one.wave - 1].since), ("outcome", repr(mean)), ("weight", str(many)),
        ):  # fmt: skip
            columns[name].append(value)
    result = judged(desk, Table(columns, ""))
    assert (result.verdict, result.seeing.could) == ("cannot tell", False)
    assert "more places" in result.advice.said()


def test_the_deliveries_do_harm_which_the_look_of_the_third_day_sees_first(tmp_path: Path) -> None:
    harmful, planted = trial(tmp_path, "deliveries")
    assert harmful.plan.exits is not None
    (reason,) = harmful.plan.exits.reasons
    (meter,) = harmful.plan.treated
    table = seen(harmful, planted, TODAY.isoformat())
    on = [
        float(value)
        for unit, day, value in zip(*table.columns.values(), strict=True)
        if unit == meter and day >= harmful.plan.starts
    ]
    assert len(on) == reason.periods == 3 and sum(on) / 3 > reason.threshold + 1
    quiet = seen(harmful, [], TODAY.isoformat())
    assert (
        max(float(value) for unit, _, value in zip(*quiet.columns.values(), strict=True) if unit == meter)
        < reason.threshold - 2
    )
    assert judged(harmful, table).verdict == "made it worse"
