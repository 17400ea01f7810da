# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each kind of file becomes, piece by piece; what is wrong in it is told with file and line, and spoils no other."""

import io
from typing import Any

import msgspec
import pytest

from hanze.errors import ConfigurationError
from hanze.feeds.kinds.files import pieces as made
from hanze.feeds.kinds.files.pieces import PIECE, pieces
from hanze.feeds.shapes.shape import Moment, Part, Place, Shape
from hanze.feeds.source import Feed, Found
from hanze.feeds.tables.mapping import Attribute, Csv, Location
from hanze.ngsild.context import Context, build
from hanze.ngsild.times import text
from tests.feeds.kinds.files.making import HEADER, NO2, TABLE, readings, reasons, rows
from tests.feeds.kinds.reading import of, value

SHAPE = Shape("Parking", "urn:ngsi-ld:Parking:{id}", "spots", (Part("free", "free", unit="C62"),), Moment("at"))
ROOM = {"id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": {"type": "Property", "value": 21}}


def find(user: Any) -> Context:
    return build(user, {})


def read(name: str, body: bytes, skip: int = 0, **told: Any) -> list[tuple[int, Found]]:
    return list(pieces(io.BytesIO(body), name, Feed("files", "/x", **told), find, skip))


def only(name: str, body: bytes, **told: Any) -> Found:
    ((_, found),) = read(name, body, **told)
    return found


def wrong(name: str, body: bytes, **told: Any) -> str:
    with pytest.raises(ConfigurationError) as error:
        read(name, body, **told)
    assert error.value.detail.startswith(name)
    return error.value.detail


def json(value: object) -> bytes:
    return msgspec.json.encode(value)


def test_rows_of_a_table_are_history_and_the_newest_of_each_is_an_entity() -> None:
    body = HEADER + "a,2026-01-01T02:00:00,2\nb,2026-01-01T01:00:00,5\na,2026-01-01T01:00:00,1\na,x,3\n"
    found = only("air.csv", body.encode(), table=TABLE)
    assert readings(found) == [("a", "01:00:00", 1.0), ("a", "02:00:00", 2.0), ("b", "01:00:00", 5.0)]
    assert {(one.type, one.attribute) for one in found.series} == {
        ("https://uri.etsi.org/ngsi-ld/default-context/Station", NO2)
    }
    assert [(one.id.rpartition(":")[2], of(one, "no2")) for one in found.entities] == [
        (name, {"type": "Property", "value": number, "unitCode": "GQ", "observedAt": f"2026-01-01T{hour}:00:00Z"})
        for name, number, hour in (("a", 2.0, "02"), ("b", 5.0, "01"))
    ]
    assert text(found.observed or 0) == "2026-01-01T02:00:00Z"
    assert list(reasons(found)) == ["air.csv, line 5"]


def test_a_large_table_comes_in_pieces_and_goes_on_behind_any_row() -> None:
    body = (HEADER + rows(2 * PIECE + 5)).encode()
    assert [done for done, _ in read("a.csv", body, table=TABLE)] == [PIECE, 2 * PIECE, 2 * PIECE + 5]
    ((done, found),) = read("a.csv", body, 2 * PIECE + 3, table=TABLE)
    assert (done, [number for _, _, number in readings(found)]) == (2 * PIECE + 5, [2 * PIECE + 3.0, 2 * PIECE + 4.0])


def test_the_encoding_is_that_of_the_mapping_and_facts_are_entities() -> None:
    table = msgspec.structs.replace(
        TABLE, time=None, attribute=(Attribute("name", "name", kind="text"),), csv=Csv(";", encoding="latin-1"),
        location=Location("x", "y"),
    )  # fmt: skip
    found = only("places.txt", "station;name;x;y\na;Café;4.5;52\nb;Quay;4.5;152\n".encode("latin-1"), table=table)
    assert [(value(one, "name"), value(one, "location")["coordinates"]) for one in found.entities] == [
        ("Café", [4.5, 52])
    ]
    assert list(reasons(found)) == ["places.txt, line 3"]
    assert "is not utf-8" in wrong("a.csv", HEADER.encode() + b"caf\xe9,2026-01-01,1\n", table=TABLE)


