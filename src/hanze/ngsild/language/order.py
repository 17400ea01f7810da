# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ordering, such as `name,temperature;desc` or `location;dist-asc`. Source: ETSI GS CIM 009 V1.8.1, clause 4.23."""

from typing import Any

import msgspec

from hanze.errors import BadRequestData
from hanze.ngsild.checks import geometry as checked
from hanze.ngsild.checks import shown
from hanze.ngsild.collation import Collation
from hanze.ngsild.context import Context
from hanze.ngsild.language import limits, q
from hanze.ngsild.selection import Order

DIRECTIONS = ("asc", "desc", "dist-asc", "dist-desc")


def place(geometry: str, coordinates: str, field: str) -> dict[str, Any]:
    """From where distances are measured; `coordinates`: a JSON text."""
    try:
        found = msgspec.json.decode(limits.length(coordinates, field))
    except (msgspec.DecodeError, RecursionError):
        raise BadRequestData(f"{field} is {shown(coordinates)}; give JSON such as [4.89,52.37].") from None
    return checked({"type": geometry, "coordinates": found}, field)


def parse(
    text: str, context: Context, geometry: dict[str, Any] | None = None, collation: Collation | None = None
) -> tuple[Order, ...]:
    """The sort keys; `geometry`: from where distances are measured. BadRequestData where the text is none."""
    found = []
    for part in limits.length(text, "orderBy").split(","):
        written, _, direction = part.partition(";")
        if not written or (direction and direction not in DIRECTIONS):
            raise BadRequestData(
                f"orderBy has {shown(part)}; give a name, or a name with one of {', '.join(DIRECTIONS)}."
            )
        distance = direction.startswith("dist")
        if distance and geometry is None:
            raise BadRequestData(
                f"orderBy has {shown(part)}, but there is no place to measure from; add orderFrom, such as [4.89,52.37]."
            )
        path = q.path(written, context, "orderBy")
        found.append(Order(path, direction.endswith("desc"), geometry if distance else None, collation))
    limits.terms(len(found), "orderBy")
    return tuple(found)
