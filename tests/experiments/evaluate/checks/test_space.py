# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks of what places can do: how many there are, whether they went the same way, and what each of them weighs."""

import msgspec
import numpy as np
import pytest

from hanze.experiments.evaluate.checks import (
    carry_over,
    chance,
    clusters,
    donors,
    leave_one_out,
    placebo_outcome,
    placebo_space,
    pretrend,
)
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.checks.made import against, case, its, months, series, units

START = 24
MONTHS = months(36)


def places(count: int, treated: int, effect: float, seed: int = 1, swing: float = 1.0) -> Floats:
    """(N, T): the first ones have the measure from START on."""
    found = np.random.default_rng(seed).normal(100, swing, (count, len(MONTHS)))
    found[:treated, START:] += effect
    return found


def did(values: Floats, treated: int, **more: object) -> Case:
    names = tuple(f"u{place}" for place in range(treated))
    return case(units(values, MONTHS), against("did", MONTHS[START], treated=names, **more))


def got(found: Check | None) -> tuple[str, bool]:
    assert found is not None
    assert found.told.said().endswith(".")
    return found.status, found.doubts


def named(found: list[Check], name: str) -> tuple[str, bool]:
    return got(next((one for one in found if one.name == name), None))


@pytest.mark.parametrize(("count", "status"), [(44, "pass"), (16, "warn"), (5, "fail")])
def test_groups_that_are_compared(count: int, status: str) -> None:
    assert got(clusters.look(did(places(count, 2, -20), 2)))[0] == status


@pytest.mark.parametrize(("count", "status"), [(35, "pass"), (12, "warn"), (5, "fail")])
def test_groups_over_which_a_lot_is_drawn(count: int, status: str) -> None:
    made = case(units(places(count, 1, -20), MONTHS), against("synthetic-control", MONTHS[START]))
    assert got(clusters.look(made))[0] == status


def test_places_that_went_the_same_way() -> None:
    assert got(pretrend.look(did(places(40, 8, -20), 8))) == ("pass", False)


def test_places_that_went_apart_a_little() -> None:
    values = places(40, 8, -20)
    values[:8] -= 0.2 * np.arange(len(MONTHS))
    assert got(pretrend.look(did(values, 8))) == ("warn", False)


def test_places_that_went_apart_by_as_much_as_the_effect() -> None:
    values = places(40, 8, 0)
    values[:8] -= 0.5 * np.arange(len(MONTHS))
    made = did(values, 8)
    assert made.finding.high < 0
    assert got(pretrend.look(made)) == ("fail", True)


def test_a_trend_that_could_not_be_seen_is_no_pass() -> None:
    """Four moments before and 32 after it: a trend that makes the whole effect hides among the four."""
    values = places(40, 0, 0, swing=3)
    values[:8, 4:] -= 4
    names = tuple(f"u{place}" for place in range(8))
    made = case(units(values, MONTHS), against("did", MONTHS[4], treated=names))
    assert made.finding.high < 0
    found = pretrend.look(made)
    assert got(found) == ("warn", False)
    assert found is not None and "in only" in found.told.said()


@pytest.mark.parametrize(("count", "status"), [(60, "fail"), (30, "pass")])
def test_leads_that_differ_together_count_where_there_are_enough_groups(count: int, status: str) -> None:
    """A bump long before, of which no slope is left."""
    values = places(count, 0, 0)
    values[:12, 8:16] -= 4
    values[:12, START:] -= 4
    names = tuple(f"u{place}" for place in range(12))
    made = case(units(values, MONTHS), against("event-study", MONTHS[START], treated=names))
    assert made.finding.details["pretrend_p"] < 0.05
    assert got(pretrend.look(made)) == (status, status == "fail")


def test_one_moment_before_tells_nothing_about_trends() -> None:
    table = units(places(30, 8, -20)[:, START - 1 : START + 1], MONTHS[:2])
    names = tuple(f"u{place}" for place in range(8))
    made = case(table, against("did", MONTHS[1], treated=names))
    assert got(pretrend.look(made)) == ("warn", False)


