# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Geo-queries. Source: ETSI GS CIM 009 V1.8.1, clause 4.10."""

import re
from typing import Any

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild import checks
from hanze.ngsild.context import Context
from hanze.ngsild.language import limits
from hanze.ngsild.selection import Geo

RELATIONS = ("within", "contains", "intersects", "equals", "disjoint", "overlaps")
_NEAR = re.compile(r"near;(maxDistance|minDistance)==([0-9.eE+]+)")


def parse(georel: Any, geometry: Any, coordinates: Any, geoproperty: str | None, context: Context) -> Geo:
    """`coordinates`: a JSON text, or lists. BadRequestData names the member that is wrong or missing."""
    for field, value in (("georel", georel), ("geometry", geometry), ("coordinates", coordinates)):
        if not value:
            raise BadRequestData(f"{field} is missing; a geo-query has georel, geometry and coordinates.")
    if not isinstance(georel, str):
        raise BadRequestData(f"georel is {checks.shown(georel)}; give one such as near;maxDistance==2000.")
    nearest, farthest = None, None
    relation = georel
    if georel.startswith("near"):
        found = _NEAR.fullmatch(georel)
        metres = _metres(found[2], georel) if found else 0.0
        if found is None or metres <= 0:
            raise BadRequestData(
                f"georel is {checks.shown(georel)}; give near;maxDistance==METRES or near;minDistance==METRES."
            )
        relation = "near"
        nearest, farthest = (metres, None) if found[1] == "minDistance" else (None, metres)
    elif georel not in RELATIONS:
        raise BadRequestData(
            f"georel is {checks.shown(georel)}; give near;maxDistance==METRES or one of {', '.join(RELATIONS)}."
        )
    if isinstance(coordinates, str):
        coordinates = _decoded(coordinates)
    shape = checks.geometry({"type": geometry, "coordinates": coordinates}, "coordinates")
    limits.positions(shape["coordinates"], "coordinates")
    return Geo(relation, shape, context.expand(geoproperty or "location"), farthest, nearest)


def _metres(text: str, georel: str) -> float:
    try:
        found = float(text)
    except ValueError:
        raise BadRequestData(
            f"georel is {checks.shown(georel)}; {checks.shown(text)} is no number of metres."
        ) from None
    if found - found != 0:
        raise BadRequestData(f"georel is {checks.shown(georel)}; give a finite number of metres.")
    return found


def _decoded(text: str) -> Any:
    try:
        return msgspec.json.decode(limits.length(text, "coordinates"))
    except (msgspec.DecodeError, RecursionError):
        raise BadRequestData(f"coordinates is {checks.shown(text)}; give JSON such as [4.89,52.37].") from None
