# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as a page shows, as files."""

import csv
import io

import numpy as np
import pytest
from starlette.responses import Response

from hanze.explore import data
from hanze.ngsild import times
from hanze.store.base import Numbers
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


@pytest.mark.parametrize("moments", [[], [0, -1_000_000, 253_402_300_799_000_000], [0, 1, 1_500_000, 999_999]])
async def test_moments_are_told_alike_however_many_they_are(moments: list[int]) -> None:
    values = [1.5] * len(moments)
    answer = data.course(Numbers("GQ", np.array(moments, np.int64), np.array(values, np.float64)), "csv", ())
    assert isinstance(answer, Response)
    rows = [f"{times.text(moment)},1.5,GQ" for moment in moments]
    assert bytes(answer.body).decode().splitlines() == ["moment,value,unit", *rows]
