# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests that are small to send, or allowed to be large, and ask for as much work as can be had."""

import random
from collections.abc import Callable
from typing import Any

from tests.prove.hostile import odd
from tests.prove.hostile.asked import Asked, Raw, dump

MEGABYTE = 1_000_000
FILLERS = 3_000
"""Entities that queries have to look at."""

Bomb = Callable[[random.Random], Asked]


def filler(number: int) -> dict[str, Any]:
    """One of them: a text that patterns find hard, a place, numbers."""
    return {
        "id": f"urn:ngsi-ld:Filler:{number:05d}{'a' * 60}", "type": "Filler", "text": "a" * 900 + f"{number}!",
        "level": number,
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4 + number % 100 / 100,
        52 + number / 5000]}},
        "next": {"type": "Relationship", "object": f"urn:ngsi-ld:Filler:{number + 1:05d}{'a' * 60}"},
    }  # fmt: skip


def _create(**members: Any) -> Asked:
    return Asked(method="POST", path="/entities", body={"id": "urn:ngsi-ld:Bomb:1", "type": "Bomb", **members})


def _get(path: str, *params: tuple[str, str]) -> Asked:
    return Asked(method="GET", path=path, params=params)


def _repeated(part: str, size: int, end: str = "") -> Raw:
    """A list of so many bytes."""
    return Raw("[" + ",".join([part] * (size // (len(part) + 1))) + end + "]")


def _many_members(count: int, value: str) -> Raw:
    return Raw("{" + ",".join(f'"k{n}":{value}' for n in range(count)) + "}")


def _attributes(count: int, value: str) -> Asked:
    text = f'{{"id":"urn:ngsi-ld:Bomb:1","type":"Bomb",{dump(_many_members(count, value))[1:]}'
    return Asked(method="POST", path="/entities", text=text.encode())


def _ring(count: int) -> list[list[float]]:
    """A closed ring that crosses itself everywhere."""
    chance = random.Random(count)
    points = [[4 + chance.random(), 52 + chance.random()] for _ in range(count)]
    return [*points, points[0]]


def _pattern(chance: random.Random) -> str:
    return chance.choice(odd.PATTERNS)


def _sub(depth: int, width: int) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "Property", "value": 1}
    for _ in range(depth):
        made = {"type": "Property", "value": 1, **{f"s{n}": made for n in range(width)}}
    return made


def _posted(**members: Any) -> Asked:
    return Asked(
        method="POST",
        path="/entityOperations/query",
        body={"type": "Query", "entities": [{"type": "Filler"}], **members},
    )


BOMBS: tuple[Bomb, ...] = (
    lambda chance: _create(v={"type": "Property", "value": _repeated("[]", 15 * MEGABYTE)}),
    lambda chance: _create(v={"type": "Property", "value": _repeated("{}", 15 * MEGABYTE)}),
    lambda chance: _create(v={"type": "Property", "value": _repeated('""', 15 * MEGABYTE)}),
    lambda chance: _create(v={"type": "Property", "value": _repeated("1", 15 * MEGABYTE)}),
    lambda chance: _create(v={"type": "Property", "value": _repeated("1.5", 15 * MEGABYTE)}),
    lambda chance: _create(v={"type": "Property", "value": "x" * 15 * MEGABYTE}),
    lambda chance: _create(v={"type": "Property", "value": Raw('"' + "\\u00e9" * 2 * MEGABYTE + '"')}),
    lambda chance: _create(v={"type": "Property", "value": _many_members(400_000, "1")}),
    lambda chance: _create(v=_repeated('{"type":"Property","value":1}', 12 * MEGABYTE)),
    lambda chance: _create(v=[{"value": n, "datasetId": f"urn:d:{n}"} for n in range(100_000)]),
    lambda chance: _create(v={"type": "LanguageProperty", "languageMap": _many_members(500_000, '"x"')}),
    lambda chance: _create(v={"type": "Relationship", "object": _repeated('"urn:x:1"', 8 * MEGABYTE)}),
    lambda chance: _create(v={"type": "VocabProperty", "vocab": [f"w{n}" for n in range(300_000)]}),
    lambda chance: _create(v={"type": "GeoProperty", "value": {"type": "Polygon", "coordinates": [_ring(100_000)]}}),
    lambda chance: _create(v={"type": "GeoProperty", "value": {"type": "MultiPoint", "coordinates": _ring(200_000)}}),
    lambda chance: _create(v=_sub(5, 8)),
    lambda chance: _create(v=_sub(60, 1)),
    lambda chance: _create(scope=[f"/s{n}" for n in range(200_000)]),
    lambda chance: _attributes(300_000, "1"),
    lambda chance: _attributes(80_000, '{"type":"Property","value":1,"a":{"value":2}}'),
    lambda chance: Asked(method="POST", path="/entityOperations/upsert", text=_repeated("{}", 15 * MEGABYTE).encode()),
    lambda chance: Asked(method="POST", path="/entityOperations/upsert",
                         body=[{"id": f"urn:b:{n}", "type": "Bomb",
                         **{f"a{m}": m for m in range(40)}} for n in range(5_000)]),
    lambda chance: Asked(method="POST", path="/entityOperations/upsert",
                         body=[{"id": "urn:b:same", "type": "Bomb", "a": n} for n in range(5_000)]),
    lambda chance: Asked(method="POST", path="/entityOperations/delete", text=_repeated('"urn:b:1"',
    14 * MEGABYTE).encode()),
    lambda chance: Asked(method="POST", path="/temporal/entities", body={"id": "urn:ngsi-ld:Bomb:2", "type": "Bomb",
    "v": [
        {"type": "Property", "value": n, "observedAt": f"2020-01-01T00:00:00.{n:06d}Z"} for n in range(100_000)]}),
    lambda chance: Asked(method="POST", path="/subscriptions", body={"type": "Subscription", "entities": [
        {"type": "Filler", "idPattern": f"{_pattern(chance)}{n}"} for n in range(900)],
        "notification": {"endpoint": {"uri": "http://192.0.2.1/"}}}),
    lambda chance: _get("/entities", ("type", "Filler"), ("idPattern", _pattern(chance))),
    lambda chance: _get("/entities", ("type", "Filler"), ("q", f'text~="{_pattern(chance)}"'), ("count", "true")),
    lambda chance: _get("/entities", ("type", "Filler"), ("q", ";".join(f'text!~="(a*)*{n}$"' for n in range(150))),
    ("count", "true")),
    lambda chance: _get("/entities", ("type", "Filler"), ("q", ";".join(f"level!={n}" for n in range(190))), ("limit",
    "1000")),
    lambda chance: _get("/entities", ("type", "Filler"), ("orderBy", ",".join(["text", "level;desc"] * 40)), ("limit",
    "1000"), ("count", "true")),
    lambda chance: _get("/entities", ("type", "Filler"), ("join", "inline"), ("joinLevel", "100"), ("limit", "1000")),
    lambda chance: _get("/entities", ("type", "Filler"), ("join", "flat"), ("joinLevel", "9999999"), ("limit", "1000")),
    lambda chance: _get("/entities", ("type", "|".join(["Filler", "Bomb", "Room"] * 60)), ("limit", "1000"), ("count",
    "true")),
    lambda chance: _get("/entities", ("type", "Filler"), ("pick", "id," + "{".join(["next"] * 40) + "}" * 39)),
    lambda chance: _get("/entities", ("q", "{".join(["next"] * 20) + "{level>1" + "}" * 20), ("type", "Filler")),
    lambda chance: _get("/entities", ("type", "Filler"), ("offset", "999999999999"), ("limit", "1000"), ("count",
    "true")),
    lambda chance: _get("/entities", ("type", "Filler"), ("limit", "1000"), ("options", "sysAttrs"), ("attrs",
    ",".join(["text", "level"] * 500))),
    lambda chance: _get("/entities", ("type", "Filler"), ("id", ",".join(f"urn:x:{n}" for n in range(1_500)))),
    lambda chance: _get("/entities", ("type", "Filler"), ("georel", "intersects"), ("geometry", "Polygon"),
    ("coordinates", dump([_ring(300)]))),
    lambda chance: _posted(geoQ={"georel": "within", "geometry": "Polygon", "coordinates": [_ring(20_000)]}),
    lambda chance: _posted(geoQ={"georel": "intersects", "geometry": "Polygon", "coordinates": [_ring(150_000)]}),
    lambda chance: _posted(geoQ={"georel": "near;maxDistance==1000", "geometry": "LineString",
    "coordinates": _ring(50_000)}),
    lambda chance: _posted(geoQ={"georel": "disjoint", "geometry": "MultiPoint", "coordinates": _ring(50_000)}),
    lambda chance: _posted(entities=[{"type": "Filler", "idPattern": f"(a*)*{n}$"} for n in range(2_000)]),
    lambda chance: _posted(entities=[{"type": "Filler", "id": [f"urn:x:{n}" for n in range(100_000)]}]),
    lambda chance: _posted(attrs=[f"a{n}" for n in range(100_000)]),
    lambda chance: _get("/temporal/entities", ("type", "Filler"), ("timerel", "after"), ("timeAt",
    "2000-01-01T00:00:00Z"), ("limit", "1000")),
    lambda chance: _get("/temporal/entities", ("type", "Old"), ("timerel", "after"), ("timeAt", "2000-01-01T00:00:00Z"),
    ("limit", "1000")),
    lambda chance: _get("/temporal/entities", ("type", "Old"), ("timerel", "after"), ("timeAt", "2000-01-01T00:00:00Z"),
    ("limit", "1000"),
                        ("options", "aggregatedValues"), ("aggrMethods", "avg,max,min,sum,stddev"),
                        ("aggrPeriodDuration", "PT1S")),
    lambda chance: _get("/temporal/entities/urn:ngsi-ld:Old:1", ("aggrMethods", "avg"), ("aggrPeriodDuration",
    "PT0.000001S"),
                        ("options", "aggregatedValues")),
)  # fmt: skip
