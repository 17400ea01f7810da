# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Readings of sensor.community, made here by its published format: no recorded answer is at hand."""

from typing import Any

import msgspec
import pytest
from hypothesis import given

from hanze.errors import SourceFailed
from hanze.feeds.kinds.box import Box
from hanze.feeds.kinds.sensor_community import SensorCommunity, decode
from hanze.feeds.source import Feed, Found
from hanze.ngsild import times
from tests.feeds.kinds.reading import of, spoilt, value, values
from tests.feeds.kinds.serving import Question, Reply, asking, source

NOW = times.parse("2026-01-01T12:05:00Z")


def reading(sensor: int, at: str = "2026-01-01 12:00:00", indoor: Any = 0, **measured: Any) -> dict[str, Any]:
    """Numbers come as texts, as the source writes them."""
    return {
        "id": 16169042323,
        "timestamp": at,
        "sampling_rate": None,
        "location": {
            "id": sensor + 1, "latitude": "52.1", "longitude": "4.5", "altitude": "1.5", "country": "NL",
            "exact_location": 0, "indoor": indoor,
        },
        "sensor": {"id": sensor, "pin": "1", "sensor_type": {"id": 14, "name": "SDS011", "manufacturer": "Nova Fitness"}},
        "sensordatavalues": [{"id": 1, "value_type": name, "value": told} for name, told in measured.items()],
    }  # fmt: skip


def read(*records: Any, **more: Any) -> Found:
    return decode(msgspec.json.encode(records), **more)


def test_particles_are_air_quality() -> None:
    (made,) = read(reading(789, P1="44.30", P2="8.10", P0="3.00")).entities
    assert made.id == "urn:ngsi-ld:AirQualityObserved:sensor.community:789"
    at = "2026-01-01T12:00:00Z"
    assert of(made, "pm10") == {"type": "Property", "value": 44.3, "unitCode": "GQ", "observedAt": at}
    assert of(made, "pm25") == {"type": "Property", "value": 8.1, "unitCode": "GQ", "observedAt": at}
    assert value(made, "pm1") == 3.0
    assert value(made, "location") == {"type": "Point", "coordinates": [4.5, 52.1]}
    assert value(made, "dateObserved") == at
    assert value(made, "deviceModel") == "SDS011"


def test_the_rest_is_weather_in_the_units_of_the_models() -> None:
    sealevel = 102089.58
    found = read(reading(5, temperature="-4.10", humidity="45.3", pressure="97294.09", pressure_at_sealevel=sealevel))
    (made,) = found.entities
    assert made.id == "urn:ngsi-ld:WeatherObserved:sensor.community:5"
    told = {name: of(made, name) or {} for name in ("temperature", "relativeHumidity", "atmosphericPressure")}
    assert {name: (one["value"], one["unitCode"]) for name, one in told.items()} == {
        "temperature": (-4.1, "CEL"), "relativeHumidity": (0.453, "C62"), "atmosphericPressure": (972.9409, "A97"),
    }  # fmt: skip
    assert not found.refused


def test_readings_come_oldest_first() -> None:
    found = read(
        reading(1, "2026-01-01 12:02:30", P1="2"), reading(2, P1="3"), reading(1, "2026-01-01 12:00:00", P1="1")
    )
    assert values(found, "pm10") == [3, 1, 2]
    assert found.observed == times.parse("2026-01-01T12:02:30Z")


