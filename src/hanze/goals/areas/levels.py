# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which area of an upper level each area lies: as its file says, or else where most of its surface is."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import shapely
from shapely import STRtree

from hanze.errors import BadRequestData
from hanze.goals.areas.area import LEVELS, Area
from hanze.goals.areas.findings import Finding
from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_metres

MOST = 0.5
"""Of a surface: an area of which its parent has less is told."""

LEAST = 0.01
"""Of a surface: what touches another area by less does not lie in it."""

CBS = re.compile(r"(?:BU|WK)(\d{4})(\d{2})(?:\d{2})?")
"""Codes of districts and neighbourhoods of Statistics Netherlands, which begin with those of the areas that they lie in."""


class Placed(msgspec.Struct, frozen=True):
    """All areas, those of the largest level first and each level by code; each below the largest has its parent, if any."""

    areas: list[Area]
    findings: list[Finding]


def place(areas: Sequence[Area]) -> Placed:
    """Mended areas of several levels. An area whose parent is not told belongs to one of the next upper level there is.
    BadRequestData where two areas, of one level or of two, have the same code."""
    if twice := [code for code, number in Counter(one.code for one in areas).items() if number > 1]:
        names = ", ".join(f"{one.name} ({one.level})" for one in areas if one.code == twice[0])
        raise BadRequestData(f"The code {twice[0]} stands for several areas: {names}; give each a code of its own.")
    levels = [sorted((one for one in areas if one.level == level), key=lambda one: one.code) for level in LEVELS]
    placed = Placed([], [])
    above: list[Area] = []
    for level in filter(None, levels):
        known = {one.code: one for one in placed.areas}
        placed.areas.extend(_within(level, above, known, placed.findings) if above else level)
        above = level
    return placed


def _within(level: list[Area], above: Sequence[Area], known: Mapping[str, Area], findings: list[Finding]) -> list[Area]:
    """The areas of a level with parents; `known`: all upper ones."""
    told = [next((code for code in _told(one) if code in known), None) for one in level]
    lying = _shares([one for one, code in zip(level, told, strict=True) if code is None], above)
    found = []
    for one, code in zip(level, told, strict=True):
        if code is None:
            code, share = lying[one.code]
            findings += _findings(one, None if code is None else known[code], share)
        found.append(msgspec.structs.replace(one, parent=code))
    return found


def _told(one: Area) -> Iterator[str]:
    """Parents that an area names, or its code does: the nearest first."""
    if one.parent:
        yield one.parent
    if one.level != "city" and (code := CBS.fullmatch(one.code)):
        if one.level == "neighbourhood":
            yield f"WK{code[1]}{code[2]}"
        yield f"GM{code[1]}"


def _findings(one: Area, parent: Area | None, share: float) -> Iterator[Finding]:
    if one.parent:
        yield Finding("unknown parent", one.code, one.name, others=(one.parent,))
    if parent is None:
        yield Finding("outside", one.code, one.name)
    elif share < MOST:
        yield Finding("shared", one.code, one.name, others=(parent.name,), share=share)


def _shares(level: Sequence[Area], above: Sequence[Area]) -> dict[str, tuple[str | None, float]]:
    """By code, the upper area with the largest share of the surface, the first by code of equal ones, and that share."""
    found: dict[str, tuple[str | None, float]] = {one.code: (None, 0.0) for one in level}
    lower, upper = (array(one.geometry for one in these) for these in (level, above))
    at, over = STRtree(upper).query(lower, predicate="intersects")
    common = square_metres(shapely.intersection(lower[at], upper[over]))
    shares = common / square_metres(lower)[at]
    for of, by, share in sorted(zip(at.tolist(), over.tolist(), shares.tolist(), strict=True)):
        # Borders are drawn with rounding, so that a share is larger only where that can be seen.
        if share > max(LEAST, found[level[of].code][1] + 1e-9):
            found[level[of].code] = (above[by].code, share)
    return found
