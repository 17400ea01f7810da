# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vehicles, trips and alerts: recorded feeds in protobuf text, and feeds made here by the published reference."""

import sys
from typing import Any

import pytest
from google.protobuf import text_format
from google.transit import gtfs_realtime_pb2
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import HanzeError, SourceFailed
from hanze.feeds.kinds import gtfs_rt_alert, gtfs_rt_message, gtfs_rt_trip
from hanze.feeds.kinds.gtfs_rt import Decoded, GtfsRealtime, decode
from hanze.feeds.kinds.gtfs_rt_fields import Names
from hanze.feeds.source import Feed, Found, State
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from tests.feeds.kinds.reading import of, value
from tests.feeds.kinds.serving import SHARED, Question, Reply, asking, source

RECORDED = SHARED / "api_fixtures/gtfs_rt"
recordings = pytest.mark.skipif(not RECORDED.exists(), reason="shared/data/api_fixtures is not here")

NAMES = Names("live", "haag")
HEADER = 'header { gtfs_realtime_version: "2.0" timestamp: 1767225600 }'
AT = "2026-01-01T00:00:00Z"


def feed(*entities: str, header: str = HEADER) -> bytes:
    """A feed of these entities, each as protobuf text; ids are their numbers. QQ stands for bytes that are no UTF-8."""
    parts = (f'entity {{ id: "{number}" {one} }}' for number, one in enumerate(entities, 1))
    message: Any = text_format.Parse("\n".join((header, *parts)), gtfs_realtime_pb2.FeedMessage())
    packed: bytes = message.SerializeToString()
    return packed.replace(b"QQ", b"\xff\xff")


def read(*entities: str, names: Names = NAMES, header: str = HEADER) -> Found:
    return decode(feed(*entities, header=header), names).found


def vehicle(id: str = "v1", more: str = "", latitude: float = 52.07, longitude: float = 4.32) -> str:
    place = f"latitude: {latitude} longitude: {longitude} {more}"
    return f'vehicle {{ vehicle {{ id: "{id}" }} timestamp: 1767225590 position {{ {place} }} }}'


def only(found: Found) -> Entity:
    (one,) = found.entities
    return one


def names_of(entity: Entity) -> set[str]:
    return {CORE.compact(name) for name in entity.attributes}


def recorded(name: str) -> Decoded:
    message: Any = text_format.Parse((RECORDED / name).read_text(), gtfs_realtime_pb2.FeedMessage())
    return decode(message.SerializeToString(), NAMES)


def test_a_vehicle() -> None:
    found = read(
        'vehicle { vehicle { id: "v1" label: "Tram 9" license_plate: "AB-12" } timestamp: 1767225590 stop_id: "HS1" '
        'trip { trip_id: "t1" route_id: "9" } current_status: STOPPED_AT occupancy_status: FULL occupancy_percentage: 97 '
        "position { latitude: 52.07 longitude: 4.32 bearing: 270.5 speed: 10 } }"
    )
    made = only(found)
    when = "2025-12-31T23:59:50Z"
    assert made.id == "urn:ngsi-ld:Vehicle:live:v1"
    assert of(made, "location") == {
        "type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.32, 52.07]}, "observedAt": when,
    }  # fmt: skip
    assert of(made, "speed") == {"type": "Property", "value": 36.0, "unitCode": "KMH", "observedAt": when}
    assert of(made, "bearing") == {"type": "Property", "value": 270.5, "unitCode": "DD", "observedAt": when}
    told = {name: value(made, name) for name in names_of(made) - {"location", "speed", "bearing"}}
    assert told == {
        "fleetVehicleId": "v1", "name": "Tram 9", "currentStatus": "STOPPED_AT", "occupancyStatus": "FULL",
        "occupancyPercentage": 97, "hasTrip": "urn:ngsi-ld:GtfsTrip:haag:t1", "hasRoute": "urn:ngsi-ld:GtfsRoute:haag:9",
        "hasStop": "urn:ngsi-ld:GtfsStop:haag:HS1",
    }  # fmt: skip
    assert found.observed == 1_767_225_590_000_000 and found.refused == []


def test_without_a_timetable_texts_stand_for_links() -> None:
    made = only(read('vehicle { trip { trip_id: "t1" route_id: "9" } stop_id: "HS1" }', names=Names("live")))
    assert made.id == "urn:ngsi-ld:Vehicle:live:1", "the id of the entity, where the vehicle has none"
    assert {name: value(made, name) for name in names_of(made)} == {
        "fleetVehicleId": "1", "tripId": "t1", "routeId": "9", "stopId": "HS1",
    }  # fmt: skip


