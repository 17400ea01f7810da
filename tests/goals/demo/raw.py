# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the demonstration before any indicator is made of it: entities and history, as the NGSI-LD API gives them."""

import asyncio
import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.access import Policy
from hanze.http.limits import Limits
from hanze.node.config import load
from hanze.node.policy import policy
from hanze.store.base import Store
from tests.broker.conftest import served
from tests.contract.conftest import Clock
from tests.goals.demo.havendam import MOMENT, NOW

MEASURED = {
    "AirQualityObserved": "no2,o3,pm10,pm25", "WeatherObserved": "temperature,precipitation", "NoiseLevelObserved": "LAeq",
    "BikeHireDockingStation": "availableBikeNumber", "OffStreetParking": "occupancy", "WasteContainer": "fillingLevel",
    "Streetlight": "illuminanceLevel", "TrafficFlowObserved": "intensity,averageVehicleSpeed", "GtfsTrip": "delay",
}  # fmt: skip
STILL = ("GtfsStop", "Garden")
TERMS = "https://w3id.org/hanze/terms#"
CITY = "HVD"
AREA, VALUE = TERMS + "AdministrativeArea", "KeyPerformanceIndicator"

SINCE, MONTH = "2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z"
"""The start of the year and of the month in Havendam."""

Told = dict[str, Any]
"""An entity as it came."""

Series = list[tuple[str, float]]
"""Moments as they came, and values."""


class Area(msgspec.Struct):
    code: str
    level: str
    parent: str
    people: float
    shape: BaseGeometry


class Thing(msgspec.Struct):
    """`leaf`: the code of the neighbourhood that it lies in, empty where it has no place, None outside of all."""

    id: str
    told: Told
    shape: BaseGeometry | None
    leaf: str | None


class Raw(msgspec.Struct):
    """`series`: by attribute and thing. `land`: by year, the polygons of a use. `entered`: by indicator, part and area, what
    officers wrote of each year. `open`: the percentage of types that everyone may read. `values`: of indicators, by indicator and
    area; `past`: those of periods that are over, by their start."""

    areas: dict[str, Area]
    things: dict[str, list[Thing]]
    series: dict[tuple[str, str], Series]
    land: dict[int, list[tuple[str, BaseGeometry]]]
    entered: dict[tuple[str, str, str], dict[int, float]]
    open: float
    values: dict[tuple[str, str], Told]
    past: dict[tuple[str, str], dict[str, float]]

    def some(self, type: str, **facts: object) -> list[Thing]:
        """Those of which all these are told."""
        return [
            one for one in self.things[type] if all(_is(value(one.told, name), told) for name, told in facts.items())
        ]

    def leaves(self, code: str) -> list[str]:
        """The neighbourhoods of an area, itself where it is one."""
        below = [one.code for one in self.areas.values() if one.parent == code]
        return [leaf for one in below for leaf in self.leaves(one)] if below else [code]

    def people(self, code: str) -> float:
        return sum(self.areas[leaf].people for leaf in self.leaves(code))


def value(told: Told, name: str) -> Any:
    """Of a property; a word of Hanze's own stands there with its whole address."""
    found = told.get(name) or told.get(TERMS + name) or {}
    return found.get("json", found.get("value"))


def _is(told: object, asked: object) -> bool:
    return asked in told if isinstance(told, list) else told == asked


def read(folder: Path, store: Store) -> Raw:
    return asyncio.run(_read(folder, store))


async def _read(folder: Path, store: Store) -> Raw:
    rules = policy(load(folder), open=False)
    async with _client(store, Policy(open=True)) as every, _client(store, rules) as anyone:
        areas = [_area(one) for one in await _entities(every, AREA)]
        leaves = [one for one in areas if one.code not in {other.parent for other in areas}]
        things = {type: [_thing(one, leaves) for one in await _entities(every, type)] for type in (*MEASURED, *STILL)}
        series: dict[tuple[str, str], Series] = {}
        for type, names in MEASURED.items():
            for one in things[type]:
                series |= await _history(every, one.id, names)
        types = [len((await _ok(client, "/types"))["typeList"]) for client in (anyone, every)]
        values = {(value(one, "indicator"), value(one, "area")): one for one in await _entities(every, VALUE)}
        wanted = {code for code, *_ in _entered(folder)}
        over = [key for key, one in values.items() if one[TERMS + "receipt"]["observedAt"] == MONTH or key[0] in wanted]
        past = {key: await _past(every, values[key]["id"]) for key in over}
    return Raw(
        {one.code: one for one in areas},
        things,
        series,
        _land(folder),
        _entered(folder),
        100 * types[0] / types[1],
        values,
        past,
    )


def _client(store: Store, rules: Policy) -> httpx2.AsyncClient:
    clock = Clock()
    clock.now = NOW
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(served(store, clock, Limits(), policy=rules)), base_url="http://city"
    )


async def _ok(client: httpx2.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text[:200]
    return answer.json()


async def _entities(client: httpx2.AsyncClient, type: str) -> list[Told]:
    found: list[Told] = []
    while page := await _ok(client, f"/entities?type={quote(type)}&limit=1000&offset={len(found)}"):
        found += page
    return found


async def _history(client: httpx2.AsyncClient, id: str, names: str) -> dict[tuple[str, str], Series]:
    """By attribute and thing, since the start of the year."""
    since = f"timerel=between&timeAt={SINCE}&endTimeAt={MOMENT}&options=temporalValues"
    told = await _ok(client, f"/temporal/entities/{id}?attrs={names}&{since}")
    return {
        (name, id): [(at, number) for number, at in told[name]["values"]] for name in names.split(",") if name in told
    }


async def _past(client: httpx2.AsyncClient, id: str) -> dict[str, float]:
    answer = await client.get(f"/temporal/entities/{id}?attrs=kpiValue&options=temporalValues")
    told = answer.json() if answer.status_code != 404 else {}
    return {at: number for number, at in told.get("kpiValue", {"values": []})["values"]}


def _area(told: Told) -> Area:
    code, level, parent, people = (value(told, name) for name in ("code", "level", "parent", "population"))
    return Area(code, level, parent or "", people, shapely.geometry.shape(told["location"]["value"]))


def _thing(told: Told, leaves: list[Area]) -> Thing:
    if "location" not in told:
        return Thing(told["id"], told, None, "")
    shape = shapely.geometry.shape(told["location"]["value"])
    inside = sorted(one.code for one in leaves if one.shape.intersects(shape.representative_point()))
    return Thing(told["id"], told, shape, inside[0] if inside else None)


def _entered(folder: Path) -> dict[tuple[str, str, str], dict[int, float]]:
    found: dict[tuple[str, str, str], dict[int, float]] = {}
    with (folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["code"], row["part"], row["area"] or CITY)
            found.setdefault(key, {})[int(row["period"])] = float(row["value"])
    return found


def _land(folder: Path) -> dict[int, list[tuple[str, BaseGeometry]]]:
    """By the year of each map, its polygons with their uses."""
    found: dict[int, list[tuple[str, BaseGeometry]]] = {}
    for file in folder.glob("land-*.geojson"):
        for one in json.loads(file.read_text("utf-8"))["features"]:
            facts = one["properties"]
            found.setdefault(facts["year"], []).append((facts["use"], shapely.geometry.shape(one["geometry"])))
    return found
