# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The subjects that the city is scored on: three dimensions and the 17 goals, each with its indicators."""

from collections.abc import Iterable, Mapping

import msgspec

from hanze.errors import mark as _
from hanze.goals.indicators.definition import Definition

DIMENSIONS = {
    "liveability": _("Liveable"), "sustainability": _("Sustainable"), "inclusivity": _("Inclusive"),
}  # fmt: skip

GOALS = {
    1: _("No poverty"),
    2: _("Zero hunger"),
    3: _("Good health and well-being"),
    4: _("Quality education"),
    5: _("Gender equality"),
    6: _("Clean water and sanitation"),
    7: _("Affordable and clean energy"),
    8: _("Decent work and economic growth"),
    9: _("Industry, innovation and infrastructure"),
    10: _("Reduced inequalities"),
    11: _("Sustainable cities and communities"),
    12: _("Responsible consumption and production"),
    13: _("Climate action"),
    14: _("Life below water"),
    15: _("Life on land"),
    16: _("Peace, justice and strong institutions"),
    17: _("Partnerships for the goals"),
}
"""The Sustainable Development Goals of the United Nations by number."""


class Subject(msgspec.Struct, frozen=True):
    """`name`: an English text of the catalogues. `goals`: by the code of an indicator, the goals in which it counts here: for a
    goal that one, for a dimension all that it has targets of. `fair`: what inequality takes off counts, as it does for
    dimensions."""

    code: str
    name: str
    fair: bool
    goals: Mapping[str, tuple[int, ...]]


def goal(number: int) -> str:
    """The code of the subject of a goal."""
    return f"goal-{number}"


def subjects(definitions: Iterable[Definition]) -> list[Subject]:
    """All 20, the dimensions first."""
    every = list(definitions)
    dimensions = [
        Subject(code, name, True, {one.code: one.goals for one in every if one.dimension == code})
        for code, name in DIMENSIONS.items()
    ]
    goals = [
        Subject(goal(number), name, False, {one.code: (number,) for one in every if number in one.goals})
        for number, name in GOALS.items()
    ]
    return dimensions + goals
