# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries of looks: those that are published, and the share of trials without an effect that they stop."""

import math

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.trials.exits import Spending
from hanze.experiments.trials.looking.spending import boundaries, conditional_power, spent

FIFTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


@pytest.mark.parametrize(
    ("spending", "published"),
    [
        # Two-sided 0.05, five looks equally far apart: what Lan and DeMets's programs (ld98, gsDesign, ldbounds) give.
        ("obrien-fleming", (4.8769, 3.3569, 2.6803, 2.2898, 2.0310)),
        ("pocock", (2.4380, 2.4268, 2.4101, 2.3966, 2.3859)),
    ],
)
def test_published_boundaries_come_out(spending: Spending, published: tuple[float, ...]) -> None:
    assert boundaries(spending, 0.025, FIFTHS) == pytest.approx(published, abs=1e-3)


def test_one_look_is_the_usual_test() -> None:
    assert boundaries("obrien-fleming", 0.025, [1.0]) == pytest.approx([1.959964], abs=1e-5)


@pytest.mark.parametrize("spending", ["obrien-fleming", "pocock"])
@pytest.mark.parametrize("shares", [FIFTHS, (0.1, 0.15, 0.7, 1.0), tuple(np.arange(1, 25) / 24)])
def test_chance_alone_stops_no_more_than_was_allowed(spending: Spending, shares: tuple[float, ...]) -> None:
    runs, alpha = 40_000, 0.05
    steps = np.sqrt(np.diff((0.0, *shares)))
    sums = (np.random.default_rng(5).standard_normal((runs, len(shares))) * steps).cumsum(axis=1)
    crossed = (sums / np.sqrt(shares) >= boundaries(spending, alpha, shares)).any(axis=1).mean()
    assert crossed == pytest.approx(alpha, abs=3 * math.sqrt(alpha * (1 - alpha) / runs))


@pytest.mark.parametrize("spending", ["obrien-fleming", "pocock"])
def test_more_information_lets_more_be_spent_and_all_in_the_end(spending: Spending) -> None:
    found = [spent(spending, 0.05, share) for share in np.linspace(0, 1, 11)]
    assert found == sorted(found) and found[0] == 0 and found[-1] == 0.05


@pytest.mark.parametrize("shares", [(), (0.0, 1.0), (0.5, 0.5), (0.7, 0.3), (0.5, 1.2)])
def test_information_that_does_not_grow_is_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(ConfigurationError, match="shares that grow"):
        boundaries("pocock", 0.05, shares)


def test_conditional_power_is_the_share_of_trials_that_get_there() -> None:
    seen, share, boundary, drift = 1.2, 0.5, 1.96, 2.5
    rest = np.random.default_rng(1).normal(drift * (1 - share), math.sqrt(1 - share), 200_000)
    got = (seen * math.sqrt(share) + rest >= boundary).mean()
    assert conditional_power(seen, share, boundary, drift) == pytest.approx(got, abs=0.004)
    assert (conditional_power(2.0, 1.0, 1.96, 0), conditional_power(1.9, 1.0, 1.96, 9)) == (1.0, 0.0)
