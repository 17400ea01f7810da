# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""With a real mosquitto: what it promised to bring is there, over restarts of either side, and rubbish spoils nothing."""

import asyncio
import contextlib
import shutil
import socket
import struct
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiomqtt
import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds import mqtt
from hanze.feeds.kinds.mqtt import Mqtt, Options, connected, payload
from hanze.feeds.shapes.shape import Moment, Part, Shape
from hanze.feeds.source import Feed, Found, State
from hanze.ngsild.context import CORE
from hanze.outgoing import Guard

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(shutil.which("mosquitto") is None, reason="mosquitto is not here")]

LOOPBACK = Guard(["127.0.0.1"])
SHAPE = Shape(
    "Sensor", "urn:ngsi-ld:Sensor:{part[1]}", attribute=(Part("{part[2]}", "payload.value", unit="GQ"),), time=Moment("payload.at"),
)  # fmt: skip


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Broker:
    """A mosquitto that keeps what it is to bring."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\npersistence true\npersistence_location {folder}/\n"
            f"autosave_interval 1\nmax_queued_messages 0\nuser root\n{more or 'allow_anonymous true'}\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        self._process = subprocess.Popen(["mosquitto", "-c", str(self._config)], stderr=subprocess.DEVNULL)
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    return
                await asyncio.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    async def say(self, *messages: tuple[str, Any], retain: bool = False) -> None:
        async with aiomqtt.Client("127.0.0.1", self.port) as client:
            for topic, said in messages:
                body = said if isinstance(said, bytes) else msgspec.json.encode(said)
                await client.publish(topic, body, qos=1, retain=retain)


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    made = Broker(tmp_path)
    await made.start()
    yield made
    made.stop()


class Keeping:
    """Takes what comes, as a disk does that can refuse."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.broken = False

    async def __call__(self, found: Found, state: State) -> None:
        if self.broken:
            raise OSError("the disk is full")
        self.found.append(found)

    @property
    def values(self) -> list[Any]:
        return [
            one[0]["value"] for found in self.found for entity in found.entities for one in entity.attributes.values()
        ]


def feed(port: int, **options: Any) -> Feed:
    given = {"topics": ["city/#"], **options}
    return Feed("mqtt", f"mqtt://127.0.0.1:{port}", name="mine", options=given, mapping=SHAPE)


@contextlib.asynccontextmanager
async def listening(source: Feed, keeping: Keeping) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(Mqtt().listen(source, {}, keeping, LOOPBACK))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, SourceFailed, OSError):
            await task


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not what():
            await asyncio.sleep(0.01)


async def subscribed(broker: Broker, keeping: Keeping) -> None:
    """Until the source hears what is said."""
    while not keeping.found:
        await broker.say(("city/first/no2", {"value": 0}))
        await asyncio.sleep(0.05)
    keeping.found.clear()


async def test_messages_become_entities(broker: Broker) -> None:
    keeping = Keeping()
    async with listening(feed(broker.port), keeping):
        await subscribed(broker, keeping)
        await broker.say(("city/quay/no2", {"value": 21.5, "at": "2026-01-01T12:00:00Z"}))
        await until(lambda: 21.5 in keeping.values)
    (entity,) = (entity for found in keeping.found for entity in found.entities if entity.id.endswith("quay"))
    assert entity.id == "urn:ngsi-ld:Sensor:quay"
    assert entity.attributes[CORE.expand("no2")] == [
        {"type": "Property", "value": 21.5, "unitCode": "GQ", "observedAt": "2026-01-01T12:00:00Z"}
    ]


async def test_what_was_said_before_is_heard_where_the_broker_keeps_it(broker: Broker) -> None:
    await broker.say(("city/quay/no2", {"value": 7}), retain=True)
    keeping = Keeping()
    async with listening(feed(broker.port), keeping):
        await until(lambda: keeping.values == [7])


async def test_rubbish_spoils_nothing(broker: Broker) -> None:
    keeping = Keeping()
    rubbish = [b"\xff\xfe", b"{", b"", b"[" * 10_000, b"null", b'{"value": "much"}', b'{"value": NaN}']
    async with listening(feed(broker.port), keeping):
        await subscribed(broker, keeping)
        await broker.say(*((f"city/x{n}/no2", said) for n, said in enumerate(rubbish)), ("city/short", {"value": 1}))
        await broker.say(("city/quay/no2", {"value": 5}))
        await until(lambda: 5 in keeping.values)
    assert sum(len(found.refused) for found in keeping.found) == len(rubbish) + 1


async def test_nothing_is_lost_while_nobody_listens_or_the_disk_refuses(broker: Broker) -> None:
    keeping, numbers = Keeping(), list(range(200))
    async with listening(feed(broker.port), keeping):
        await subscribed(broker, keeping)
    await broker.say(*(("city/quay/no2", {"value": n}) for n in numbers[:100]))
    keeping.broken = True
    async with listening(feed(broker.port), keeping) as task:
        await until(task.done)
    broker.stop()
    await broker.start()
    keeping.broken = False
    async with listening(feed(broker.port), keeping):
        await broker.say(*(("city/quay/no2", {"value": n}) for n in numbers[100:]))
        await until(lambda: set(keeping.values) >= set(numbers))
    heard = [value for value in keeping.values if value in numbers]
    assert list(dict.fromkeys(heard)) == numbers, "in order, some perhaps twice"


