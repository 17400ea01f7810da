# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies under the maps: a file of the operator, GeoJSON or one .pmtiles; no map is fetched from elsewhere.

Of GeoJSON each Feature may say what it is by a property `kind`: area, water or way. Without it polygons are areas and lines are
ways. A property `name` is written on the map.
"""

from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from hanze.errors import BadRequestData, ConfigurationError
from hanze.ngsild import geometry
from hanze.web.drawing.map import Area, GeoJSON

TILES = ".pmtiles"
MOST_BYTES = 16 << 20

HEADERS = {"cache-control": "public, max-age=3600"}


class Background(msgspec.Struct, frozen=True):
    """The file, and the parts of a drawn map that are always there."""

    file: Path | None = None
    areas: tuple[Area, ...] = ()
    water: tuple[GeoJSON, ...] = ()
    ways: tuple[GeoJSON, ...] = ()


def read(file: Path | None) -> Background:
    """The background of maps; without parts where there is none, or where it is tiles, which only a browser draws.

    Errors: ConfigurationError names the file and what is wrong.
    """
    if file is None or file.suffix == TILES:
        return Background(file)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ConfigurationError(
                f"{file} has more than {MOST_BYTES >> 20} MB; give a simpler one, or a .pmtiles file."
            )
        return parsed(file, file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read ({error.strerror}); check its name and rights.") from None


def parsed(file: Path, body: bytes) -> Background:
    """The same of what stands in the file. Errors: ConfigurationError."""
    try:
        document = msgspec.json.decode(body, type=dict[str, Any])
        features = msgspec.convert(document.get("features"), list[dict[str, Any]])
        made = [_part(feature) for feature in features]
    except (msgspec.DecodeError, UnicodeDecodeError, BadRequestData) as error:
        raise ConfigurationError(f"{file} is no GeoJSON FeatureCollection: {error}.") from None
    return Background(
        file,
        tuple(one for kind, one in made if kind == "area"),
        tuple(one.geometry for kind, one in made if kind == "water"),
        tuple(one.geometry for kind, one in made if kind == "way"),
    )


def _part(feature: dict[str, Any]) -> tuple[str, Area]:
    """What a Feature is, and its geometry with its name."""
    shape = msgspec.convert(feature.get("geometry"), GeoJSON)
    geometry.shape(shape)
    told = msgspec.convert(feature.get("properties") or {}, GeoJSON)
    usual = "area" if shape["type"] in ("Polygon", "MultiPolygon") else "way"
    return str(told.get("kind", usual)), Area(shape, str(told.get("name") or ""))


def address(background: Background) -> str:
    """Where the file is found, after the base of the site; empty where there is none."""
    if background.file is None:
        return ""
    return "/background" + (TILES if background.file.suffix == TILES else ".geojson")


def routes(background: Background) -> list[Route]:
    """The file, by parts where the browser asks for some."""
    file = background.file
    if file is None:
        return []

    async def answer(request: Request) -> Response:
        return FileResponse(file, headers=HEADERS)

    return [Route(address(background), answer)]
