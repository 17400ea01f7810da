# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas come with codes that are known by, each in the one that it lies in, and with the people of their parts."""

from typing import Any

from shapely.geometry import shape

from hanze.feeds.havendam import town
from hanze.feeds.havendam.areas import areas
from hanze.ngsild.checks import geometry

FEATURES: list[dict[str, Any]] = areas()["features"]


def of(level: str) -> list[dict[str, Any]]:
    return [one for one in FEATURES if one["properties"]["level"] == level]


def test_there_are_a_town_its_districts_and_their_neighbourhoods() -> None:
    assert areas()["type"] == "FeatureCollection"
    assert [one["properties"]["name"] for one in of("city")] == ["Havendam"]
    assert [one["properties"]["name"] for one in of("district")] == [one.name for one in town.districts()]
    assert {one["properties"]["name"] for one in of("neighbourhood")} == {one.name for one in town.neighbourhoods()}
    assert len(FEATURES) == 1 + 8 + len(town.neighbourhoods())


def test_codes_are_of_one_area_each_and_names_too() -> None:
    for name in ("code", "name"):
        assert len({one["properties"][name] for one in FEATURES}) == len(FEATURES)


def test_each_lies_in_its_parent_and_has_a_part_of_its_people() -> None:
    known = {one["properties"]["code"]: one for one in FEATURES}
    assert "parent" not in of("city")[0]["properties"]
    for upper in known.values():
        inner = [one for one in FEATURES if one["properties"].get("parent") == upper["properties"]["code"]]
        if upper["properties"]["level"] == "neighbourhood":
            assert not inner
            continue
        assert sum(one["properties"]["population"] for one in inner) == upper["properties"]["population"]
        assert all(one["properties"]["code"].startswith(upper["properties"]["code"]) for one in inner)
        around = shape(upper["geometry"])
        assert all(shape(one["geometry"]).representative_point().within(around) for one in inner)


def test_shapes_are_geojson() -> None:
    assert all(geometry(one["geometry"], "geometry") == one["geometry"] for one in FEATURES)
