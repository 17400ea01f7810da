# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The access log says per minute and principal what was read; it costs no write of its own, and knows no address."""

from pathlib import Path

import pytest

from hanze.access import log
from hanze.access.log import AccessLog, describe_area, describe_period, entries
from hanze.ngsild.selection import Geo, Window
from hanze.ngsild.times import parse
from hanze.store.base import Store
from tests.access.node import ADDRESS, running
from tests.contract.conftest import START, Clock
from tests.contract.making import entity, iri, save

pytestmark = pytest.mark.anyio

BOX = {"type": "Polygon", "coordinates": [[[4.1, 51], [5, 51], [5, 53], [4.1, 53], [4.1, 51]]]}


def flush(of: AccessLog) -> bool:
    """Whether there was something to write."""
    queued = of.flush()
    if queued is not None:
        queued.result()
    return queued is not None


def test_reads_of_a_minute_are_counted_together(store: Store, clock: Clock) -> None:
    of = AccessLog(store)
    area = Geo("within", BOX, "location")
    window = Window(relation="after", start=START)
    for second in (0, 1, 59, 61):
        of.note(START + second * 1_000_000, "anyone", "", ["A"], ["a"], None, None)
    of.note(START, "anyone", "north", ["A"], ["a"], None, None)
    of.note(START, "key", "", ["A", "B"], [], area, window)
    clock.forward(3600)
    assert flush(of) and not flush(of)
    of.note(START, "anyone", "", ["A"], ["a"], None, None)
    assert flush(of)
    found = [
        (one.minute - START, one.principal, one.tenant, one.types, one.attributes, one.reads) for one in entries(store)
    ]
    assert found == [
        (0, "anyone", "", ["A"], ["a"], 3),
        (0, "anyone", "north", ["A"], ["a"], 1),
        (0, "key", "", ["A", "B"], [], 1),
        (0, "anyone", "", ["A"], ["a"], 1),
        (60_000_000, "anyone", "", ["A"], ["a"], 1),
    ]
    assert [(one.area, one.period) for one in entries(store) if one.principal == "key"] == [
        ("within [4.1000, 51.0000, 5.0000, 53.0000]", "2026-01-01T00:00:00Z..")
    ]
    assert [one.minute - START for one in entries(store, since=START + 1)] == [60_000_000]
    assert len(entries(store, limit=2)) == 2


def test_it_writes_together_with_others(store: Store) -> None:
    of = AccessLog(store)
    for n in range(1000):
        of.note(START, "anyone", "", [str(n)], [], None, None)
    before = store.writer.commits  # type: ignore[attr-defined]
    assert flush(of)
    assert store.writer.commits == before + 1  # type: ignore[attr-defined]
    assert len(entries(store)) == 1000


def test_it_does_not_gather_without_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_GATHERED", 10)
    of = AccessLog(store)
    for n in range(35):
        of.note(START, "anyone", "", [str(n)], [], None, None)
    store.submit(lambda uow: None).result()
    assert len(entries(store)) == 30
    assert flush(of) and len(entries(store)) == 35


TRIANGLE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
POINT = "[4.5000, 52.0000, 4.5000, 52.0000]"


@pytest.mark.parametrize(
    ("area", "says"),
    [
        (Geo("near", {"type": "Point", "coordinates": [4.5, 52]}, "x", 1000.0), f"near {POINT} within 1000 m"),
        (Geo("near", {"type": "Point", "coordinates": [4.5, 52, 7]}, "x", None, 5.5), f"near {POINT} beyond 5.5 m"),
        (
            Geo("within", {"type": "MultiPolygon", "coordinates": [BOX["coordinates"], TRIANGLE]}, "x"),
            "within [0.0000, 0.0000, 5.0000, 53.0000]",
        ),
        (Geo("equals", {"type": "GeometryCollection", "geometries": []}, "x"), "equals"),
    ],
)
def test_areas(area: Geo, says: str) -> None:
    assert describe_area(area) == says


