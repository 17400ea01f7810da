# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the past of a number tells of a trial."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hanze.experiments.challenges import seeing
from hanze.experiments.challenges.seeing import Panel, Size
from hanze.experiments.evaluate.table import Floats

ZONE = ZoneInfo("Europe/Amsterdam")
WEEKS = np.arange(104, dtype=np.int64) * seeing.WEEK + 1_700_000_000_000_000


def panel(units: int, noise: float, *, trend: float = 0.0, season: float = 0.0) -> Panel:
    chance = np.random.default_rng(5)
    course = 100 + trend * np.arange(104) + season * np.sin(2 * np.pi * np.arange(104) / 52)
    return Panel(course + noise * chance.normal(size=(units, 104)), WEEKS, "week")


def size(weeks: int = 12, streets: int = 3) -> Size:
    return Size(weeks, streets, "year", ZONE)


def effect(one: Panel, **other: int) -> float:
    found = seeing.smallest(one, size(**other)).effect
    assert found is not None
    return found


def test_more_weeks_places_and_calm_show_more() -> None:
    assert effect(panel(20, 5.0), weeks=26) < effect(panel(20, 5.0), weeks=6)
    assert effect(panel(20, 5.0), streets=8) < effect(panel(20, 5.0), streets=1)
    assert effect(panel(20, 2.0)) < effect(panel(20, 8.0))


def test_a_trend_alone_hides_no_jump() -> None:
    """Of one series, and with the same noise; a jump of the told size in it would stand out from its trend."""
    assert effect(panel(1, 2.0, trend=-0.5)) == pytest.approx(effect(panel(1, 2.0)), rel=0.6)
    assert effect(panel(1, 0.5, trend=-0.5)) < 0.05


def errors(share: float, count: int, chance: np.random.Generator) -> Floats:
    """Of 5, each with a share of the one before."""
    found = chance.normal(size=count)
    for place in range(1, count):
        found[place] = share * found[place - 1] + np.sqrt(1 - share**2) * found[place]
    return 5 * found


@pytest.mark.parametrize("share", [0.0, 0.6])
def test_what_is_told_is_about_what_a_regression_finds(share: float) -> None:
    """The error of a step in a straight trend by simulation, against what is told from single pasts; in the middle of them."""
    chance = np.random.default_rng(9)
    moments = np.arange(52 + 12)
    table = np.column_stack([np.ones(64), moments, moments >= 52])
    found = [np.linalg.lstsq(table, 100 + errors(share, 64, chance), rcond=None)[0][2] for _ in range(600)]
    told = [seeing.step(100 + errors(share, 104, chance), None, 52, 12) for _ in range(60)]
    assert float(np.median(told)) == pytest.approx(2.80 * float(np.std(found)) / 100, rel=0.15)


def test_a_season_is_told_and_a_trend_is_none() -> None:
    told = seeing.season(panel(1, 1.0, season=30.0), ZONE)
    assert told is not None and "season" in told.said() and "%" in told.said()
    flat = seeing.season(panel(1, 1.0, trend=-0.6), ZONE)
    assert flat is not None and flat.said() == "It has no clear season."
    assert seeing.season(None, ZONE) is None


def test_what_cannot_be_told_says_why() -> None:
    short = Panel(np.full((3, 4), 2.0), WEEKS[:4], "week")
    for one in (None, short):
        found = seeing.smallest(one, size())
        assert found.effect is None and found.why is not None and found.why.said()
    yearly = Panel(np.random.default_rng(1).normal(5, 1, (3, 9)), WEEKS[:9], "year")
    found = seeing.smallest(yearly, size())
    assert found.effect is None and found.why is not None and "year" in found.why.said()
