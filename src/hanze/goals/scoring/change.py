# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a score changed in a year, over the indicators that had a number then and now."""

from collections.abc import Mapping, Set

import msgspec

from hanze.goals.scoring.score import DIGITS, Places, together
from hanze.goals.subjects import Subject

LEAST, MOST = 3, 12
"""Months between then and now."""


class Change(msgspec.Struct, frozen=True):
    """`points`: in a year, more is better; None where nothing can be compared. `compared`: over so many indicators, with so many
    `months` between."""

    points: float | None
    compared: int
    months: int


NONE = Change(None, 0, 0)


def change(subject: Subject, now: Places, before: Mapping[int, Places], yearly: Set[str]) -> Change:
    """`before`: by how many months ago it was. That month counts in which most of what is told now was told too, of equal ones
    the one that is longest ago, a year at most. `yearly`: what is told of years; in less than a year it would be compared with
    itself."""
    common = {
        ago: (now.keys() & places.keys()) - (frozenset() if ago == MOST else yearly)
        for ago, places in before.items()
        if LEAST <= ago <= MOST
    }
    ago = max(common, key=lambda ago: (len(common[ago]), ago), default=0)
    codes = sorted(common.get(ago, ()))
    if not codes:
        return NONE
    then, after = (together(subject, {code: places[code] for code in codes}) for places in (before[ago], now))
    return Change(round((after - then) * 12 / ago, DIGITS), len(codes), ago)