@pytest.mark.parametrize(
    ("relation", "start", "end", "says"),
    [
        ("", None, None, ".."),
        ("after", "2026-01-01T00:00:00Z", None, "2026-01-01T00:00:00Z.."),
        ("before", "2026-01-01T00:00:00Z", None, "..2026-01-01T00:00:00Z"),
        ("between", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z..2026-02-01T00:00:00Z"),
    ],
)
def test_periods(relation: str, start: str | None, end: str | None, says: str) -> None:
    moments = [None if moment is None else parse(moment) for moment in (start, end)]
    assert describe_period(Window(relation=relation, start=moments[0], end=moments[1])) == says


READS = [
    ("GET", "/entities?type=Bike&attrs=place,name", None, ["Bike"], ["place", "name"], "", ""),
    ("GET", "/entities/urn:ngsi-ld:Bike:1", None, ["Bike"], [], "", ""),
    (
        "GET", "/entities?type=Bike|Bus&georel=near;maxDistance==100&geometry=Point&coordinates=[4.5,52]", None,
        ["Bike", "Bus"], [], "near [4.5000, 52.0000, 4.5000, 52.0000] within 100 m", "",
    ),
    (
        "POST", "/entityOperations/query", {"type": "Query", "entities": [{"type": "Bike"}], "attrs": ["n"]},
        ["Bike"], ["n"], "", "",
    ),
    ("GET", "/temporal/entities/urn:ngsi-ld:Bike:1?attrs=n", None, ["Bike"], ["n"], "", ".."),
    (
        "GET", "/temporal/entities?type=Bike&timerel=before&timeAt=2027-01-01T00:00:00Z&timeproperty=modifiedAt", None,
        ["Bike"], [], "", "..2027-01-01T00:00:00Z",
    ),
    (
        "POST", "/temporal/entityOperations/query",
        {
            "type": "Query", "entities": [{"type": "Bike"}], "attrs": ["n"],
            "temporalQ": {"timerel": "after", "timeAt": "2025-01-01T00:00:00Z", "timeproperty": "modifiedAt"},
        },
        ["Bike"], ["n"], "", "2025-01-01T00:00:00Z..",
    ),
]  # fmt: skip


async def test_every_read_over_http_is_noted(tmp_path: Path) -> None:
    async with running(tmp_path) as node:
        one = entity("1", "Bike", n=1)
        save(node.raw, one)
        key = node.key("reader", name="map")
        label = f"map ({key[3:11]})"
        for method, path, body, *_ in READS:
            answer = await node.ask(method, path, key, body)
            assert answer.status_code == 200, answer.text
        for path in ("/entities/urn:ngsi-ld:Bike:none", "/entities/urn:ngsi-ld:Bike:1", "/entities?q=("):
            assert not (await node.ask("GET", path)).is_success
        queued = node.access.flush()
        assert queued is not None
        queued.result()
        found = entries(node.raw)
        assert {one.principal for one in found} == {label} and {one.minute for one in found} == {START}
        assert [(one.types, one.attributes, one.area, one.period) for one in found] == [
            ([iri(type) for type in types], [iri(name) for name in names], area, period)
            for _, _, _, types, names, area, period in READS
        ]


async def test_no_address_is_written_anywhere(tmp_path: Path) -> None:
    async with running(tmp_path, open=True) as node:
        forwarded = {"X_Forwarded_For": "198.51.100.9", "Forwarded": "for=198.51.100.9"}
        body = {"id": "urn:ngsi-ld:Bike:1", "type": "Bike", "n": {"type": "Property", "value": 1}}
        assert (await node.ask("POST", "/entities", None, body, **forwarded)).status_code == 201
        assert (await node.ask("GET", "/entities?type=Bike", None, **forwarded)).status_code == 200
        assert (await node.ask("GET", "/entities/urn:x:1", "hz_wrong", **forwarded)).status_code == 401
        queued = node.access.flush()
        assert queued is not None
        queued.result()
        written = node.bytes()
    assert b"anyone" in written and b"urn:ngsi-ld:Bike:1" in written
    for address in (ADDRESS, "198.51.100.9"):
        assert address.encode() not in written
