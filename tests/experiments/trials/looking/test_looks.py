# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks: what a reason to stop sees in a table, how often chance alone stops a trial, and the chance to succeed."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest

from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.table import Table
from hanze.experiments.told import Told
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.exits import Exit
from hanze.experiments.trials.looking import information, looks
from hanze.experiments.trials.looking.looks import Seen, by_effect, by_value, chance, level
from tests.experiments.trials.place import ZONE, plan

BEFORE, AFTER = 10, 10
UNITS = 5

WHOLE = plan(
    treated=[f"on{number}" for number in range(UNITS)], compared=[f"off{number}" for number in range(UNITS)], since="2026-01-01",
    starts="2026-01-11", ends="2026-01-20",
    exits={"looks": {"first": 8, "every": 8, "most": 5}, "reasons": [
        {"kind": "harm", "beyond": "above", "threshold": 0.0, "alpha": 0.1},
        {"kind": "harm", "by": "value", "beyond": "above", "threshold": 12.0, "periods": 2},
    ]},
)  # fmt: skip


def table(seed: int, until: int, effect: float = 0.0) -> Table:
    """Of so many days since the measure; `effect` comes on top of 10."""
    chance_of = np.random.default_rng(seed)
    values = 10 + chance_of.normal(size=(2 * UNITS, 1)) + chance_of.normal(size=(2 * UNITS, BEFORE + AFTER)) / 2
    values[:UNITS, BEFORE:] += effect
    days = [str(np.datetime64("2026-01-01") + day) for day in range(BEFORE + until)]
    rows = [
        (unit, day, repr(float(values[number, place])), str(int(number < UNITS and place >= BEFORE)))
        for number, unit in enumerate(WHOLE.all)
        for place, day in enumerate(days)
    ]
    names = (plans.UNIT, plans.TIME, plans.OUTCOME, plans.ON)
    return Table({name: [row[place] for row in rows] for place, name in enumerate(names)}, "")


def finding(**other: Any) -> Finding:
    told = {
        "scale": "difference", "estimate": -1.0, "se": 0.5, "low": -2.0, "high": 0.0, "p": 0.05, "relative": -0.1,
        "relative_low": -0.2, "relative_high": 0.0, "change": -1.0, "change_low": -2.0, "change_high": 0.0, "method": Told("x"),
        "counts": Counts(rows=1, units=1, treated=1, clusters=1, dates=1, before=1, after=1),
    }  # fmt: skip
    return Finding(**{**told, **other})


def seen(by: Any = "effect") -> Seen:
    return Seen(name="harm", kind="harm", by=by)


def test_the_information_is_the_share_of_what_was_planned() -> None:
    assert [information.share(table(1, days), WHOLE, ZONE) for days in (0, 2, 5, 10)] == [0, 0.2, 0.5, 1]
    half = plan(outcome={"kind": "survey", "question": "?", "answers": [], "waves": [
        {"since": "2026-01-01", "until": "2026-01-02"}, {"since": "2026-02-10", "until": "2026-02-11"},
        {"since": "2026-03-10", "until": "2026-03-11"},
    ]}, units="areas", treated=["N"], compared=["S"])  # fmt: skip
    rows = {plans.ON: ["0", "1"], plans.TIME: ["2026-01-01", "2026-02-10"]}
    assert information.share(Table(rows, ""), half, ZONE) == 0.5


def test_chance_alone_stops_no_more_trials_than_was_allowed() -> None:
    """Two hundred trials in which nothing happens, looked at five times each: an alpha of a tenth."""
    reason = looks.names(WHOLE)["harm-effect-1"]
    question, estimate = plans.question(WHOLE, ZONE), designs.find("did")
    stopped, runs = 0, 200
    rare = [level("obrien-fleming", 0.1, [0.2, 0.4, 0.6, 0.8, 1.0][: look + 1]) or 0.0 for look in range(5)]
    for seed in range(runs):
        for look in range(5):
            asked = msgspec.structs.replace(question, level=rare[look])
            found = estimate(panel(table(seed, 2 * (look + 1)), asked), asked, None)
            if by_effect(seen(), reason, found).crossed:
                stopped += 1
                break
    assert stopped / runs <= 0.1 + 2.6 * math.sqrt(0.1 * 0.9 / runs) and stopped > 2


def test_an_effect_has_to_be_surely_beyond_the_threshold() -> None:
    below = Exit(kind="success", beyond="below", threshold=-0.1, alpha=0.05)
    sure = finding(relative_low=-0.3, relative_high=-0.12)
    assert by_effect(seen(), below, sure).crossed and not by_effect(seen(), below, finding()).crossed
    above = Exit(kind="harm", beyond="above", threshold=0.05, alpha=0.05)
    assert by_effect(seen(), above, finding(relative_low=0.06, relative_high=0.2)).crossed
    assert not by_effect(seen(), above, sure).crossed
    # Without an end nothing is sure; without a share only the side of none can be told.
    assert not by_effect(seen(), above, finding(relative_low=-math.inf, relative_high=math.inf)).crossed
    bare = finding(relative=None, relative_low=None, relative_high=None, low=0.5, high=1.5)
    assert not by_effect(seen(), above, bare).could
    assert by_effect(seen(), msgspec.structs.replace(above, threshold=0.0), bare).crossed


def test_a_value_is_the_mean_of_the_last_periods_with_the_measure() -> None:
    reason = looks.names(WHOLE)["harm-value-1"]
    few = by_value(seen("value"), reason, table(1, 1, 5.0))
    assert not few.could and not few.crossed
    high = by_value(seen("value"), reason, table(1, 2, 5.0))
    assert high.crossed and high.value == pytest.approx(15, abs=1)
    assert not by_value(seen("value"), reason, table(1, 9)).crossed


def test_an_early_look_may_spend_next_to_nothing_and_the_last_one_all_that_is_left() -> None:
    assert level("obrien-fleming", 0.025, [0.01]) is None
    early, late = level("obrien-fleming", 0.025, [0.2]), level("obrien-fleming", 0.025, [0.5, 1.0])
    assert early is not None and late is not None and early > 0.9999 and 0.95 < late < 0.96
    assert level("pocock", 0.025, [0.4], last=True) == pytest.approx(0.95)


def test_the_chance_to_succeed_follows_what_was_bought_else_what_was_seen() -> None:
    lower = plan(bought=0.3)
    now = finding(estimate=-1.0, se=1.0, change=-1.0, relative=-0.1)
    hopeful, trend = chance(now, lower, 0.25), chance(now, plan(bought=None), 0.25)
    # An effect of 3, with a standard error of a half in the end, is nearly always seen.
    assert hopeful is not None and hopeful > 0.98 and trend is not None and 0.3 < trend < 0.6
    assert (chance(finding(estimate=2.0, se=1.0), plan(bought=None), 0.5) or 0.0) < 0.01
    assert chance(finding(se=math.nan), lower, 0.5) is None


def test_reasons_keep_their_names() -> None:
    assert list(looks.names(WHOLE)) == ["harm-effect-1", "harm-value-1"] and looks.names(plan()) == {}
