# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Live sources: messages of a real mosquitto, none lost over restarts of it and of the node, and a large feed of vehicles.

`python -m benchmarks.works.sources PORT FIRST LAST` says the messages with these numbers, each acknowledged (QoS 1).
"""

import contextlib
import json
import resource
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import msgspec
from google.transit import gtfs_realtime_pb2

from benchmarks import client
from benchmarks.node import Running, end, fresh, spent
from benchmarks.table import Row
from hanze.ngsild import times

SENSORS = 500
MESSAGES, MORE = 60_000, 30_000
PART, PARTS = 200, 5
"""Messages that are said at once, and how often that is done before the first of them are acknowledged."""

START = times.parse("2026-01-01T00:00:00Z")
BROKER, NODE, FEED = 9861, 9862, 9863

VEHICLES, EVERY, POLLS = 5_000, 10, 4

MAPPING = """
type = "Sensor"
id = "urn:ngsi-ld:Sensor:{part[1]}"
time = { path = "payload.at" }

[[attribute]]
name = "level"
path = "payload.value"
unit = "GQ"
"""


def mqtt() -> list[Row]:
    with tempfile.TemporaryDirectory() as place, fresh(NODE) as node, _Broker(Path(place)) as broker:
        mapping = Path(place) / "mapping.toml"
        mapping.write_text(MAPPING)
        url = f"mqtt://127.0.0.1:{BROKER}"
        _add(node, "sensors", "--kind", "mqtt", "--url", url, "--mapping", str(mapping), "--set", "topics=city/#,")
        # What is said before the source has subscribed reaches nobody.
        while _level(node, 0) < 0:
            with _say(0, 1) as saying:
                saying.wait()
            time.sleep(0.2)
        rate, told = _steady(node, broker)
        with _say(MESSAGES, MESSAGES + MORE) as saying:
            time.sleep(2)
            node.kill()
            node.start()
            time.sleep(2)
            broker.restart()
            saying.wait()
        _until(node, MESSAGES + MORE)
        kept = _counted(node)
    whole = MESSAGES + MORE
    return [
        Row(
            "MQTT in, QoS 1, one attribute a message, durable",
            "3 000 messages/s",
            f"{rate:,.0f} messages/s ({told}); over a kill of the node and a restart of the broker {kept:,} of {whole:,} in the "
            "history",
            rate / 3000 if kept == whole else 0.0,
        )
    ]


def _steady(node: Running, broker: "_Broker") -> tuple[float, str]:
    """Messages a second from the first to the last, and what each takes of a processor where."""
    before = node.spent(), broker.spent(), _children()
    begin = time.perf_counter()
    with _say(1, MESSAGES) as saying:
        saying.wait()
        sent = time.perf_counter() - begin
        _until(node, MESSAGES)
    seconds = time.perf_counter() - begin
    taken = (now - then for now, then in zip((node.spent(), broker.spent(), _children()), before, strict=True))
    ours, theirs, sender = (1e6 * one / MESSAGES for one in taken)
    return (MESSAGES - 1) / seconds, (
        f"a message takes {ours:.0f} µs of a processor in the node, {theirs:.0f} in the broker and {sender:.0f} in the sender, "
        f"which had said all after {100 * sent / seconds:.0f} % of the time"
    )


def _children() -> float:
    """Seconds of a processor that processes of ours took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def gtfs_rt() -> list[Row]:
    with _serving() as server, fresh(NODE) as node:
        _add(node, "buses", "--kind", "gtfs_rt", "--url", f"http://127.0.0.1:{FEED}/", "--every", str(EVERY))
        spent = []
        for _ in range(POLLS):
            asked, said = server.awaited()
            spent.append(_reached(node, said) - asked)

    # The first makes the entities, each later one changes all of them.
    return [
        Row(
            f"GTFS-RT feed of {VEHICLES:,} vehicles every {EVERY} s, all moved",
            "< 1 s a poll",
            f"first {spent[0]:.2f} s, then {max(spent[1:]):.2f} s at most",
            1 / max(spent[1:]),
        )
    ]


class _Broker:
    """A mosquitto that keeps what it is to bring."""

    def __init__(self, folder: Path) -> None:
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {BROKER} 127.0.0.1\npersistence true\npersistence_location {folder}/\nautosave_interval 1\n"
            "autosave_on_changes false\nmax_queued_messages 0\nmax_inflight_messages 1000\nallow_anonymous true\nuser root\n"
            "set_tcp_nodelay true\n"
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *gone: object) -> None:
        self.stop()

    def spent(self) -> float:
        return spent(self._process.pid)

    def start(self) -> None:
        self._process = subprocess.Popen(["mosquitto", "-c", str(self._config)], stderr=subprocess.DEVNULL)
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", BROKER)):
                return
            assert self._process.poll() is None, "mosquitto did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        end(self._process)

    def restart(self) -> None:
        self.stop()
        self.start()


