# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changed panels hold what they should, and nothing of what was left out."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.changing import earlier, keep, without_times, without_units
from hanze.experiments.evaluate.panel import Panel, panel
from tests.experiments.evaluate.checks.made import against, months, units

VALUES = np.arange(48, dtype=float).reshape(4, 12)


def made(firsts: tuple[str, ...] = ("2018-07", "2018-09", "0", "0")) -> Panel:
    question = msgspec.structs.replace(against("staggered", ""), treated=(), first_treated="first", cluster="town")
    return panel(units(VALUES, months(12), first=firsts, town=["a", "a", "b", "c"]), question)


def test_units_and_moments_that_have_no_row_left_are_gone() -> None:
    whole = made()
    rest = without_units(whole, np.array([True, False, False, False]))
    assert rest.units == ("u1", "u2", "u3") and rest.outcome.tolist() == VALUES[1:].ravel().tolist()
    assert rest.first.tolist() == [8, -1, -1] and len(set(rest.cluster.tolist())) == 3
    later = without_times(whole, np.arange(12) < 3)
    assert later.times == whole.times[3:] and later.first.tolist() == [3, 5, -1, -1]
    assert np.array_equal(later.matrix(later.outcome), VALUES[:, 3:])


def test_rows_keep_all_that_stands_in_them() -> None:
    whole = msgspec.structs.replace(
        made(), weights=np.arange(48.0), exposure=np.arange(1.0, 49.0), season=np.arange(48), covariates={"rain": np.arange(48.0)}
    )  # fmt: skip
    some = keep(whole, np.arange(48) % 2 == 0)
    for values in (some.weights, some.season, some.covariates["rain"]):
        assert values is not None and np.array_equal(values, some.outcome)
    assert some.exposure is not None and np.array_equal(some.exposure, some.outcome + 1)


def test_a_fake_date_knows_nothing_of_what_came_after_the_real_one() -> None:
    fake = earlier(made(), 3)
    assert fake.first.tolist() == [3, 5, -1, -1]
    matrix = fake.matrix(fake.outcome)
    assert np.isnan(matrix[0, 6:]).all() and np.array_equal(matrix[0, :6], VALUES[0, :6])
    assert np.array_equal(matrix[1], VALUES[1, :8])
    # From the ninth month on none of the treated is left to be compared.
    assert fake.times == tuple(months(12)[:8])
    assert fake.on[0].tolist() == [False] * 3 + [True] * 5, "it stays on"
