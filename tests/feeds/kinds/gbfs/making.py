# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small systems by the published format of GBFS, in versions 2.3 and 3.0; the recorded one is of Rouen, in 2.3."""

from typing import Any

import msgspec

from hanze.feeds.kinds.gbfs.files import File, opened
from hanze.ngsild import times
from tests.feeds.kinds.serving import SHARED

ROUEN = SHARED / "gbfs_rouen"

AT = 1_767_225_600
NOW = times.parse("2026-01-01T00:00:00Z")
"""The same moment."""

SECOND = 1_000_000


def document(version: str = "2.3", ttl: Any = 60, at: Any = AT, **data: Any) -> dict[str, Any]:
    return {"last_updated": at, "ttl": ttl, "version": version, "data": data}


def encoded(version: str = "2.3", ttl: Any = 60, at: Any = AT, **data: Any) -> bytes:
    return msgspec.json.encode(document(version, ttl, at, **data))


def file(name: str, version: str = "2.3", **data: Any) -> File:
    return opened(encoded(version, **data), name)


def station(id: str = "s1", **more: Any) -> dict[str, Any]:
    return {"station_id": id, "name": "Kade", "lat": 52.1, "lon": 4.5, "capacity": 10, **more}


def status(id: str = "s1", **more: Any) -> dict[str, Any]:
    return {
        "station_id": id, "num_bikes_available": 4, "num_docks_available": 6, "is_installed": True, "is_renting": True,
        "is_returning": True, "last_reported": AT, **more,
    }  # fmt: skip


def bike(id: str = "b1", **more: Any) -> dict[str, Any]:
    return {"bike_id": id, "lat": 52.1, "lon": 4.5, "is_reserved": False, "is_disabled": False, **more}


def listing(base: str, *names: str, version: str = "2.3", ttl: Any = 60, language: str = "nl") -> bytes:
    """gbfs.json with files at `base` and their names."""
    feeds = [{"name": name, "url": f"{base}{name}.json"} for name in names]
    data = {"feeds": feeds} if version.startswith("3") else {language: {"feeds": feeds}}
    return encoded(version, ttl, **data)
