# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities of this room are written whole: made, put in the place of what was there, or taken away."""

from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork

DIGITS = 7
"""Of a degree: a centimetre."""


def save(uow: UnitOfWork, entity: Entity) -> None:
    before = uow.entity("", entity.id)
    outcome = operations.create(entity, uow.stamp) if before is None else operations.replace(before, entity, uow.stamp)
    uow.save("", outcome)


def gone(uow: UnitOfWork, id: str) -> None:
    """There is no such entity from now on; its history stays."""
    entity = uow.entity("", id)
    if entity is not None:
        uow.save("", operations.delete(entity))


def geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """GeoJSON, or None for none."""
    if shape is None:
        return None
    found: dict[str, Any] = msgspec.json.decode(shapely.to_geojson(shapely.set_precision(shape, 10.0**-DIGITS)))
    return found
