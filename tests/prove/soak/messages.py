# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real mosquitto with sensors that tell it something each minute (QoS 1); now and then it is started again."""

import asyncio
import threading
from pathlib import Path
from types import TracebackType

import aiomqtt

from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed
from tests.feeds.kinds.test_mqtt import Broker
from tests.prove.node import Node
from tests.prove.seen import Seen
from tests.prove.soak.given import Given
from tests.prove.soak.pace import insisting, until_it_holds

SENSORS = 5

WITHIN = 25.0
"""Seconds of the machine; after a line broke, the source waits some before it begins again."""

SHAPE = Shape(
    "Sensor", "urn:ngsi-ld:Sensor:{part[1]}", attribute=(Part("level", "payload.v"),), time=Moment("payload.at")
)


class Messages:
    """`folder`: where the broker keeps what it is to bring."""

    name = "messages"
    excuses: tuple[str, ...] = ("The broker ended the line",)
    speaks = True

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        # A client that speaks while its broker ends waits long for an answer.
        self._turn = threading.Lock()
        self._broker = Broker(folder)
        self._given = Given(self.name, "level", [f"urn:ngsi-ld:Sensor:{number}" for number in range(SENSORS)])

    def __enter__(self) -> "Messages":
        asyncio.run(self._broker.start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._broker.stop()

    def feed(self) -> Feed:
        return Feed("mqtt", f"mqtt://127.0.0.1:{self._broker.port}", options={"topics": ["soak/#"]}, mapping=SHAPE)

    def begin(self, at: int) -> None:
        """These are kept for whoever subscribes; so that they come shows that the source has subscribed."""
        self._say(at, retain=True)

    def tell(self, at: int) -> None:
        with self._turn:
            self._say(at)

    def harm(self) -> str:
        with self._turn:
            self._broker.stop()
            asyncio.run(self._broker.start())
        return "restarts of the MQTT broker"

    def compare(self, node: Node) -> Seen:
        self._given.compare(node, WITHIN)
        return Seen({"messages of the MQTT broker": self._given.more()})

    def finish(self, node: Node) -> None:
        until_it_holds(lambda: self._given.compare(node))

    def _say(self, at: int, *, retain: bool = False) -> None:
        readings = self._given.make(at)
        said = [(f"soak/{id.rpartition(':')[2]}", {"v": value, "at": moment}) for id, moment, value in readings]
        insisting(lambda: asyncio.run(self._broker.say(*said, retain=retain)), (aiomqtt.MqttError, OSError))
        self._given.taken(readings)
