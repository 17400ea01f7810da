# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codebook: which indicators there are, of which goal, from worst to best, and where their colours change."""

from pathlib import Path

import msgspec

from hanze.goals.sdsn.plain import Row, Table

COLUMNS = ("code", "goal", "best", "worst", "green", "red", "is_global")

GOALS = range(1, 18)


class Indicator(msgspec.Struct, frozen=True):
    """`best` and `worst` are 100 and 0 of the normalised scale, in the unit of the raw values; where best is below worst, less
    is better. `green` and `red`: thresholds of the colours. `is_global`: it counts in every unit's scores. `oecd`: it counts
    for the colours of members of the OECD."""

    code: str
    goal: int
    best: float
    worst: float
    green: float
    red: float
    is_global: bool
    oecd: bool

    def counts(self, member: bool) -> bool:
        """Whether it is in the list by which a unit's colours are told; `member`: of the OECD."""
        return self.oecd if member else self.is_global


def read(file: Path) -> list[Indicator]:
    """The indicators in the order of the file; ConfigurationError names line, column and value."""
    table = Table(file, COLUMNS)
    found: dict[str, Indicator] = {}
    for row in table.rows():
        made = _indicator(row, "oecd" in table.columns)
        if made.code in found:
            raise row.wrong(f"code {made.code!r} stands there a second time; each indicator has a code of its own")
        found[made.code] = made
    if not found:
        raise table.wrong("names no indicator; one row each")
    return list(found.values())


def _indicator(row: Row, lists: bool) -> Indicator:
    """`lists`: the codebook tells which indicators members of the OECD have; else they have the global ones."""
    numbers = [row.number(name) for name in ("best", "worst", "green", "red")]
    best, worst, green, red = numbers
    if best == worst:
        raise row.wrong(f"best and worst are both {row.cells['best']}; the scale has no length")
    up = best > worst
    if (green < red) if up else (green > red):
        raise row.wrong(
            f"green is {row.cells['green']} and red {row.cells['red']}, but {'more' if up else 'less'} is better; "
            "green stands on the better side"
        )
    goal = row.number("goal")
    if goal not in GOALS:
        raise row.wrong(f"goal is {row.cells['goal']!r}; a goal from 1 to 17 stands there")
    is_global = row.flag("is_global")
    oecd = row.flag("oecd") if lists else is_global
    return Indicator(row.text("code"), int(goal), best, worst, green, red, is_global, oecd)
