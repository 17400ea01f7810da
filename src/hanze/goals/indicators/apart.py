# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of two numbers of an indicator is better, and whether they can be told apart at all."""

from typing import Literal

import msgspec

from hanze.goals.indicators.definition import Definition

Verdict = Literal["better", "worse", "same", "unsure"]
"""`unsure`: what was not measured may be more than the difference."""


class Number(msgspec.Struct, frozen=True):
    """`low` and `high`: where it lies if what is missing was like the lowest or highest tenth of what is there."""

    value: float
    low: float
    high: float


def number(value: float | None, low: float | None, high: float | None) -> Number | None:
    """A number of which the ends may not be told; None where there is no number."""
    if value is None:
        return None
    return Number(value, value if low is None else low, value if high is None else high)


def verdict(definition: Definition, one: Number, other: Number) -> Verdict:
    """How the one stands beside the other. They are the same where people are shown the same digits."""
    return judged(one, other, definition.digits, more=definition.better == "more")


def judged(one: Number, other: Number, digits: int, *, more: bool) -> Verdict:
    """The same of any two numbers; `more`: more is better."""
    if round(one.value, digits) == round(other.value, digits):
        return "same"
    if one.low <= other.high and other.low <= one.high:
        return "unsure"
    return "better" if (one.value > other.value) == more else "worse"