class Flood:
    """A broker that sends all that it has at once, whatever was acknowledged. Source: MQTT 3.1.1, sections 3.2, 3.3, 3.9."""

    def __init__(self, count: int, qos: int) -> None:
        self._packets = [_publish(number, qos) for number in range(1, count + 1)]
        self.acknowledged: list[int] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._packet(reader)
            writer.write(b"\x20\x02\x00\x00")
            _, body = await self._packet(reader)
            writer.write(b"\x90\x03" + body[:2] + b"\x01" + b"".join(self._packets))
            while True:
                kind, body = await self._packet(reader)
                if kind == 0x40:
                    self.acknowledged += struct.unpack("!H", body)
        writer.close()

    async def _packet(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        kind, size = await reader.readexactly(2)
        return kind, await reader.readexactly(size)


def _publish(number: int, qos: int) -> bytes:
    topic, body = b"city/quay/no2", msgspec.json.encode({"value": number})
    rest = struct.pack("!H", len(topic)) + topic + (struct.pack("!H", number) if qos else b"") + body
    return bytes([0x30 | qos << 1, len(rest)]) + rest


class Slow(Keeping):
    """A disk that takes its time; `queued`: the most messages that waited meanwhile."""

    queued = 0

    def __init__(self, client: Callable[[], Any]) -> None:
        super().__init__()
        self._client = client

    async def __call__(self, found: Found, state: State) -> None:
        await asyncio.sleep(0.02)
        self.queued = max(self.queued, self._client()._queue.qsize())
        await super().__call__(found, state)


@pytest.mark.parametrize("qos", [0, 1])
async def test_a_flood_loses_nothing_that_was_promised_and_tells_what_was_not(
    qos: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood, clients = Flood(6_000, qos), list[Any]()
    monkeypatch.setattr(mqtt, "MOST_AT_ONCE", 100)
    monkeypatch.setattr(mqtt, "MOST_WAITING", 1_000)
    server = await asyncio.start_server(flood.serve, "127.0.0.1", 0)
    made = mqtt.connected

    async def noted(*given: Any) -> Any:
        clients.append(await made(*given))
        return clients[-1]

    monkeypatch.setattr(mqtt, "connected", noted)
    keeping = Slow(lambda: clients[-1])
    async with listening(feed(server.sockets[0].getsockname()[1], qos=qos), keeping):
        if qos:
            await until(lambda: len(flood.acknowledged) == 6_000)
            assert flood.acknowledged == list(range(1, 6_001))
            assert keeping.values == flood.acknowledged
        else:
            await until(lambda: keeping.found and not clients[-1]._queue.qsize())
            await until(lambda: len(keeping.values) + told(keeping) == 6_000)
            assert 0 < told(keeping) < 6_000
        assert 500 < keeping.queued < 1_500, "memory has an end"
    server.close()
    await server.wait_closed()


def told(keeping: Keeping) -> int:
    """How many messages are said to be lost."""
    return sum(int(one.reason.partition(" ")[0]) for found in keeping.found for one in found.refused)


async def test_a_broker_that_is_not_there_or_ends_is_a_failure_with_advice(broker: Broker) -> None:
    keeping = Keeping()
    with pytest.raises(SourceFailed, match="broker") as told:
        await Mqtt().listen(feed(free_port()), {}, keeping, LOOPBACK)
    assert "password" in told.value.advice
    with pytest.raises(SourceFailed, match="no public address"):
        await Mqtt().listen(feed(broker.port), {}, keeping, Guard())
    async with listening(feed(broker.port), keeping) as task:
        await subscribed(broker, keeping)
        broker.stop()
        await until(task.done)
        assert isinstance(task.exception(), SourceFailed)


async def test_a_line_that_ends_before_something_is_said_is_no_error_of_ours(broker: Broker) -> None:
    errors: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: errors.append(told))
    with contextlib.suppress(aiomqtt.MqttError):
        async with await connected(feed(broker.port), Options(["city/#"]), LOOPBACK) as client:
            client._client.publish("city/quay/no2", b"1")
            client._client._sock_close()
            await asyncio.sleep(0.05)
    assert not errors


async def test_a_line_for_which_the_loop_waits_no_more_is_a_failure_at_once(broker: Broker) -> None:
    class Loop:
        """That of uvloop after a reset."""

        def __getattr__(self, name: str) -> Any:
            return getattr(asyncio.get_running_loop(), name)

        def add_writer(self, *given: Any) -> None:
            raise RuntimeError("the handler is closed")

    with pytest.raises(aiomqtt.MqttError):
        async with await connected(feed(broker.port), Options(["city/#"]), LOOPBACK) as client:
            client._loop = Loop()  # type: ignore[assignment]
            client._client.publish("city/quay/no2", b"1")
            async with asyncio.timeout(5):
                await client.some()


async def test_a_user_and_a_password(tmp_path: Path) -> None:
    words = tmp_path / "words"
    subprocess.run(["mosquitto_passwd", "-b", "-c", str(words), "me", "right"], check=True, stderr=subprocess.DEVNULL)
    closed = Broker(tmp_path, f"allow_anonymous false\npassword_file {words}")
    await closed.start()
    keeping = Keeping()
    try:
        with pytest.raises(SourceFailed):
            await Mqtt().listen(feed(closed.port, user="me", password="wrong"), {}, keeping, LOOPBACK)
        async with listening(feed(closed.port, user="me", password="right"), keeping) as task:
            await asyncio.sleep(0.3)
            assert not task.done()
    finally:
        closed.stop()


@pytest.mark.parametrize("options", [{"topics": []}, {"qos": 3}, {"topic": "x"}])
async def test_wrong_options_are_named(options: dict[str, Any]) -> None:
    with pytest.raises(SourceFailed, match="options"):
        await Mqtt().listen(feed(1, **options), {}, Keeping(), LOOPBACK)


def test_payloads() -> None:
    assert payload(b"21.5") == 21.5
    assert payload(b"open") == "open"
    assert payload(b"\xff") is None
    assert payload(None) is None
