# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where something is measured and what it is there at present."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.explore.measured import Measured, is_number
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Scope

MOST = 1000
"""Places on one map."""

NAMES = tuple(CORE.expand(name) for name in ("name", "stationName", "title", "streetName"))
LOCATION, PROVIDER, LICENCE, SIMULATED = (
    CORE.expand(name) for name in ("location", "dataProvider", "license", "simulated")
)


class Place(msgspec.Struct, frozen=True):
    """One entity as a page shows it. `value` in `unit` (UN/CEFACT code) at `moment` (microseconds), each None where it is
    not known; `point`: longitude and latitude; `provider` and `licence` as the data say."""

    id: str
    name: str
    point: tuple[float, float] | None
    value: float | None
    unit: str | None
    moment: int | None
    provider: str
    licence: str
    simulated: bool


class Places(msgspec.Struct, frozen=True):
    """`total`: how many there are; at most MOST of them are in `found`, by name."""

    found: list[Place]
    total: int


def read(store: Store, scope: Scope, measured: Measured) -> Places:
    """The places where this is measured, or may be."""
    wanted = EntitySelection(types=TypeIs(measured.type), attributes=(measured.attribute,))
    page = store.query("", wanted, scope, limit=MOST, count=True)
    found = [place(entity, measured.attribute) for entity in page.entities]
    return Places(sorted(found, key=lambda one: (one.name.casefold(), one.id)), page.count or 0)


def place(entity: Entity, attribute: str) -> Place:
    own, (provider, licence) = default(entity, attribute), origin(entity)
    value, at = own.get("value"), own.get("observedAt")
    return Place(
        id=entity.id,
        name=name(entity),
        point=_point(default(entity, LOCATION).get("value")),
        value=float(value) if is_number(value) else None,
        unit=own.get("unitCode"),
        moment=None if at is None else times.parse(at),
        provider=provider,
        licence=licence,
        simulated=default(entity, SIMULATED).get("value") is True,
    )


def origin(entity: Entity) -> tuple[str, str]:
    """Who gave it, and under which licence; empty where it does not say."""
    return _first(entity, (PROVIDER,)), _first(entity, (LICENCE,))


def name(entity: Entity) -> str:
    """What it is called; the end of its id where it has no name."""
    return _first(entity, NAMES) or entity.id.rpartition(":")[2]


def default(entity: Entity, attribute: str) -> Instance:
    """The first instance of an attribute; empty where it has none."""
    return next(iter(entity.attributes.get(attribute, ())), {})


def _first(entity: Entity, attributes: Iterable[str]) -> str:
    """The first of the attributes that is a text; empty where none is."""
    values = (default(entity, name).get("value") for name in attributes)
    return next((value for value in values if isinstance(value, str)), "")


def _point(shape: Any) -> tuple[float, float] | None:
    """Where a map puts it; what is no point is left to maps of areas."""
    if isinstance(shape, dict) and shape.get("type") == "Point":
        lon, lat = shape["coordinates"][:2]
        return float(lon), float(lat)
    return None
