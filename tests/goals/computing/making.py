# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city of squares, and data for it that stand in dictionaries."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area, Level
from hanze.goals.computing.scene import Entered, Place, Scene, Thing
from hanze.goals.indicators.definition import Definition, Part, Scale, Texts
from hanze.goals.indicators.definition import Period as When
from hanze.goals.indicators.reducing import HOUR, Floats, Moments

ZONE = ZoneInfo("Europe/Amsterdam")

TEXT = Texts("a", "b")

Better = Literal["more", "less"]


def at(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type,misc]


NOW = at(2025, 3, 1, 12)


def place(
    code: str, level: Level, west: float, parent: str | None = None, *, people: float | None = 100.0, surface: float = 1.0,
    wide: float = 0.01, uses: Mapping[int, Mapping[str, float]] = {}, homes: BaseGeometry | None = None,
) -> Place:  # fmt: skip
    area = Area(code, code, level, parent, shapely.box(5 + west, 52, 5 + west + wide, 52.01))
    return Place(area, people, surface, homes, uses)


def city(*, people: tuple[float | None, float | None] = (100.0, 300.0)) -> Scene:
    """Two neighbourhoods beside each other."""
    return Scene(
        [
            place("C", "city", 0, wide=0.02, people=None, surface=2.0),
            place("N1", "neighbourhood", 0, "C", people=people[0]),
            place("N2", "neighbourhood", 0.01, "C", people=people[1]),
        ]
    )


class Told:
    """Sources. `series`: by thing, hours since the start of 2024 in UTC to values."""

    def __init__(
        self, things: Mapping[str, Sequence[Thing]] = {}, series: Mapping[str, Mapping[int, float]] = {},
        entered: Mapping[tuple[str, str, str, int], Entered] = {}, open: float | None = None,
    ) -> None:  # fmt: skip
        self._things, self._series, self._entered, self._open = things, series, entered, open

    def things(self, type: str, where: str, attribute: str = "", unit: str = "") -> Sequence[Thing]:
        return self._things.get(type + where, ())

    def measured(self, id: str, attribute: str, unit: str, start: int, end: int) -> tuple[Moments, Floats]:
        hours = sorted(self._series.get(id, {}))
        inside = [hour for hour in hours if start <= START + hour * HOUR < end]
        return np.array([START + hour * HOUR for hour in inside], np.int64), np.array(
            [self._series[id][hour] for hour in inside]
        )

    def entered(self, code: str, part: str, area: str, first: int, start: int) -> Entered | None:
        found = [
            one
            for (*key, at), one in self._entered.items()
            if key == [code, part, area] and first <= at <= start and one.number is not None
        ]
        return max(found, key=lambda one: one.start, default=None)

    def open(self) -> float | None:
        return self._open


START = at(2024, 1, 1)


def thing(id: str, leaf: str | None, amount: float | None = None) -> Thing:
    return Thing(id, leaf, None, amount)


def indicator(
    *parts: Part, code: str = "x", formula: str = "", period: When = "day", better: Better = "less"
) -> Definition:
    scale = Scale(0, 100, 20, 50, "ours") if better == "less" else Scale(100, 0, 50, 20, "ours")
    return Definition(
        code,
        1,
        "liveability",
        ("11.6",),
        "1",
        better,
        period,
        TEXT,
        TEXT,
        TEXT,
        parts,
        scale,
        formula,
    )


def level(name: str = "level", **more: object) -> Part:
    """What things of the type S measured."""
    return Part(name, "history", type="S", attribute="a", unit="GQ", **more)  # type: ignore[arg-type]
