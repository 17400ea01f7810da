# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Effects are compared and told on the scale that they have."""

import math

import msgspec
import pytest

from hanze.experiments.evaluate.size import comparable, effect, holds, percent, side, size
from tests.experiments.evaluate.findings import found

RATIO = msgspec.structs.replace(found(0, 1), scale="ratio", estimate=0.5, low=0.4, high=0.6, relative=None)


def test_the_side_of_a_ratio_is_that_of_one() -> None:
    assert side(RATIO) == -1
    assert side(msgspec.structs.replace(RATIO, high=1.1)) == 0
    assert side(msgspec.structs.replace(RATIO, low=1.1, estimate=1.5, high=2)) == 1
    assert [side(found(one, 10)) for one in (-20, 5, 20)] == [-1, 0, 1]


def test_what_rounding_makes_of_equal_numbers_is_no_effect() -> None:
    assert side(found(1e-14, 1e-16)) == 0 and side(found(1e-5, 1e-7)) == 1
    assert side(msgspec.structs.replace(RATIO, low=1 + 1e-15, estimate=1 + 2e-15, high=1 + 3e-15)) == 0


def test_halves_and_doubles_are_equally_far() -> None:
    assert size(RATIO) == -size(msgspec.structs.replace(RATIO, estimate=2.0)) == pytest.approx(math.log(0.5))


def test_a_fake_effect_counts_from_half_of_the_real_one_on() -> None:
    real = found(-20, 5)
    assert comparable(real, found(-11, 5)) and comparable(real, found(11, 5))
    assert not comparable(real, found(-8, 5)) and not comparable(real, found(-15, 16))
    assert holds(real, found(-8, 5)) and not holds(real, found(8, 5)) and not holds(real, found(-8, 9))


def test_effects_in_words() -> None:
    assert effect(found(-20.04, 1)).said() == "20 % lower"
    assert effect(found(0.1234, 1)).said() == "0.12 % higher"
    assert effect(RATIO).said() == "0.5 times what was expected"
    assert effect(msgspec.structs.replace(found(-3, 1), relative=None)).said() == "3 lower"


@pytest.mark.parametrize(("share", "told"), [(0.2104, 21.0), (0.00123, 0.12), (-0.287, -28.7), (0.0, 0.0)])
def test_percents(share: float, told: float) -> None:
    assert percent(share) == told