def test_json_of_any_shape() -> None:
    spots = [{"id": "a", "free": 5, "at": "2026-01-01T01:00:00Z"}, {"id": "b", "free": "many"}, None, 7]
    found = only("park.json", json({"spots": spots}), mapping=SHAPE)
    assert [(one.id, value(one, "free")) for one in found.entities] == [("urn:ngsi-ld:Parking:a", 5)]
    assert list(reasons(found)) == [f"park.json, thing {number}" for number in (2, 3, 4)]
    assert text(found.observed or 0) == "2026-01-01T01:00:00Z"
    found = only(
        "park.ndjson",
        b'{"id": "a", "free": 1}\n\n{"id": }\n{"id": "c", "free": 3}',
        mapping=msgspec.structs.replace(SHAPE, items=""),
    )
    assert [value(one, "free") for one in found.entities] == [1, 3]
    assert list(reasons(found)) == ["park.ndjson, line 3"]
    assert "nothing at spots" in wrong("park.json", b"{}", mapping=SHAPE)


def test_geojson_by_a_mapping() -> None:
    shape = Shape(
        "Tree", "urn:x:{properties.id}", "features", (Part("h", "properties.h"),), None, Place(geometry="geometry")
    )
    feature = {
        "type": "Feature",
        "properties": {"id": 1, "h": 3},
        "geometry": {"type": "Point", "coordinates": [4, 52]},
    }
    found = only("trees.geojson", json({"type": "FeatureCollection", "features": [feature]}), mapping=shape)
    assert value(found.entities[0], "location") == feature["geometry"]
    assert 'items = "features"' in wrong("trees.geojson", b"{}")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.json", json([ROOM, 5])), ("a.jsonld", json([{**ROOM, "@context": {"Room": "https://x.test/Room"}}, 5])),
        ("a.ndjson", json(ROOM) + b"\n5\n"), ("a.jsonl", b"\n" + json(ROOM) + b"\n{"),
    ],
)  # fmt: skip
def test_ngsi_ld(name: str, body: bytes) -> None:
    found = only(name, body)
    (entity,) = found.entities
    assert (entity.id, value(entity, "temperature")) == (ROOM["id"], 21)
    assert entity.types[0].endswith("/Room")
    assert entity.types[0].startswith("https://x.test") == (name == "a.jsonld")
    assert len(found.refused) == 1
    assert not found.series


@pytest.mark.parametrize(
    "entity",
    [
        {**ROOM, "id": "urn:ngsi-ld:Source:havendam:air"},
        {**ROOM, "type": ["Room", "https://w3id.org/hanze/terms#Source"]},
    ],
)
def test_what_is_the_nodes_own_is_refused(entity: dict[str, Any]) -> None:
    found = only("a.json", json([entity, {**ROOM, "id": "urn:x:2"}]))
    assert [one.id for one in found.entities] == ["urn:x:2"]
    assert reasons(found) == {f"a.json, {entity['id']}": "only the node itself writes such entities; leave it out"}


def test_a_table_cannot_name_the_nodes_own_either() -> None:
    table = msgspec.structs.replace(TABLE, id="{station}")
    found = only("a.csv", f"{HEADER}urn:ngsi-ld:Source:x,2026-01-01,1\nurn:x:1,2026-01-01,2\n".encode(), table=table)
    assert [one.id for one in found.entities] == [one.id for one in found.series] == ["urn:x:1"]
    assert len(found.refused) == 1


def test_what_is_not_read_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "load it with hanze load" in wrong("a.parquet", b"PAR1")
    assert "say in [table] of the source" in wrong("a.csv", b"")
    assert ".csv, .geojson" in wrong("notes.doc", b"")
    assert "end its name in .ndjson" in wrong("a.json", b"{}\n{}")
    monkeypatch.setattr(made, "MOST_JSON", 1 << 20)
    assert "larger than 1 MB" in wrong("a.json", b" " * (1 << 20) + b"[]")


@pytest.mark.parametrize(("name", "told"), [("a.csv", {"table": TABLE}), ("a.ndjson", {})])
def test_a_line_without_end_does_not_fill_the_memory(
    name: str, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Endless(io.BytesIO):
        def readable(self) -> bool:
            return True

        def read1(self, size: int | None = -1) -> bytes:
            return self.readline(size)

        def read(self, size: int | None = -1) -> bytes:
            return self.readline(size)

        def readline(self, size: int | None = -1) -> bytes:
            assert size is not None and size > 0
            asked.append(size)
            assert sum(asked) < 4 << 20
            return b"9" * size

    monkeypatch.setattr(made, "MOST_LINE", 1 << 20)
    with pytest.raises(ConfigurationError, match="line 1: it is longer than 1 MB"):
        list(pieces(Endless(), name, Feed("files", "/x", **told), find, 0))


def test_nothing_is_nothing() -> None:
    assert read("a.csv", HEADER.encode(), table=TABLE) == []
    assert read("a.json", b"[]") == []
    assert read("a.ndjson", b"") == []