def test_cohorts_are_compared_with_those_that_begin_later() -> None:
    values = places(30, 0, 0)
    values[:6] -= 0.5 * np.arange(len(MONTHS))
    firsts = ["2020-01" if place < 6 else "2020-06" if place < 12 else "0" for place in range(30)]
    question = msgspec.structs.replace(against("staggered", ""), treated=(), first_treated="first")
    from hanze.experiments.evaluate.panel import panel

    found = pretrend.slopes(panel(units(values, MONTHS, first=firsts), question))
    assert found is not None
    # Half of the cohorts rise by 0.5 less a month, which is 30.4 days.
    assert found.apart == pytest.approx(-0.25 / 30.4, rel=0.2)


def test_lots_over_places() -> None:
    assert got(placebo_space.look(did(places(30, 4, -20), 4))) == ("pass", False)
    assert got(placebo_space.look(did(places(30, 4, 0), 4))) == ("pass", False)


def test_lots_that_show_as_much() -> None:
    """The others change by as much, each in its own direction; an interval that was too narrow is found out."""
    values = places(30, 1, -8)
    values[1:, START:] += np.random.default_rng(2).normal(0, 10, 29)[:, None]
    made = did(values, 1)
    narrow = msgspec.structs.replace(made.finding, low=-9.0, high=-7.0)
    assert got(placebo_space.look(msgspec.structs.replace(made, finding=narrow))) == ("fail", True)


def test_few_places_make_a_lot_tell_little() -> None:
    # The best of six is one of six, which is no 5 %.
    made = did(places(6, 1, -20), 1)
    assert got(placebo_space.look(made)) == ("warn", False)


def test_the_rank_that_a_design_found_is_told() -> None:
    made = case(units(places(30, 1, -20), MONTHS), against("synthetic-control", MONTHS[START]))
    assert got(placebo_space.look(made)) == ("pass", False)
    detailed = msgspec.structs.replace(made.finding, details={"placebo_p": 0.4})
    assert got(placebo_space.look(msgspec.structs.replace(made, finding=detailed))) == ("fail", True)


def follows(swing: float, level: float = 100.0, design: str = "synthetic-control") -> Case:
    """Others that share a wave; the treated has it too, and swings by itself besides."""
    rng, wave = np.random.default_rng(4), 10 * np.sin(np.arange(len(MONTHS)) / 3)
    values = 100 + wave + rng.normal(0, 0.5, (30, len(MONTHS))) + rng.normal(0, 3, (30, 1))
    values[0] = level + wave + rng.normal(0, max(swing, 0.01), len(MONTHS))
    values[0, START:] -= 60
    return case(units(values, MONTHS), against(design, MONTHS[START]))


@pytest.mark.parametrize(("swing", "status"), [(0.5, "pass"), (9.0, "warn")])
def test_the_line_follows_what_was(swing: float, status: str) -> None:
    assert named(donors.look(follows(swing)), "donors-fit") == (status, False)


def test_a_line_that_does_not_follow_is_doubted() -> None:
    assert named(donors.look(follows(0.5, level=160.0)), "donors-fit") == ("fail", True)
    # Synthetic difference-in-differences asks for the same way only, not for the same level.
    assert named(donors.look(follows(0.5, level=160.0, design="sdid")), "donors-fit") == ("pass", False)


@pytest.mark.parametrize(("level", "design", "status"), [
    (100.0, "synthetic-control", "pass"), (160.0, "synthetic-control", "fail"), (160.0, "sdid", "warn"),
])  # fmt: skip
def test_it_lies_among_the_others(level: float, design: str, status: str) -> None:
    assert named(donors.look(follows(0.5, level, design)), "hull") == (status, False)


def test_leaving_out_one_unit_changes_nothing() -> None:
    made = case(units(places(30, 1, -20), MONTHS), against("sdid", MONTHS[START]))
    assert named(leave_one_out.look(made), "leave-one-out") == ("pass", False)


def leaning(jump: float) -> Case:
    """One control follows the treated before and jumps up afterwards; the others wave otherwise."""
    rng, time = np.random.default_rng(6), np.arange(len(MONTHS))
    values = 100 + 8 * np.sin(time / 2 + rng.uniform(0, 6, (30, 1))) + rng.normal(0, 0.3, (30, len(MONTHS)))
    values[0] = 100 + 0.8 * time + rng.normal(0, 0.3, len(MONTHS))
    values[1] = 100 + 0.8 * time + rng.normal(0, 0.3, len(MONTHS))
    values[1, START:] += jump
    return case(units(values, MONTHS), against("synthetic-control", MONTHS[START]))


