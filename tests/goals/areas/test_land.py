# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Uses of land: a map is read."""

import json
from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.goals.areas import land


def written(folder: Path, *features: dict[str, object]) -> Path:
    file = folder / "land.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return file


def feature(use: object, ring: list[list[float]] | None = None, key: str = "use") -> dict[str, object]:
    ring = ring or [[5, 52], [5.01, 52], [5.01, 52.01], [5, 52.01], [5, 52]]
    return {"type": "Feature", "properties": {key: use}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_map_is_read_with_words_of_its_own(tmp_path: Path) -> None:
    (one,) = land.read(written(tmp_path, feature("akkerland", key="soort")), "soort", {"akkerland": "farmland"})
    assert (one.use, one.shape.bounds) == ("farmland", (5, 52, 5.01, 52.01))


def test_a_bow_tie_is_mended(tmp_path: Path) -> None:
    (one,) = land.read(written(tmp_path, feature("water", [[5, 52], [5.01, 52.01], [5.01, 52], [5, 52.01], [5, 52]])))
    assert one.shape.is_valid and one.shape.area > 0


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ([feature("moor")], "feature 1 has the use 'moor'; give one of homes, work"),
        ([feature("water"), feature(3)], "feature 2 has the use '3'"),
        (
            [{"type": "Feature", "properties": {"use": "water"}, "geometry": {"type": "Polygon", "coordinates": "x"}}],
            "feature 1",
        ),
        ([feature("water", [[1e7, 1e7], [1e7, 2e7], [2e7, 2e7], [1e7, 1e7]])], "neither degrees nor RD New"),
    ],
)
def test_what_is_no_map_is_told(tmp_path: Path, features: list[dict[str, object]], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        land.read(written(tmp_path, *features))


def test_what_is_no_geojson_is_told(tmp_path: Path) -> None:
    (tmp_path / "land.geojson").write_text("[]")
    with pytest.raises(ConfigurationError, match="is neither a GeoJSON FeatureCollection nor a GeoPackage"):
        land.read(tmp_path / "land.geojson")