def test_the_moment_of_the_feed_where_the_vehicle_tells_none() -> None:
    made = only(read("vehicle { position { latitude: 52 longitude: 4 } }"))
    assert (of(made, "location") or {})["observedAt"] == AT
    untimed = only(
        read(vehicle().replace("timestamp: 1767225590", ""), header='header { gtfs_realtime_version: "2.0" }')
    )
    assert "observedAt" not in (of(untimed, "location") or {})


@pytest.mark.parametrize(
    ("entity", "field", "why"),
    [
        (vehicle(latitude=95), "position", "latitude"),
        (vehicle(latitude=0, longitude=0), "position", "0, 0"),
        (vehicle(longitude=float("nan")), "position", "position"),
        (vehicle(more="speed: -1"), "speed", "speed is -1 m/s"),
        (vehicle(more="speed: 500"), "speed", "speed is 500 m/s"),
        (vehicle(more="speed: nan"), "speed", "speed is nan"),
        (vehicle(more="bearing: 361"), "bearing", "bearing is 361"),
        (vehicle().replace("1767225590", "18446744073709551615"), "timestamp", "timestamp is 1844"),
        (vehicle().replace('"v1"', '"v1" label: "QQ"'), "label", "not UTF-8"),
        ('trip_update { trip { trip_id: "t" } delay: 90000 }', "delay", "90000"),
        (
            'trip_update { trip { trip_id: "t" } stop_time_update { arrival { delay: -90000 } } }',
            "stop_time_update 1", "-90000",
        ),
        ("alert { active_period { start: 18446744073709551615 } }", "active_period", "start"),
        ('alert { header_text { translation { text: "QQ" } } }', "header_text", "not UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_value_spoils_no_other(entity: str, field: str, why: str) -> None:
    found = read(entity, vehicle("other"))
    assert [one.where for one in found.refused] == [f"entity '1' {field}"]
    assert why in found.refused[0].reason
    assert len(found.entities) == 2 and names_of(found.entities[0])


@pytest.mark.parametrize("bad", ["trip_update { trip { } }", 'vehicle { vehicle { id: "QQ" } }'])
def test_a_bad_entity_spoils_no_other(bad: str) -> None:
    found = read(bad, vehicle())
    assert only(found).id.endswith(":v1") and [one.where for one in found.refused] == ["entity '1'"]
    with pytest.raises(SourceFailed, match="Nothing of the feed can be used"):
        read(bad)


def test_a_vehicle_that_is_listed_twice_is_where_it_was_last() -> None:
    earlier = vehicle(latitude=51).replace("1767225590", "1767225500")
    for listed in ((vehicle(), earlier), (earlier, vehicle())):
        assert value(only(read(*listed)), "location")["coordinates"] == [4.32, 52.07]


def test_the_delay_at_the_next_stop() -> None:
    def stop(id: str, delay: int, time: int) -> str:
        return f'stop_time_update {{ stop_id: "{id}" arrival {{ delay: {delay} time: {time} }} }}'

    behind, ahead = stop("a", 60, 1767225500), stop("b", 90, 1767225700)
    made = only(read(f'trip_update {{ trip {{ trip_id: "t" route_id: "9" }} {behind} {ahead} }}'))
    assert made.id == "urn:ngsi-ld:GtfsTrip:haag:t" and value(made, "hasRoute") == "urn:ngsi-ld:GtfsRoute:haag:9"
    assert of(made, "delay") == {"type": "Property", "value": 90, "unitCode": "SEC", "observedAt": AT}
    assert value(made, "stopDelays") == [
        {"stopId": "a", "arrivalDelay": 60, "arrivalTime": "2025-12-31T23:58:20Z"},
        {"stopId": "b", "arrivalDelay": 90, "arrivalTime": "2026-01-01T00:01:40Z"},
    ]
    told = only(read(f'trip_update {{ trip {{ trip_id: "t" }} delay: 30 timestamp: 1767225590 {ahead} }}'))
    assert of(told, "delay") == {
        "type": "Property", "value": 30, "unitCode": "SEC", "observedAt": "2025-12-31T23:59:50Z",
    }  # fmt: skip


def test_a_trip_that_does_not_run() -> None:
    made = only(read('trip_update { trip { trip_id: "t" schedule_relationship: CANCELED start_date: "20260101" } }'))
    assert value(made, "scheduleRelationship") == "CANCELED" and value(made, "startDate") == "20260101"
    assert of(made, "delay") is None and of(made, "stopDelays") is None


def test_trips_of_a_line_by_frequency_are_apart() -> None:
    def trip(start: str, id: str = "t") -> str:
        return f'trip_update {{ trip {{ trip_id: "{id}" route_id: "9" start_time: "{start}" }} delay: 1 }}'

    assert len({one.id for one in read(trip("11:00:00"), trip("12:00:00")).entities}) == 2
    assert len({one.id for one in read(trip("11:00:00", ""), trip("12:00:00", "")).entities}) == 2


@recordings
def test_the_recorded_trips() -> None:
    found = recorded("trip-updates-full.asciipb").found
    first, second = found.entities
    assert first.id == "urn:ngsi-ld:GtfsTrip:haag:trip-1" and value(first, "delay") == 5
    assert value(first, "stopDelays") == [
        {"stopSequence": 3, "arrivalDelay": 5}, {"stopSequence": 8, "arrivalDelay": 1}, {"stopSequence": 10},
    ]  # fmt: skip
    assert value(second, "delay") == -2 and found.refused == [] and found.observed == 1_284_457_468_000_000


@recordings
def test_the_recorded_alert() -> None:
    decoded = recorded("alerts.asciipb")
    made = only(decoded.found)
    assert decoded.full and made.id == "urn:ngsi-ld:Alert:live:0"
    assert (of(made, "name") or {})["languageMap"] == {
        "en": "Stop at Elm street is closed, temporary stop at Oak street"
    }
    told = ("cause", "effect", "validFrom", "validTo", "hasRoute", "hasStop", "affects")
    assert [value(made, name) for name in told] == [
        "CONSTRUCTION", "DETOUR", "2010-09-14T09:44:28Z", "2010-09-14T12:41:12Z",
        ["urn:ngsi-ld:GtfsRoute:haag:219", "urn:ngsi-ld:GtfsRoute:haag:100"],
        ["urn:ngsi-ld:GtfsStop:haag:16230", "urn:ngsi-ld:GtfsStop:haag:16299"],
        [{"routeId": "219"}, {"stopId": "16230"}, {"routeId": "100", "stopId": "16299"}],
    ]  # fmt: skip


def test_an_alert_without_an_end() -> None:
    made = only(
        read(
            "alert { active_period { start: 1767225600 end: 1767229200 } active_period { start: 1767222000 } "
            'severity_level: WARNING header_text { translation { text: "Traag" } translation { text: "Slow" language: "en" } } '
            'informed_entity { route_id: "9" } }'
        )
    )
    assert value(made, "validFrom") == "2025-12-31T23:00:00Z" and of(made, "validTo") is None
    assert value(made, "severity") == "medium" and value(made, "hasRoute") == "urn:ngsi-ld:GtfsRoute:haag:9"
    assert (of(made, "name") or {})["languageMap"] == {"@none": "Traag", "en": "Slow"}


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gtfs_rt_trip, "MOST_STOPS", 2)
    monkeypatch.setattr(gtfs_rt_alert, "MOST_PARTS", 2)
    stops = 'trip_update { trip { trip_id: "t" } ' + "stop_time_update { arrival { delay: 1 } } " * 3 + "}"
    found = read(stops, "alert { effect: DETOUR " + "informed_entity { } " * 3 + "}")
    assert [one.where for one in found.refused] == ["entity '1' stop_time_update", "entity '2' informed_entity"]
    assert "2 are read at most" in found.refused[0].reason and len(found.entities) == 2
    monkeypatch.setattr(gtfs_rt_message, "MOST_ENTITY", 100)
    large = read(vehicle(), vehicle("x" * 200))
    assert [one.where for one in large.refused] == ["entity 2"] and only(large).id.endswith(":v1")
    monkeypatch.setattr(gtfs_rt_message, "MOST_ENTITIES", 1)
    with pytest.raises(SourceFailed, match="more than 1 entities"):
        read(vehicle(), vehicle("v2"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no header"),
        (b"<html><body>Moved</body></html>", "no protobuf"),
        (b'{"header": {}}', "no protobuf"),
        (feed(vehicle())[:-3], "cut off"),
        (b"\x0a\x00", "gtfs_realtime_version"),
        (b"\x0a\x02\xff\xff", "header"),
        (b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "cut off"),
    ],
)
def test_what_is_no_feed(data: bytes, told: str) -> None:
    with pytest.raises(SourceFailed, match=told):
        decode(data, NAMES)


def test_a_node_that_cannot_read_protobuf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = feed(vehicle())
    monkeypatch.setitem(sys.modules, "google.transit", None)
    with pytest.raises(SourceFailed, match="gtfs-realtime-bindings") as failed:
        decode(data, NAMES)
    assert "pip install 'hanze[transit]'" in failed.value.advice


@given(st.binary(max_size=80), st.binary(max_size=80), st.integers(0, 200))
def test_rubbish_is_refused_or_a_failure_of_the_source(rubbish: bytes, inner: bytes, place: int) -> None:
    whole = feed(vehicle(), 'trip_update { trip { trip_id: "t" } delay: 3 }', "alert { effect: DETOUR }")
    at = place * len(whole) // 200
    for data in (rubbish, whole[:at] + inner + whole[at:], whole + bytes([0x12, len(inner)]) + inner):
        try:
            decode(data, NAMES)
        except SourceFailed as failed:
            assert failed.detail and failed.advice


@pytest.mark.anyio
async def test_what_is_listed_no_longer_is_gone() -> None:
    kind, state = GtfsRealtime(), State()
    gone = []
    async with source({}) as running, asking() as get:
        live = Feed("gtfs_rt", running.url(), "live")
        for listed in ((vehicle("a"), vehicle("b")), (vehicle("b", latitude=99),), (), (vehicle("c"),)):
            running.answers = {"/": feed(*listed)}
            found, state = await kind.look(live, state, get, 0)
            gone.append(found.gone)
    assert gone == [[], ["urn:ngsi-ld:Vehicle:live:a"], ["urn:ngsi-ld:Vehicle:live:b"], []]


@pytest.mark.anyio
async def test_a_feed_of_changes_says_itself_what_is_gone() -> None:
    kind, state = GtfsRealtime(), State()
    changes = HEADER.replace("timestamp", "incrementality: DIFFERENTIAL timestamp")
    async with source({"/": feed(vehicle("a"), vehicle("b"))}) as running, asking() as get:
        live = Feed("gtfs_rt", running.url(), "live")
        _, state = await kind.look(live, state, get, 0)
        running.answers = {"/": feed(vehicle("c"), "is_deleted: true " + vehicle("a"), header=changes)}
        found, state = await kind.look(live, state, get, 0)
        assert (only(found).id, found.gone) == ("urn:ngsi-ld:Vehicle:live:c", ["urn:ngsi-ld:Vehicle:live:a"])
        running.answers = {"/": feed()}
        found, state = await kind.look(live, state, get, 0)
    assert found.gone == ["urn:ngsi-ld:Vehicle:live:b", "urn:ngsi-ld:Vehicle:live:c"]


@pytest.mark.anyio
async def test_a_feed_that_did_not_change() -> None:
    def answer(asked: Question) -> Reply:
        return Reply(status=304) if "if-none-match" in asked.headers else Reply(feed(vehicle()), headers={"ETag": "1"})

    async with source({"/": answer}) as running, asking() as get:
        live = Feed("gtfs_rt", running.url(), "live", options={"gtfs": "haag"})
        found, state = await GtfsRealtime().look(live, {}, get, 0)
        assert len(found.entities) == 1
        assert await GtfsRealtime().look(live, state, get, 0) == (Found(), state)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "told", "wait"),
    [
        (Reply(status=429, headers={"Retry-After": "20"}), "429", 20),
        (Reply(status=500), "500", 0),
        (Reply(feed(vehicle())[:-5]), "cut off", 0),
        (Reply(feed(vehicle()), promised=100), "closed", 0),
        (Reply(feed(vehicle()), after=2), "within", 0),
        (Reply(b'{"vehicles": []}'), "no protobuf", 0),
    ],
)
async def test_a_source_that_fails(reply: Reply, told: str, wait: float) -> None:
    async with source({"/": reply}) as running, asking(seconds=0.3) as get:
        with pytest.raises(HanzeError, match=told) as failed:
            await GtfsRealtime().look(Feed("gtfs_rt", running.url(), "live"), {}, get, 0)
    assert getattr(failed.value, "wait", None) == wait
