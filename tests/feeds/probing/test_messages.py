# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages of MQTT: which part of a topic names a thing, which a value; a real broker is listened to and left as it was."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from hanze.errors import SourceFailed
from hanze.feeds.probing import listening
from hanze.feeds.probing.looking import Probed
from hanze.feeds.probing.messages import propose
from hanze.feeds.probing.proposal import Hints, Proposal
from hanze.feeds.shapes.reading import one
from hanze.feeds.shapes.shape import Moment, Place
from hanze.feeds.source import Feed, Found
from tests.feeds.kinds.reading import value
from tests.feeds.kinds.test_mqtt import LOOPBACK, Broker, free_port

FEED = Feed("mqtt", "mqtt://broker.example.org", "haven")


def proposed(*messages: tuple[str, Any]) -> tuple[Proposal, Found]:
    """What is proposed for messages, and what comes of all of them."""
    heard = [{"topic": topic, "part": topic.split("/"), "payload": said} for topic, said in messages]
    made = propose(FEED, heard, Hints(zone="UTC"))
    assert made.feed is not None and made.feed.mapping is not None
    found = Found()
    for message in heard:
        one(found, message, made.feed.mapping, message["topic"])
    return made, found


def test_a_topic_that_names_thing_and_value() -> None:
    made, found = proposed(("air/quay/no2", 21.5), ("air/quay/pm10", 8), ("air/park/no2", 12))
    assert made.feed is not None and made.feed.options == {"topics": ["air/+/+"]}
    assert made.feed.mapping is not None and made.feed.mapping.type == "AirQualityObserved"
    told = [(entity.id, value(entity, "no2"), value(entity, "pm10")) for entity in found.entities]
    park, quay = ("urn:ngsi-ld:AirQualityObserved:park", "urn:ngsi-ld:AirQualityObserved:quay")
    assert told == [(quay, 21.5, None), (quay, None, 8), (park, 12, None)]
    assert "no unit of {part[2]}" in made.notes[0]


def test_a_payload_with_several_values() -> None:
    at = "2026-01-01T00:00:00Z"
    made, found = proposed(
        ("city/bins/7", {"fill": 40, "battery": 3.1, "time": at, "lat": 52.1, "lon": 4.5}),
        ("city/bins/8", {"fill": 80, "battery": 3.0, "time": at, "lat": 52.2, "lon": 4.6}),
        ("city/hello", "up"),
    )
    assert made.feed is not None and made.feed.mapping is not None
    shape = made.feed.mapping
    assert (shape.time, shape.location) == (Moment("payload.time"), Place("payload.lon", "payload.lat"))
    assert [value(entity, "battery") for entity in found.entities] == [3.1, 3.0]
    assert [entity.id.rpartition(":")[2] for entity in found.entities] == ["7", "8"]
    assert made.feed.options["topics"] == ["city/bins/+"]
    assert "1 messages are of another sort, such as on city/hello" in made.notes[0]


def test_one_topic_for_all_things() -> None:
    made, found = proposed(("sensors", {"id": "a", "level": 1}), ("sensors", {"id": "b", "level": 2}))
    assert made.feed is not None and made.feed.options["topics"] == ["sensors"]
    assert [entity.id for entity in found.entities] == ["urn:ngsi-ld:Sensor:a", "urn:ngsi-ld:Sensor:b"]
    _, found = proposed(("level", 3), ("level", 4))
    assert [(entity.id, value(entity, "value")) for entity in found.entities] == [
        ("urn:ngsi-ld:Level:level", 3)
    ] * 1 + [("urn:ngsi-ld:Level:level", 4)]


@pytest.mark.parametrize("said", [None, [1], {"a": []}])
def test_messages_that_say_nothing(said: Any) -> None:
    with pytest.raises(SourceFailed) as failed:
        proposed(("a/b", said))
    assert failed.value.advice


def kept(port: int, client: str) -> bool:
    """The broker has a session of this client, which it began earlier."""
    seen: list[bool] = []
    made = paho.Client(CallbackAPIVersion.VERSION2, client, clean_session=False)
    made.on_connect = lambda client, data, flags, reason, properties: seen.append(flags.session_present)
    made.connect("127.0.0.1", port)
    while not seen:
        made.loop(0.1)
    made.disconnect()
    return seen[0]


@pytest.mark.anyio
@pytest.mark.skipif(shutil.which("mosquitto") is None, reason="mosquitto is not here")
async def test_a_real_broker_is_listened_to_and_keeps_nothing_for_the_probe(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    await broker.start()

    async def probe(topics: list[str], seconds: float = 1.0) -> Probed:
        feed = Feed("mqtt", f"mqtt://127.0.0.1:{broker.port}", "haven", options={"topics": topics})
        return await listening.probe(feed, LOOPBACK, Hints(), seconds, "x")

    try:
        await broker.say(("air/quay/no2", 21.5), ("air/park/no2", 12), retain=True)
        probed = await probe(["air/#"])
        assert probed.found is not None
        assert sorted(value(entity, "no2") or value(entity, "value") for entity in probed.found.entities) == [12, 21.5]
        assert not await asyncio.to_thread(kept, broker.port, "hanze-probe-x")
        with pytest.raises(SourceFailed, match=r"In 0.3 seconds no message came on silent/#"):
            await probe(["silent/#"], 0.3)
    finally:
        broker.stop()
    with pytest.raises(SourceFailed, match="there is none"):
        await listening.probe(Feed("mqtt", f"mqtt://127.0.0.1:{free_port()}"), LOOPBACK, Hints(), 1, "x")