def _add(node: Running, name: str, *words: str) -> None:
    command = [sys.executable, "-m", "hanze.cli", "feed", "add", name, *words, "--folder", str(node.folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def _say(first: int, last: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that says these, until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.works.sources", str(BROKER), str(first), str(last)])
    try:
        yield process
    finally:
        end(process)


def _saying(port: int, numbers: range) -> None:
    """Says them in order over a raw socket, some under way at once; after a break what was not acknowledged comes again."""
    waiting = deque(numbers[first : first + PART] for first in range(0, len(numbers), PART))
    under_way: deque[range] = deque()
    while waiting or under_way:
        waiting.extendleft(reversed(under_way))
        under_way.clear()
        with contextlib.suppress(OSError), _Line(port) as line:
            while waiting or under_way:
                if waiting and len(under_way) < PARTS:
                    line.say(waiting[0])
                    under_way.append(waiting.popleft())
                else:
                    line.heard(len(under_way[0]))
                    under_way.popleft()
        time.sleep(0.05 * bool(under_way))


class _Line:
    """A connection that publishes with QoS 1. Source: MQTT 3.1.1, sections 3.1, 3.3 and 3.4."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")
        self._socket.sendall(_packet(0x10, b"\x00\x04MQTT\x04\x02\x00\x3c" + b"\x00\x05bench"))
        assert self._read(4) == b"\x20\x02\x00\x00"

    def say(self, numbers: range) -> None:
        self._socket.sendall(b"".join(map(_publish, numbers)))

    def heard(self, count: int) -> None:
        """Returns when the broker has acknowledged so many more."""
        assert self._read(4 * count)[::4] == b"\x40" * count, "not an acknowledgement"

    def _read(self, size: int) -> bytes:
        found = self._file.read(size)
        if len(found) < size:
            raise ConnectionError("the broker went")
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *gone: object) -> None:
        self._file.close()
        self._socket.close()


def _publish(number: int) -> bytes:
    topic = f"city/{number % SENSORS}".encode()
    mark = struct.pack(">H", number % 65_535 + 1)
    return _packet(0x32, struct.pack(">H", len(topic)) + topic + mark + _body(number))


def _packet(kind: int, body: bytes) -> bytes:
    length, size = b"", len(body)
    while True:
        size, digit = divmod(size, 128)
        length += bytes([digit | (0x80 if size else 0)])
        if not size:
            return bytes([kind]) + length + body


def _body(number: int) -> bytes:
    return msgspec.json.encode({"value": number, "at": times.text(START + number * 1_000_000)})


def _until(node: Running, said: int) -> None:
    """Waits until the last of each sensor is there."""
    for number in range(max(0, said - SENSORS), said):
        end = time.monotonic() + 300
        while _level(node, number % SENSORS) < number:
            assert time.monotonic() < end, f"message {number} never came"
            time.sleep(0.02)


def _level(node: Running, sensor: int) -> float:
    answer = client.Connection(node.port).call(
        "GET", f"/ngsi-ld/v1/entities/urn:ngsi-ld:Sensor:{sensor}?options=keyValues"
    )
    found = json.loads(answer[1]).get("level", -1)
    return float(found)


def _counted(node: Running) -> int:
    """How many of the readings the history has, each once."""
    found = 0
    for sensor in range(SENSORS):
        path = f"/ngsi-ld/v1/temporal/entities/urn:ngsi-ld:Sensor:{sensor}?attrs=level&options=aggregatedValues"
        more = "&aggrMethods=distinctCount,totalCount&aggrPeriodDuration=PT0S&timerel=after&timeAt=2025-12-31T00:00:00Z"
        told = json.loads(client.Connection(node.port).call("GET", path + more)[1])["level"]
        assert told["distinctCount"][0][0] == told["totalCount"][0][0], "a reading is there twice"
        found += int(told["totalCount"][0][0])
    return found


class _Vehicles(ThreadingHTTPServer):
    """Each answer is a feed in which all vehicles have moved."""

    def __init__(self) -> None:
        self._asked: list[tuple[float, int]] = []
        self._came = threading.Condition()
        self._told = 0
        super().__init__(("127.0.0.1", FEED), _Answer)

    def feed(self) -> bytes:
        with self._came:
            self._told += 1
            moment = 1_767_225_600 + self._told * EVERY
            self._asked.append((time.perf_counter(), self._told))
            self._came.notify()
        message = gtfs_realtime_pb2.FeedMessage()
        message.header.gtfs_realtime_version, message.header.timestamp = "2.0", moment
        for number in range(VEHICLES):
            entry = message.entity.add(id=str(number))
            vehicle = entry.vehicle
            vehicle.vehicle.id, vehicle.timestamp, vehicle.trip.trip_id = f"bus{number}", moment, f"trip{number}"
            vehicle.position.latitude = 52 + number / 1e5 + self._told / 1e4
            vehicle.position.longitude = 4 + number / 1e5
            vehicle.position.bearing, vehicle.position.speed = number % 360, 8.0
        packed: bytes = message.SerializeToString()
        return packed

    def awaited(self) -> tuple[float, int]:
        """When the next poll came, and the how manieth it was."""
        with self._came:
            assert self._came.wait_for(lambda: self._asked, 60), "nobody asked for the feed"
            return self._asked.pop(0)


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Vehicles)
        body = self.server.feed()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def _serving() -> Iterator[_Vehicles]:
    server = _Vehicles()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _reached(node: Running, told: int) -> float:
    """Waits until the last vehicle of this feed is there, and looks whether all are; when it was there."""
    at = times.text((1_767_225_600 + told * EVERY) * 1_000_000)
    connection, end = client.Connection(node.port), time.monotonic() + 60
    path = f"/ngsi-ld/v1/entities/urn:ngsi-ld:Vehicle:buses:bus{VEHICLES - 1}"
    while json.loads(connection.call("GET", path)[1]).get("location", {}).get("observedAt") != at:
        assert time.monotonic() < end, "the vehicles never came"
        time.sleep(0.02)
    found, seen = time.perf_counter(), 0
    for offset in range(0, VEHICLES, 1000):
        page = json.loads(connection.call("GET", f"/ngsi-ld/v1/entities?type=Vehicle&limit=1000&offset={offset}")[1])
        seen += sum(one["location"]["observedAt"] == at for one in page)
    assert seen == VEHICLES, f"{seen} of {VEHICLES} vehicles are where the feed says"
    return found


if __name__ == "__main__":
    _saying(int(sys.argv[1]), range(int(sys.argv[2]), int(sys.argv[3])))