def test_an_answer_that_hangs_on_one_unit() -> None:
    """Without the one that jumped, the treated rose beyond all others, which shows where it is believed that it fell."""
    made = leaning(30)
    believed = msgspec.structs.replace(made.finding, low=-40.0, high=-20.0)
    made = msgspec.structs.replace(made, finding=believed)
    assert named(leave_one_out.look(made), "leave-one-out") == ("fail", True)


def test_an_answer_that_is_another_without_one_unit() -> None:
    real = case(units(places(30, 1, -20), MONTHS), against("synthetic-control", MONTHS[START]))
    hardly = msgspec.structs.replace(real.finding, low=-40.0, high=1.0)
    assert named(leave_one_out.look(msgspec.structs.replace(real, finding=hardly)), "leave-one-out") == ("warn", False)


def adjusted(effect: float, by: float) -> Case:
    """A level that follows a covariate which jumps when the measure begins."""
    rng, time = np.random.default_rng(8), np.arange(40)
    rain = rng.normal(0, 1, 40) + np.where(time >= 28, 4.0, 0.0)
    values = 100 + by * rain + rng.normal(0, 0.5, 40) + np.where(time >= 28, effect, 0.0)
    years = [str(1960 + year) for year in range(40)]
    return case(series(values, years, rain=rain), its("1988", covariates=["rain"]))


@pytest.mark.parametrize(("effect", "by", "status"), [(-20, 0.1, "pass"), (-8, 2.0, "warn"), (-8, 6.0, "fail")])
def test_leaving_out_a_covariate(effect: float, by: float, status: str) -> None:
    assert named(leave_one_out.look(adjusted(effect, by)), "leave-one-covariate-out")[0] == status


@pytest.mark.parametrize(("other", "status"), [(0, "pass"), (-5, "warn"), (-25, "fail")])
def test_what_the_measure_cannot_have_changed(other: float, status: str) -> None:
    rng, after = np.random.default_rng(9), np.arange(40) >= 28
    table = series(
        rng.normal(100, 1, 40) - 30 * after, [str(1960 + year) for year in range(40)],
        rear=rng.normal(100, 1, 40) + other * after, empty=np.where(after, 5.0, np.nan),
    )  # fmt: skip
    made = case(table, its("1988"))
    assert got(placebo_outcome.look(made, "rear")) == (status, status == "fail")
    assert got(placebo_outcome.look(made, "empty")) == ("warn", False)


def switched(left: float, moments: int = 1) -> Case:
    """On and off in blocks of four by lot; the first moments of a block have so much of the one before."""
    rng = np.random.default_rng(10)
    blocks = rng.integers(0, 2, (12, 40))
    on, before = (np.repeat(one, 4, axis=1).astype(float) for one in (blocks, np.roll(blocks, 1, axis=1)))
    before[:, :4] = 0
    early = np.arange(160) % 4 < moments
    values = 100 - 10 * on - left * before * early * (1 - on) + rng.normal(0, 1, on.shape)
    names = months(160, 2000)
    table = units(values, names)
    table.columns["on"] = [str(int(one)) for one in on.ravel()]  # type: ignore[index]
    question = against("switchback", "", treated=("on",))
    return case(table, question)


def test_an_effect_that_ends_with_its_block() -> None:
    assert got(carry_over.look(switched(0))) == ("pass", False)


def test_an_effect_that_outlives_its_block() -> None:
    assert got(carry_over.look(switched(9, moments=4))) == ("fail", True)


def test_what_outlives_a_block_for_a_moment_is_left_out() -> None:
    assert got(carry_over.look(switched(9))) == ("warn", False)


def test_a_little_that_is_left() -> None:
    assert got(carry_over.look(switched(1.2, moments=4))) == ("warn", False)


@pytest.mark.parametrize(("swing", "found"), [(0.0, ("fail", True)), (1e-3, None)])
def test_numbers_that_do_not_swing_by_chance_are_no_measured_ones(swing: float, found: tuple[str, bool] | None) -> None:
    seen = chance.look(did(places(12, 6, -10, swing=swing), 6))
    assert seen is None if found is None else got(seen) == found
