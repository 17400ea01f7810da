# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invented city of square neighbourhoods to draw maps of."""

from typing import Any

from hanze.web.drawing.map import Area, Plan, Point

WEST, SOUTH, WIDE, HIGH = 5.0, 52.0, 0.02, 0.012
NAMES = ("Binnenstad", "Havenkwartier", "Oosterveld", "De Weiden", "Zuiderpark", "Molenwijk")


def square(west: float, south: float, wide: float = WIDE, high: float = HIGH) -> dict[str, Any]:
    """A GeoJSON polygon."""
    east, north = west + wide, south + high
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def line(*places: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(place) for place in places]}


def neighbourhoods(*values: float | None) -> list[Area]:
    """Six squares, three beside each other, with values where they are given."""
    known = [*values, *[None] * (len(NAMES) - len(values))]
    return [
        Area(square(WEST + WIDE * (number % 3), SOUTH + HIGH * (number // 3)), name, known[number])
        for number, name in enumerate(NAMES)
    ]


def meters(*values: float | None) -> list[Point]:
    """Points one after the other through the city."""
    return [
        Point(
            WEST + WIDE * (0.3 + number * 0.37 % 2.4),
            SOUTH + HIGH * (0.2 + number * 0.61 % 1.6),
            f"Meter {number}",
            value,
        )
        for number, value in enumerate(values)
    ]


CITY = Plan(
    title="Lucht in Havendam",
    areas=neighbourhoods(),
    points=meters(4, 12.5, 23, 31, None, 58),
    water=[square(WEST, SOUTH + HIGH * 0.9, 3 * WIDE, HIGH * 0.2), line((WEST, SOUTH), (WEST + 0.03, SOUTH + 0.02))],
    ways=[line((WEST, SOUTH + 0.01), (WEST + 0.06, SOUTH + 0.015))],
    what="Stikstofdioxide",
    unit="µg/m³",
)
