# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The town as the background of a map: districts, water and roads as one GeoJSON FeatureCollection."""

from typing import Any

from hanze.feeds.havendam import town


def background() -> dict[str, Any]:
    """Features with `kind` area, water or way; districts and roads have names."""
    features = [
        *(_feature("area", one.name, one.geometry) for one in town.districts()),
        *(_feature("water", "", one.geometry) for one in town.water()),
        *(_feature("way", one.name, one.geometry) for one in town.roads()),
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, name: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}
