# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every entity of the town says of itself: its name, that it is simulated, and where it is."""

from hanze.feeds import making
from hanze.feeds.havendam import town
from hanze.ngsild.entity import Instance

PROVIDER = "Havendam (simulated)"

MARK = "Simulated: Havendam is an invented town, and this value was computed, not measured."

Marks = dict[str, Instance | None]


def of(name: str) -> Marks:
    return {
        "name": making.plain(name),
        "description": making.plain(MARK),
        "simulated": making.plain(True),
        "dataProvider": making.plain(PROVIDER),
    }


def at(point: town.Point) -> Marks:
    return {"location": making.point(*point), **within(town.district_at(point))}


def within(district: str) -> Marks:
    address = {"addressLocality": town.NAME, "addressCountry": "NL", "district": district}
    return {"address": making.plain(address), "areaServed": making.plain(district)}
