# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small codebooks and units."""

import msgspec

from hanze.goals.sdsn.codebook import Indicator
from hanze.goals.sdsn.raw import Unit


def indicator(code: str = "a", goal: int = 1, *, best: float = 100, worst: float = 0, green: float = 80, red: float = 40,
              is_global: bool = True, oecd: bool = True) -> Indicator:  # fmt: skip
    return Indicator(code, goal, best, worst, green, red, is_global, oecd)


def unit(id: str, region: str = "", /, **values: float) -> Unit:
    return Unit(id, region, False, values)


def member(unit: Unit) -> Unit:
    """The same, of the OECD."""
    return msgspec.structs.replace(unit, member=True)
