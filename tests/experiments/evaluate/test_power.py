# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The smallest effect that could have been seen follows from the interval, and is seen that often in a lottery."""

import math

import msgspec
import numpy as np
import pytest

from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.power import POWER, after, factor
from hanze.experiments.told import Told

FOUND = Finding(
    scale="difference", estimate=-5.0, se=1.0, low=-6.96, high=-3.04, p=0.0, relative=-0.05, relative_low=-0.0696,
    relative_high=-0.0304, change=-5.0, change_low=-6.96, change_high=-3.04, method=Told("plain"),
    counts=Counts(rows=9, units=1, treated=1, clusters=1, dates=1, before=5, after=4),
)  # fmt: skip


def test_twice_and_eight_tenths_of_a_standard_error() -> None:
    assert after(FOUND) == pytest.approx(0.028, abs=1e-4)


def test_what_was_found_does_not_matter() -> None:
    none = msgspec.structs.replace(FOUND, relative=0.0, relative_low=-0.0196, relative_high=0.0196)
    assert after(none) == pytest.approx(after(FOUND) or 0, abs=1e-9)


def test_a_ratio_is_reckoned_in_logarithms() -> None:
    low, high = (math.expm1(math.log(0.9) + step * 0.1 * 1.959964) for step in (-1, 1))
    found = msgspec.structs.replace(FOUND, scale="ratio", relative=-0.1, relative_low=low, relative_high=high)
    assert after(found) == pytest.approx(math.expm1(0.2801585), abs=1e-6)


def test_few_degrees_of_freedom_ask_for_more() -> None:
    few = msgspec.structs.replace(FOUND, degrees=4.0)
    # 2.776 and 0.941 are the quantiles of t with 4 degrees of freedom.
    assert after(few) == pytest.approx(0.0196 * (2.7764 + 0.9410) / 2.7764, abs=1e-4)


@pytest.mark.parametrize("low", [None, -math.inf])
def test_without_an_end_of_the_interval_nothing_can_be_told(low: float | None) -> None:
    assert after(msgspec.structs.replace(FOUND, relative_low=low)) is None


def test_an_effect_of_that_size_is_seen_four_times_in_five() -> None:
    rng = np.random.default_rng(1)
    size = 0.0196 * factor(0.95)
    seen = np.abs(rng.normal(size, 0.01, 20_000)) > 0.0196
    assert seen.mean() == pytest.approx(POWER, abs=0.01)