def test_sensors_inside_elsewhere_or_of_other_things_are_left_out() -> None:
    far = {**reading(3, P1="1"), "location": {"latitude": "48.7", "longitude": "9.1"}}
    records = [reading(1, indoor=1, P1="1"), reading(2, P1="2"), far, reading(4, counts_per_minute="30")]
    assert values(read(*records), "pm10") == [2, 1]
    assert values(read(*records, area=Box(4, 52, 5, 53)), "pm10") == [2]
    assert values(read(*records, area=Box(4, 52, 5, 53), indoor=True), "pm10") == [1, 2]
    assert read(*records, area=Box(0, 0, 1, 1)) == Found(), "an area without sensors is no failure"
    assert len(read(*records, "text", area=Box(0, 0, 1, 1)).refused) == 1, "nor is it one where another record is bad"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({**reading(1, P1="1"), "location": {"latitude": "", "longitude": "4"}}, "no longitude or latitude"),
        ({**reading(1, P1="1"), "location": {"latitude": "95", "longitude": "4"}}, "latitude is -90 to 90"),
        ({**reading(1, P1="1"), "sensor": {"id": "12"}}, "sensor.id is '12'"),
        ({**reading(1, P1="1"), "sensor": None}, "sensor is None"),
        (reading(1, at="2026-01-01", P1="1"), "timestamp is '2026-01-01'"),
        (reading(1, at="2026-13-01 12:00:00", P1="1"), "timestamp is"),
        ({**reading(1), "sensordatavalues": {}}, "sensordatavalues is {}"),
        (reading(1, P1="unavailable"), "P1: 'unavailable' is no number"),
        (reading(1, P1="nan"), "P1: 'nan' is no number"),
        ("text", "location is None"),
    ],
)
def test_a_bad_reading_does_not_spoil_the_others(bad: Any, told: str) -> None:
    found = read(reading(8, P1="1"), bad, reading(9, P1="2"))
    assert values(found, "pm10") == [1, 2]
    (refused,) = found.refused
    assert refused.where == "reading 1"
    assert told in refused.reason


def test_a_wrong_value_does_not_spoil_those_beside_it() -> None:
    found = read(reading(1, P1="unavailable", P2="5"))
    assert values(found, "pm25") == [5]
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "not JSON"),
        (b'[{"id": 1', "not JSON"),
        (b'{"detail": "moved"}', "where a list of readings"),
        (b'[{"stamp": 1}, {"stamp": 2}]', "Nothing of the answer can be used, 2 records"),
        (msgspec.json.encode([reading(1, P1="x", P2="y"), reading(2, P1="z")]), "used, 3 records"),
    ],
)
def test_what_cannot_be_used_is_a_failure(body: bytes, told: str) -> None:
    with pytest.raises(SourceFailed, match=told) as failed:
        decode(body)
    assert failed.value.advice


@given(spoilt([reading(1, P1="1", P2="2"), reading(2, temperature="3", pressure="100000")]))
def test_rubbish_never_raises_anything_else(document: Any) -> None:
    try:
        found = decode(msgspec.json.encode(document))
    except SourceFailed:
        return
    msgspec.json.encode(found)


@pytest.mark.anyio
async def test_only_what_changed_is_asked_for_and_read() -> None:
    body = msgspec.json.encode([reading(1, P1="1")])

    def data(asked: Question) -> Reply:
        same = asked.headers.get("if-none-match") == '"a"'
        return Reply(b"" if same else body, 304 if same else 200, {"ETag": '"a"'})

    async with source({"/data.json": data}) as running, asking() as get:
        feed = Feed("sensor_community", running.url("/data.json"))
        found, state = await SensorCommunity().look(feed, {}, get, NOW)
        assert values(found, "pm10") == [1]
        found, again = await SensorCommunity().look(feed, state, get, NOW)
        assert (found, again) == (Found(), state)
        boxed = msgspec.structs.replace(feed, options={"box": "0,0,1,1"})
        found, _ = await SensorCommunity().look(boxed, state, get, NOW)
        assert found == Found()
        assert "if-none-match" not in running.asked[-1].headers, (
            "with other options the same answer means something else"
        )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "told", "wait"),
    [
        (Reply(status=429, headers={"Retry-After": "60"}), "429", 60),
        (Reply(status=500), "500", 0),
        (Reply(b"[]", promised=5), "closed", 0),
        (Reply(b"[]", after=3), "within", 0),
        (b"[" * 100_000, "not JSON", 0),
    ],
)
async def test_a_source_that_fails(answer: Reply | bytes, told: str, wait: float) -> None:
    async with source({"/": answer}) as running, asking(seconds=0.3) as get:
        with pytest.raises(SourceFailed, match=told) as failed:
            await SensorCommunity().look(Feed("sensor_community", running.url()), {}, get, NOW)
        assert (failed.value.wait, bool(failed.value.advice)) == (wait, True)


@pytest.mark.anyio
@pytest.mark.parametrize("options", [{"box": "4,5"}, {"indoors": True}])
async def test_wrong_options_are_told_of(options: Any) -> None:
    async with asking() as get:
        with pytest.raises(SourceFailed, match=next(iter(options))):
            await SensorCommunity().look(Feed("sensor_community", "http://127.0.0.1/", options=options), {}, get, NOW)
