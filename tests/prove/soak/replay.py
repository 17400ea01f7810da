# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One local server that plays the part of all sources, by the clock of the node; now and then one of them fails.

What is answered is made by the published formats, as in the tests of the kinds.
"""

import random
from collections.abc import Callable
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

import msgspec

from hanze.ngsild import times
from tests.feeds.kinds.datex import measured2, quantity2, site2
from tests.feeds.kinds.gbfs.making import encoded, listing, station, status
from tests.feeds.kinds.test_gtfs_rt import feed as realtime
from tests.feeds.kinds.test_sensor_community import reading
from tests.feeds.kinds.zips import packed
from tests.outgoing.server import Asked
from tests.prove.background import Background
from tests.prove.node import Node
from tests.prove.seen import Seen, check
from tests.prove.soak.given import history
from tests.prove.soak.pace import MINUTE

FAILS = 0.04
"""The part of the questions that are answered with an error."""


class Replay:
    """The server; `url`: where a source is. `now`: the clock of the node."""

    def __init__(self, now: Callable[[], int], seed: int) -> None:
        self._now = now
        self._chance = random.Random(seed)
        self._given: list[tuple[str, str]] = []
        self.failed: dict[str, int] = {}
        self._pages = {
            "/parking.json": self._parking, "/gbfs.json": self._system, "/station_information.json": self._stations,
            "/station_status.json": self._statuses, "/sensors.json": self._sensors, "/transit.zip": self._transit,
            "/vehicles.pb": self._vehicles, "/trafficspeed.xml": self._roads,
            "/open_api/stations": self._network, "/open_api/stations/NL00001": self._network,
            "/open_api/measurements": self._measured,
        }  # fmt: skip
        self._server = Background(self._answer)

    def __enter__(self) -> "Replay":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.port}{path}"

    def seen(self, node: Node, since: int) -> Seen:
        """Each reading of the parking that was given since then is in the history. `since`: of the node's clock."""
        given, self._given = self._given, []
        told = history(node, "urn:ngsi-ld:OffStreetParking:quay", "free", since - 60 * MINUTE)
        there = {(at, f"{value:g}") for _, at, value in told}
        # The last one may be under way.
        lost = set(given[:-1]) - there
        check(not lost, f"the parking said {sorted(lost)[:3]}, which is not there")
        failures = sum(self.failed.values())
        self.failed.clear()
        return Seen({"readings of the parking": len(given), "questions answered with an error": failures})

    async def _answer(self, asked: Asked) -> bytes:
        parts = urlsplit(asked.path)
        page = self._pages.get(parts.path)
        if page is None:
            return _written(404, b"")
        if self._chance.random() < FAILS:
            self.failed[parts.path] = self.failed.get(parts.path, 0) + 1
            return _written(503, b"")
        return _written(200, page(dict(parse_qsl(parts.query))))

    def _parking(self, query: dict[str, str]) -> bytes:
        at, free = times.text(self._now() // MINUTE * MINUTE), self._chance.randrange(400)
        if self._given and self._given[-1][0] == at:
            free = int(self._given[-1][1])
        self._given.append((at, str(free)))
        return msgspec.json.encode({"spots": [{"id": "quay", "free": free, "at": at}]})

    def _system(self, query: dict[str, str]) -> bytes:
        return listing("", "station_information", "station_status")

    def _stations(self, query: dict[str, str]) -> bytes:
        return encoded(at=self._second(), stations=[station(f"s{number}") for number in range(50)])

    def _statuses(self, query: dict[str, str]) -> bytes:
        at = self._second()
        told = [
            status(f"s{number}", num_bikes_available=self._chance.randrange(10), last_reported=at)
            for number in range(50)
        ]
        return encoded(at=at, stations=told)

    def _sensors(self, query: dict[str, str]) -> bytes:
        at = times.text(self._second() * 1_000_000)[:19].replace("T", " ")
        return msgspec.json.encode(
            [reading(number, at, P1=f"{self._chance.uniform(1, 40):.1f}") for number in range(1, 200)]
        )

    def _transit(self, query: dict[str, str]) -> bytes:
        return packed()

    def _vehicles(self, query: dict[str, str]) -> bytes:
        at = self._second()
        header = f'header {{ gtfs_realtime_version: "2.0" timestamp: {at} }}'
        # Vehicles come and go.
        running = [
            f'vehicle {{ vehicle {{ id: "v{at // 3600 % 7}-{number}" }} timestamp: {at} '
            f"position {{ latitude: {52 + self._chance.random():.4f} longitude: 4.3 }} }}"
            for number in range(40)
        ]
        return realtime(*running, header=header)

    def _roads(self, query: dict[str, str]) -> bytes:
        at = times.text(self._now() // MINUTE * MINUTE)
        told = [site2(f"R{number}", [quantity2(1, "flow", self._chance.randrange(2000))], at) for number in range(50)]
        return measured2(*told)

    def _network(self, query: dict[str, str]) -> bytes:
        if "page" in query:
            return _paged([{"number": "NL00001"}])
        place = {"type": "point", "coordinates": [4.5, 52.0]}
        return msgspec.json.encode({"data": {"geometry": place, "location": "Station"}})

    def _measured(self, query: dict[str, str]) -> bytes:
        hour = 60 * MINUTE
        start, end = times.parse(query["start"]), min(times.parse(query["end"]), self._now())
        moments = [times.text(at).replace("Z", "+00:00") for at in range(-(-start // hour) * hour, end + 1, hour)]
        return _paged(
            [{"station_number": "NL00001", "formula": "NO2", "value": 20.0, "timestamp_measured": at} for at in moments]
        )

    def _second(self) -> int:
        return self._now() // 1_000_000


def _paged(records: list[dict[str, object]]) -> bytes:
    return msgspec.json.encode({"pagination": {"current_page": 1, "next_page": 1, "last_page": 1}, "data": records})


def _written(status: int, body: bytes) -> bytes:
    return f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
