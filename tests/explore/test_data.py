# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as a page shows, as files."""

import csv
import io

import pytest

from tests.explore.conftest import Pages
from tests.explore.test_now import AIR, measured

pytestmark = pytest.mark.anyio


async def test_csv_json_and_geojson_tell_the_same(pages: Pages) -> None:
    stations = measured("no2")
    answer = await pages(f"/en/now.csv?{AIR}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    # Whose sensor is silent now is there with its last value.
    assert {name: float(rows[name]["value"]) for name in stations} == stations
    records = {one["name"]: one for one in (await pages(f"/en/now.json?{AIR}")).json()}
    assert {name: one["value"] for name, one in records.items()} == {
        name: float(one["value"]) for name, one in rows.items()
    }
    answer = await pages(f"/en/now.geojson?{AIR}")
    assert answer.headers["content-type"] == "application/geo+json"
    features = {one["properties"]["name"]: one for one in answer.json()["features"]}
    for name, row in rows.items():
        lon, lat = features[name]["geometry"]["coordinates"]
        assert (lon, lat) == (float(row["longitude"]), float(row["latitude"]))
        assert features[name]["id"] == row["id"] == records[name]["id"]
        assert features[name]["properties"]["moment"] == row["moment"] == records[name]["moment"]
        assert row["moment"] == "2026-03-10T13:00:00Z" or name not in stations
        assert features[name]["properties"]["simulated"] is True
    assert {row["unit"] for row in rows.values()} == {"GQ"}
    assert {row["provider"] for row in rows.values()} == {"Havendam (simulated)"}
