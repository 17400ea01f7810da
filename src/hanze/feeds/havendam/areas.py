# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The areas of the town and how many people live in them, as one GeoJSON FeatureCollection."""

from collections.abc import Iterator
from typing import Any

from hanze.feeds.havendam import town

CITY = "HVD"
"""Code of the town; those of districts and neighbourhoods have two digits more each."""


def areas() -> dict[str, Any]:
    """Features with `code`, `name`, `level` (city, district or neighbourhood), `parent` (a code; the town has none) and
    `population`, the largest level first."""
    features = [_feature(CITY, town.NAME, "city", None, _residents(), town.outline())]
    features += [_feature(*one) for one in (*_districts(), *_neighbourhoods())]
    return {"type": "FeatureCollection", "features": features}


def _residents() -> int:
    return sum(one.population for one in town.districts())


Told = tuple[str, str, str, str | None, int, town.Geometry]


def _districts() -> Iterator[Told]:
    for number, one in enumerate(town.districts(), 1):
        yield f"{CITY}{number:02d}", one.name, "district", CITY, one.population, one.geometry


def _neighbourhoods() -> Iterator[Told]:
    for upper, name, _, _, _, _ in _districts():
        within = [one for one in town.neighbourhoods() if one.district == name]
        for number, one in enumerate(within, 1):
            yield f"{upper}{number:02d}", one.name, "neighbourhood", upper, one.population, one.geometry


def _feature(
    code: str, name: str, level: str, parent: str | None, population: int, shape: town.Geometry
) -> dict[str, Any]:
    told = {"code": code, "name": name, "level": level, "population": population}
    return {
        "type": "Feature",
        "properties": told if parent is None else {**told, "parent": parent},
        "geometry": shape,
    }
