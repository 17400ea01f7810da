# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies under maps: GeoJSON of the operator, read once and told where it is wrong."""

from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette

from hanze.errors import ConfigurationError
from hanze.feeds.havendam import plan
from hanze.web import background
from hanze.web.background import Background

SQUARE = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 52]]]}
LINE = {"type": "LineString", "coordinates": [[4, 52], [5, 53]]}


def written(place: Path, *features: Any) -> Path:
    file = place / "map.geojson"
    file.write_bytes(msgspec.json.encode({"type": "FeatureCollection", "features": list(features)}))
    return file


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_features_by_kind(tmp_path: Path) -> None:
    file = written(
        tmp_path, feature(SQUARE, name="Old town"), feature(SQUARE, kind="water"), feature(LINE),
        {"type": "Feature", "geometry": LINE, "properties": None}, feature(SQUARE, kind="cloud"),
    )  # fmt: skip
    found = background.read(file)
    assert [(one.geometry, one.name) for one in found.areas] == [(SQUARE, "Old town")]
    assert found.water == (SQUARE,)
    assert found.ways == (LINE, LINE)


def test_nothing_and_tiles(tmp_path: Path) -> None:
    assert background.read(None) == Background()
    assert background.address(Background()) == ""
    assert background.routes(Background()) == []
    tiles = background.read(tmp_path / "city.pmtiles")
    assert tiles.areas == () and background.address(tiles) == "/background.pmtiles"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no json", "is no GeoJSON"), (b"[]", "is no GeoJSON"), (b"{}", "is no GeoJSON"), (b"\xff", "is no GeoJSON"),
        (b'{"features": [1]}', "is no GeoJSON"), (b'{"features": [{"geometry": null}]}', "is no GeoJSON"),
        (b'{"features": [{"geometry": {"type": "Point", "coordinates": ["x"]}}]}', "is no GeoJSON"),
        (b'{"features": [{"geometry": {"type": "Cube"}, "properties": 3}]}', "is no GeoJSON"),
        (b'{"features": [{"geometry": {"type": "LineString", "coordinates": [[4, 52], [5, 53]]}, "properties": 3}]}', "is no"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_file(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "map.geojson"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=told) as error:
        background.read(file)
    assert str(file) in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"map\.geojson cannot be read"):
        background.read(tmp_path / "map.geojson")


def test_the_plan_of_havendam_is_one(tmp_path: Path) -> None:
    found = background.read(written(tmp_path, *plan.background()["features"]))
    assert len(found.areas) == 8 and len(found.water) == 3 and len(found.ways) > 5
    assert "Oude Rede" in {one.name for one in found.areas}


@pytest.mark.anyio
async def test_tiles_are_given_by_parts(tmp_path: Path) -> None:
    file = tmp_path / "city.pmtiles"
    file.write_bytes(bytes(range(256)))
    app = Starlette(routes=background.routes(background.read(file)))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        answer = await client.get("/background.pmtiles", headers={"range": "bytes=10-19"})
    assert answer.status_code == 206
    assert answer.content == bytes(range(10, 20))
