# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Formats and services are told apart by their bytes; what is no data is told in one sentence."""

import gzip
import json
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError, SourceFailed
from hanze.feeds.kinds import KINDS
from hanze.feeds.shapes.reading import read
from tests.feeds.kinds.datex import measured3, point3, quantity3, record3, site3, table3
from tests.feeds.kinds.gbfs.making import document, listing, station
from tests.feeds.kinds.reading import rubbish, spoilt
from tests.feeds.kinds.test_gtfs_rt import feed as realtime
from tests.feeds.kinds.test_gtfs_rt import vehicle
from tests.feeds.kinds.test_sensor_community import reading
from tests.feeds.kinds.zips import packed
from tests.feeds.probing.guessing import guessed

LOGIN = (
    b"<!DOCTYPE html><html><head><title>Inloggen - Gemeente</title></head><form><input type='password'></form></html>"
)
LIST = {"pagination": {"current_page": 1, "next_page": 2}, "data": [{"number": "NL10636", "location": "Utrecht"}]}
READINGS = {
    "pagination": {},
    "data": [{"station_number": "NL1", "formula": "NO2", "timestamp_measured": "", "value": 1}],
}
ENTITY = {"id": "urn:ngsi-ld:Room:1", "type": "Room", "t": {"type": "Property", "value": 1}}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "nothing at all"),
        (b" \n", "nothing at all"),
        (LOGIN, 'web page to log in stands there with the title "Inloggen - Gemeente"'),
        (b"<html><body>Onderhoud</body></html>", "A web page stands there, not data"),
        (b"<!-- x -->\n<!doctype HTML><title>Open &amp; data</title>", 'with the title "Open & data"'),
        (gzip.compress(measured3(site3("A", [])), mtime=0)[:-9], "gzip that was cut off"),
        (gzip.compress(b"<html>Login</html>", mtime=0), "web page to log in"),
        (gzip.compress(b'{"a": 1}', mtime=0), "packed with gzip, and is not XML"),
        (b'{"stations": [{"id": 1', "begins as JSON and is none"),
        (b"PK\3\4 half a zip", "no zip, or it was cut off"),
        (b"\x89PNG\r\n\x1a\n", "of no known format"),
        (b"All is well.", "of no known format"),
        (b"{}", "JSON, but empty"),
        (b"[]", "JSON, but empty"),
        (b'{"features": []}', "no list of things"),
        (b'{"error": {"code": 499, "message": "Token Required"}}', "answers with an error: {'code': 499"),
        (msgspec.json.encode(document(stations=[station()])), "One file of a GBFS system"),
    ],
)
def test_what_is_no_data_is_told_with_advice(body: bytes, told: str) -> None:
    with pytest.raises(SourceFailed) as failed:
        guessed(body)
    assert told in failed.value.detail and failed.value.advice.endswith((".", "…"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (listing("https://a.b/", "station_status"), "gbfs"),
        (listing("https://a.b/", "station_status", version="3.0"), "gbfs"),
        (packed(), "gtfs"),
        (realtime(vehicle()), "gtfs_rt"),
        (measured3(site3("A", [quantity3(1, "flow", 9)])), "ndw"),
        (gzip.compress(measured3(site3("A", [quantity3(1, "flow", 9)])), mtime=0), "ndw"),
        (msgspec.json.encode(LIST), "luchtmeetnet"),
        (msgspec.json.encode(READINGS), "luchtmeetnet"),
        (msgspec.json.encode([reading(1, P1="4")]), "sensor_community"),
    ],
)
def test_a_kind_is_known_by_the_bytes(body: bytes, kind: str) -> None:
    feed = guessed(body).feed
    assert feed is not None and feed.kind == kind


def test_gtfs_realtime_is_known_also_where_it_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    body = realtime(vehicle())
    monkeypatch.setitem(sys.modules, "google.transit", None)
    feed = guessed(body).feed
    assert feed is not None and feed.kind == "gtfs_rt"


