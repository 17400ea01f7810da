# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How sure a number is that people enter, in six grades.

Source: U4SSC, Key Performance Indicators verification manual (ITU, 2022), the data quality that a city states for each number.
"""

from collections.abc import Iterable
from typing import Literal, get_args

Grade = Literal["measured", "survey", "larger", "assumed", "personal", "unknown"]
"""Measured or counted; drawn from a survey; from figures of a larger area; estimated with stated assumptions; the estimate of one
person; nobody knows how. What the city's own data say is measured."""

GRADES: tuple[Grade, ...] = get_args(Grade)
"""The best first."""


def worst(grades: Iterable[Grade]) -> Grade:
    """The worst of them; measured where there are none."""
    return max(grades, key=GRADES.index, default="measured")
