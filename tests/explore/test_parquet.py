# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables as Parquet: the same as the CSV at the same address, with types, places and origin; nowhere where it is missing."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest
import shapely
from pyarrow import parquet

from hanze.explore import listing
from hanze.web.parquet import download
from tests.explore.conftest import HIDDEN, Pages
from tests.explore.test_now import AIR, measured

pytestmark = pytest.mark.anyio


async def table(pages: Pages, address: str) -> Any:
    answer = await pages(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == download.KIND
    assert "content-encoding" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)
    return parquet.ParquetFile(io.BytesIO(answer.content))


async def rows(pages: Pages, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((await pages(address)).text)))


def same(value: Any, text: str) -> bool:
    """A value of a Parquet file, and what CSV says in its place."""
    if value is None:
        return not text
    if isinstance(value, datetime):
        return value == datetime.fromisoformat(text)
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, bytes):
        shape = shapely.from_geojson(text)
        return bool(shapely.equals(shapely.from_wkb(value), shape))
    return bool(value == (float(text) if isinstance(value, int | float) else text))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("data/type", "type=AirQualityObserved"),
        ("data/type", "type=OffStreetParking"),
        ("data/type", "type=AirQualityObserved&column=no2&column=pm10&sort=-no2"),
        ("data", ""),
        ("sources", ""),
    ],
)
async def test_it_says_the_same_as_csv(pages: Pages, monkeypatch: pytest.MonkeyPatch, path: str, query: str) -> None:
    monkeypatch.setattr(listing, "PART", 7)
    file = await table(pages, f"/en/{path}.parquet?{query}")
    expected = await rows(pages, f"/en/{path}.csv?{query}")
    found = file.read().to_pylist()
    assert len(found) == len(expected) > 0
    assert list(found[0]) == list(expected[0])
    assert len({tuple(one.items()) for one in found}) == len(found), "each row once, from all parts"
    for one, other in zip(found, expected, strict=True):
        assert all(same(one[name], other[name]) for name in other), (one, other)


async def test_columns_have_types_and_the_file_says_whose_it_is(pages: Pages) -> None:
    file = await table(pages, "/nl/data/type.parquet?type=AirQualityObserved")
    types = {one.name: str(one.type) for one in file.schema_arrow}
    assert types["no2"] == "double" and types["no2.observedAt"] == "timestamp[us, tz=UTC]"
    assert types["id"] == "string" and types["location"] == "binary" and types["simulated"] == "bool"
    told = {key.decode(): value.decode() for key, value in file.schema_arrow.metadata.items()}
    assert told["source"] == "/nl/data/type?type=AirQualityObserved"
    assert told["publisher"] == "Havendam" and told["provider"] == "Havendam (simulated)"
    assert told["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert told["made"] == "2026-03-10T13:02:00Z"
    assert msgspec.json.decode(told["geo"])["columns"]["location"]["geometry_types"] == ["Point"]


async def test_what_is_measured_now_and_how_it_went(pages: Pages) -> None:
    places = (await table(pages, f"/en/now.parquet?{AIR}")).read().to_pylist()
    stations = measured("no2")
    assert {one["name"]: one["value"] for one in places if one["name"] in stations} == stations
    assert all(shapely.from_wkb(one["geometry"]) == shapely.Point(one["longitude"], one["latitude"]) for one in places)
    id = places[0]["id"]
    for address in (f"now.{{}}?{AIR}&place={id}", f"data/thing.{{}}?id={id}&history=no2"):
        course = await table(pages, "/en/" + address.format("parquet"))
        expected = await rows(pages, "/en/" + address.format("csv"))
        found = course.read().to_pylist()
        assert len(found) == len(expected) > 10
        assert all(same(one[name], other[name]) for one, other in zip(found, expected, strict=True) for name in other)
        assert course.schema_arrow.metadata[b"licence"].startswith(b"https://creativecommons.org/")


async def test_what_is_hidden_is_hidden_here_too(pages: Pages) -> None:
    assert (await pages(f"/en/data/type.parquet?type={HIDDEN}")).status_code == 404


PAGES = ("now", "data", "data/type?type=AirQualityObserved", "sources")


async def test_pages_offer_it(pages: Pages) -> None:
    for path in PAGES:
        assert ".parquet" in await pages.ok(f"/en/{path}"), path


def test_the_node_itself_never_imports_what_its_workers_do() -> None:
    told = "import sys, hanze.node.node; print({'pyarrow', 'PIL'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True).stdout == "set()\n"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The library is not installed."""
    monkeypatch.setattr("hanze.web.parquet.find_spec", lambda name: None)
    yield


async def test_where_it_is_not_installed_it_is_offered_nowhere_and_says_why(bare: None, pages: Pages) -> None:
    for path in PAGES:
        assert "parquet" not in (await pages.ok(f"/en/{path}")).lower(), path
    answer = await pages("/en/data/type.parquet?type=AirQualityObserved")
    assert answer.status_code == 406 and answer.headers["content-type"] == "application/problem+json"
    assert "pip install 'hanze[load]'" in answer.json()["detail"]


async def test_a_table_that_is_too_large_says_so(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST_BYTES", 100)
    answer = await pages("/en/data/type.parquet?type=AirQualityObserved")
    assert answer.status_code == 413 and "choose fewer" in answer.json()["detail"]
