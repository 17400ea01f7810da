# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The annual means that RIVM published for 2019 come out of the temporal API from RIVM's own hours.

RIVM's times are CET, an hour ahead of UTC all year round.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hanze.ngsild.entity import Instance
from hanze.ngsild.times import EPOCH, MICROSECOND
from tests.broker.conftest import Api
from tests.contract.making import iri

DATA = Path(__file__).parents[4] / "shared/data/rivm_luchtmeetnet/luchtmeetnet_2017_2023_hourly.parquet"

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not DATA.exists(), reason=f"RIVM's hours are not at {DATA}"),
]

PUBLISHED = {
    ("NL01487", "NO2"): (35.266, 8564),
    ("NL10636", "NO2"): (22.791, 8426),
    ("NL49012", "NO2"): (36.546, 8675),
    ("NL10404", "PM2.5"): (8.626, 8445),
}
"""Station and component to the mean of 2019 in µg/m³ and the number of hours it was taken over."""

CET = timedelta(hours=1)


def hours() -> dict[tuple[str, str], list[tuple[int, float]]]:
    """Moments (UTC) and values of the published stations, all years."""
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    wanted = [[("station", "==", station), ("component", "==", component)] for station, component in PUBLISHED]
    found: dict[tuple[str, str], list[tuple[int, float]]] = {key: [] for key in PUBLISHED}
    for row in parquet.read_table(DATA, filters=wanted).to_pylist():
        moment = (row["start"].replace(tzinfo=UTC) - CET - EPOCH) // MICROSECOND
        found[row["station"], row["component"]].append((moment, row["value"]))
    return found


def load(api: Api, station: str, component: str, rows: list[tuple[int, float]]) -> int:
    """Loads the rows of one station and component; how many were new."""
    rows.sort()
    moments, values = [at for at, _ in rows], [value for _, value in rows]
    id, types, name = f"urn:ngsi-ld:AirQualityStation:{station}", [iri("AirQualityStation")], iri(term(component))
    template: Instance = {"type": "Property", "unitCode": "GQ"}
    return api.store.submit(lambda uow: uow.observe("", id, types, name, template, moments, values)).result()


def term(component: str) -> str:
    return component.lower().replace(".", "")


async def test_annual_means(api: Api) -> None:
    loaded = sum(load(api, station, component, rows) for (station, component), rows in hours().items())
    assert loaded > 4 * 8760
    year = datetime(2019, 1, 1, tzinfo=UTC) - CET, datetime(2020, 1, 1, tzinfo=UTC) - CET
    start, end = (one.strftime("%Y-%m-%dT%H:%M:%SZ") for one in year)
    window = f"timerel=between&timeAt={start}&endTimeAt={end}"
    query = f"{window}&format=aggregatedValues&aggrMethods=avg,totalCount&aggrPeriodDuration=P1Y"
    for (station, component), (mean, count) in PUBLISHED.items():
        found = await api.ok("GET", f"/temporal/entities/urn:ngsi-ld:AirQualityStation:{station}?{query}")
        shown = found[term(component)]
        assert shown["totalCount"] == [[count, start, end]], station
        assert [[round(shown["avg"][0][0], 3), *shown["avg"][0][1:]]] == [[mean, start, end]]
    page = await api.ok("GET", f"/temporal/entities?type=AirQualityStation&{query}&limit=10&attrs=no2")
    assert [round(one["no2"]["avg"][0][0], 3) for one in page] == [35.266, 22.791, 36.546]
    hourly = await api(
        "GET", f"/temporal/entities/urn:ngsi-ld:AirQualityStation:NL01487?{window}&options=temporalValues"
    )
    assert (hourly.status_code, len(hourly.json()["no2"]["values"])) == (200, 8564)
