# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How good a number is: its place from 0 to 100 and its colour, by the scale of its indicator."""

from hanze.goals.indicators.definition import Definition
from hanze.goals.sdsn import marks
from hanze.goals.sdsn.codebook import Indicator
from hanze.goals.sdsn.marks import Colour


def in_codebook(one: Definition) -> Indicator:
    """The indicator as the method of the SDG Index knows it, of the first of its goals."""
    scale = one.scale
    return Indicator(one.code, one.goals[0], scale.best, scale.worst, scale.green, scale.red, True, False)


def place(one: Definition, value: float) -> float:
    """From 0 (worst, or beyond) to 100 (best, or beyond)."""
    return marks.normalised(in_codebook(one), value)


def colour(one: Definition, value: float | None) -> Colour:
    """Gray where there is no number."""
    return "gray" if value is None else marks.colour(in_codebook(one), value)
