# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load from one process over kept raw connections, and the distribution of how long answers took."""

import contextlib
import json
import random
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

TYPE = "Device"


def entity(number: int) -> dict[str, Any]:
    """An entity of five attributes; `level` is spread over 0 to 100, places over a square degree."""
    chance = random.Random(number)
    made: dict[str, Any] = {"id": f"urn:ngsi-ld:{TYPE}:{number}", "type": TYPE}
    for name in ("level", "power", "signal", "flow"):
        made[name] = {"type": "Property", "value": round(chance.random() * 100, 4), "unitCode": "P1"}
    place = [round(4 + chance.random(), 6), round(52 + chance.random(), 6)]
    made["location"] = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": place}}
    return made


class Connection:
    """One kept connection; `call` gives status and body. `headers`: of each request."""

    def __init__(self, port: int, headers: Mapping[str, str] = {}) -> None:
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{self._headers}\r\n"
        )
        self._socket.sendall(head.encode() + body)
        status = int(self._file.readline().split()[1])
        length = 0
        while (line := self._file.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, self._file.read(length)


def fill(port: int, first: int, last: int) -> float:
    """Entities in batches of 1 000 by upsert; how many a second."""
    connection = Connection(port)
    bodies = (json.dumps([entity(n) for n in range(b, min(b + 1000, last))]).encode() for b in range(first, last, 1000))
    spent = 0.0
    for body in bodies:
        begin = time.perf_counter()
        status, answer = connection.call("POST", "/ngsi-ld/v1/entityOperations/upsert", body)
        spent += time.perf_counter() - begin
        assert status in (201, 204), answer[:300]
    return (last - first) / spent


def percentile(times: list[float], part: float) -> float:
    """Milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


class Updates:
    """A steady stream of single-attribute updates beside the measurement."""

    def __init__(self, port: int, entities: int, rate: float) -> None:
        self.times: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(port, entities, rate))
        self._thread.start()

    def _run(self, port: int, entities: int, rate: float) -> None:
        connection, chance = Connection(port), random.Random(1)
        begin, sent = time.monotonic(), 0
        while not self._stop.is_set():
            due = begin + sent / rate
            if (wait := due - time.monotonic()) > 0:
                time.sleep(wait)
            path = f"/ngsi-ld/v1/entities/urn:ngsi-ld:{TYPE}:{chance.randrange(entities)}/attrs/power"
            start = time.perf_counter()
            status, answer = connection.call("PATCH", path, b'{"value":%.3f}' % chance.random())
            self.times.append(time.perf_counter() - start)
            assert status == 204, answer[:300]
            sent += 1

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


TOLD = """
done = function(summary, latency)
  local bad = summary.errors
  io.write(string.format("told %f %f %f %d\\n", summary.requests / summary.duration * 1e6, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, bad.connect + bad.read + bad.write + bad.status + bad.timeout))
end
"""


class Told(NamedTuple):
    """What wrk measured: requests a second, milliseconds."""

    rate: float
    p95: float
    p99: float


def wrk(url: str, script: str, connections: int, seconds: int) -> Told:
    """Load from wrk with a Lua script; fails where answers were errors."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + TOLD)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", file.name, url]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate, p95, p99, errors = output.rpartition("told ")[2].split()
    assert errors == "0", output
    return Told(float(rate), float(p95), float(p99))


def script(method: str, path: str, entities: int, body: str = "") -> str:
    """A Lua script for wrk: an entity drawn at random each time; %d in the body is a counter."""
    call = f'wrk.format("{method}", "/ngsi-ld/v1/entities/urn:ngsi-ld:{TYPE}:" .. math.random(0, {entities - 1}) .. "{path}"'
    if body:
        call += f', {{["Content-Type"] = "application/json"}}, string.format(\'{body}\', n)'
    return f"local n = 0\nrequest = function() n = n + 1; return {call}) end\n"


def median(connection: Connection, path: str) -> float:
    """Milliseconds that a GET takes, the middle one of ten."""
    times = []
    for _ in range(10):
        begin = time.perf_counter()
        status, answer = connection.call("GET", path)
        times.append(time.perf_counter() - begin)
        assert status == 200, answer[:300]
    return percentile(times, 0.5)


def wait(port: int, seconds: float = 30) -> None:
    """Until something answers HTTP at the port."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, IndexError):
            Connection(port).call("GET", "/health")
            return
        if time.monotonic() > end:
            raise TimeoutError(f"nothing answers at port {port}")
        time.sleep(0.01)