@pytest.mark.parametrize(
    ("body", "told", "note"),
    [
        (packed({"a.shp": "x"}), "A zip with a.shp", "unpack it"),
        (table3(record3("A", point3(52, 4))), "The table of sites of DATEX II", "site_table=https://example.org"),
        (b'<d2 xmlns="http://datex2.eu/s" type="SituationPublication"/>', "without measurements (SituationPublication)", "no kind"),
        (b'<?xml version="1.0"?><wfs:X xmlns:wfs="http://www.opengis.net/wfs/2.0"/>', "web feature service", "GeoJSON"),
        (b"<rss version='2.0'/>", "News (RSS)", "no kind of source"),
        (b"<?xml version='1.0'?><garage:list/>", "XML with the root list", "no kind of source"),
        (b'{"a": 1}\n{"a": 2}\n', "Lines of JSON", "hanze load FILE.ndjson"),
        (b"PAR1....", "Parquet", "hanze load"),
        (b"openapi: 3.0.0\ninfo:\n", "description of an API", "an address"),
        (b'{"openapi": "3.0.0", "paths": {}}', "description of an API", "an address"),
        (b'{"@context": {"a": "b:c"}}', "@context", "address of the data"),
        (b'{"help": "?", "success": true, "result": {"records": [{"a": 1}]}}', "CKAN", "no kind of source for CKAN yet"),
        (b'{"value": [{"name": "Things"}, {"name": "Datastreams"}]}', "SensorThings", "no kind of source for SensorThings"),
        (b'{"value": [{"@iot.id": 1, "name": "x"}]}', "SensorThings", "no kind of source for SensorThings"),
        (b'{"title": "x", "links": [{"rel": "conformance"}]}', "OGC API Features", "collections/NAME/items"),
        (b'{"collections": [{"id": "trees"}], "links": []}', "Its collections: trees", "collections/trees/items?f=json"),
        (json.dumps([ENTITY]).encode(), "1 entities of NGSI-LD, as a file", "hanze load"),
    ],
)  # fmt: skip
def test_what_has_no_kind_is_known_and_told_plainly(body: bytes, told: str, note: str) -> None:
    proposal = guessed(body)
    assert proposal.feed is None and told in proposal.what and note in " ".join(proposal.notes)


@pytest.mark.parametrize("path", ["/ngsi-ld/v1/entities?type=Room", "/city/ngsi-ld/v1/types"])
@pytest.mark.parametrize("body", [[ENTITY], {"id": "urn:x:1", "type": "EntityTypeList", "typeList": ["Room"]}])
def test_another_broker_is_known_by_its_answers(path: str, body: Any) -> None:
    proposal = guessed(body, f"https://example.org{path}")
    assert proposal.what == "A broker of NGSI-LD."
    if "ngsild" in KINDS:
        assert proposal.feed is not None and proposal.feed.kind == "ngsild"
        assert proposal.feed.url == "https://example.org" + path.partition("/ngsi-ld")[0]


def test_a_source_is_asked_for_as_often_as_its_answer_counts() -> None:
    things = [{"id": 1, "free": 3}]
    for header, every in (("public, max-age=120", 120), ("max-age=1", None), ("no-store", None)):
        feed = guessed(things, cache_control=header).feed
        assert feed is not None and feed.every == every


@given(rubbish | st.lists(rubbish, max_size=4))
def test_any_json_gets_a_mapping_that_can_be_used_or_a_reason(document: Any) -> None:
    check(msgspec.json.encode(document))


@given(
    spoilt(
        {"records": [{"id": n, "free": n, "at": "2026-01-01T00:00:00Z", "place": [4.5, 52.0 + n]} for n in range(3)]}
    )
)
def test_spoilt_json_gets_a_mapping_that_can_be_used_or_a_reason(document: Any) -> None:
    check(msgspec.json.encode(document))


@given(st.binary(max_size=200))
def test_any_bytes_are_known_or_get_a_reason(body: bytes) -> None:
    check(body)


def check(body: bytes) -> None:
    try:
        feed = guessed(body).feed
    except SourceFailed as failed:
        assert failed.detail and failed.advice
        return
    if feed is not None and feed.mapping is not None:
        feed.mapping.check()
        try:
            read(msgspec.json.decode(body), feed.mapping)
        except HanzeError as error:
            assert error.detail
