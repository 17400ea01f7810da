# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that a new map of land tells, beside the maps of other years that are there."""

from collections.abc import Mapping, Sequence

import msgspec

from hanze.goals.areas.area import Area
from hanze.goals.areas.land import Piece
from hanze.goals.land.change import Changes, changed
from hanze.goals.land.cutting import Land, Lands, Uses, cut, surfaces
from hanze.goals.land.edge import edges


class Worked(msgspec.Struct, frozen=True):
    """By the code of an area: its land of the year, km² of each use, km of urban edge; and by pair of years, the earlier one first,
    what became what."""

    year: int
    lands: Lands
    uses: Mapping[str, Uses]
    edges: Mapping[str, float]
    changes: Mapping[tuple[int, int], Mapping[str, Changes]]


def work(areas: Sequence[Area], pieces: Sequence[Piece], year: int, others: Mapping[int, Lands]) -> Worked:
    """`areas`: the smallest ones; `others`: the maps of other years, cut by the same areas."""
    lands = cut(areas, pieces)
    uses = {code: surfaces(land) for code, land in lands.items()}
    changes = {
        (min(year, other), max(year, other)): _between(lands, known, year < other)
        for other, known in others.items() if other != year
    }  # fmt: skip
    return Worked(year, lands, uses, edges(lands) if lands else {}, changes)


def again(areas: Sequence[Area], maps: Mapping[int, Lands]) -> list[Worked]:
    """All maps for areas that were drawn anew."""
    found: list[Worked] = []
    for year, lands in sorted(maps.items()):
        pieces = [Piece(use, shape) for land in lands.values() for use, shape in land.items()]
        found.append(work(areas, pieces, year, {one.year: one.lands for one in found}))
    return found


def _between(new: Lands, known: Lands, first: bool) -> dict[str, Changes]:
    """`first`: the new map is the earlier one."""
    nothing: Land = {}
    found: dict[str, Changes] = {}
    for code in sorted({*new, *known}):
        pair = new.get(code, nothing), known.get(code, nothing)
        found[code] = changed(*(pair if first else pair[::-1]))
    return found
