# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The part of the world that a source is asked for, as the option box tells it."""

from typing import NamedTuple

from hanze.errors import SourceFailed
from hanze.ngsild.checks import shown


class Box(NamedTuple):
    """Degrees in WGS 84."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def box(told: str) -> Box | None:
    """West, south, east and north such as "4.2,52.0,4.5,52.2"; None where nothing is told. Errors: SourceFailed."""
    if not told:
        return None
    try:
        found = Box(*(float(part) for part in told.split(",")))
    except (ValueError, TypeError):
        raise _wrong(told) from None
    if not (-180 <= found.west < found.east <= 180 and -90 <= found.south < found.north <= 90):
        raise _wrong(told)
    return found


def _wrong(told: str) -> SourceFailed:
    return SourceFailed(
        f"The option box is {shown(told)}.", 'Give west, south, east and north in degrees such as "4.2,52.0,4.5,52.2".'
    )
