# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two real nodes, one a mirror of the other: what the one has the other has too, over kills of either side."""

import contextlib
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import Node, folder_of, hanze, running, until

ORIGIN = "https://w3id.org/hanze/terms#origin"
ADDED = (ORIGIN, "source", "dataProvider")
"""Attributes that the mirror adds."""


def config(name: str, port: int) -> str:
    return f'[city]\ncode = "{name}"\n[server]\nport = {port}\n'


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Pair:
    """A city with data and its mirror. Each stays at its port over restarts."""

    def __init__(self, place: Path) -> None:
        self.ports = {name: free_port() for name in ("theirs", "ours")}
        self.folders = {name: folder_of(place / name, config(name, port)) for name, port in self.ports.items()}

    @contextlib.contextmanager
    def run(self, name: str) -> Iterator[Node]:
        words = ("--allow-loopback", "--port", str(self.ports[name]))
        with running(self.folders[name], *words) as node:
            assert node.port == self.ports[name], "it came back at its port"
            yield node

    def add(self, *words: str, name: str = "mirror") -> None:
        url = f"http://127.0.0.1:{self.ports['theirs']}"
        ran = hanze("feed", "add", name, "--kind", "ngsild", "--url", url, *words, "--folder", self.folders["ours"])
        assert ran.code == 0, ran.err


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def station(number: int, value: float = 1.0, **more: Any) -> dict[str, Any]:
    at = "2026-01-01T12:00:00Z"
    return {
        "id": f"urn:ngsi-ld:AirQualityObserved:{number}", "type": "AirQualityObserved",
        "no2": {"type": "Property", "value": value, "unitCode": "GQ", "observedAt": at}, **more,
    }  # fmt: skip


RICH = {
    "id": "urn:ngsi-ld:Bridge:1", "type": ["Bridge", "https://example.org/types#Monument"], "scope": ["/north", "/old"],
    "name": {"type": "LanguageProperty", "languageMap": {"nl": "Brug", "en": "Bridge"}},
    "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [6.5, 53.2]}},
    "level": [
        {"type": "Property", "value": 1.5, "unitCode": "MTR"},
        {"type": "Property", "value": 1.6, "datasetId": "urn:x:second", "accuracy": {"type": "Property", "value": 0.1}},
    ],
    "near": {"type": "Relationship", "object": ["urn:ngsi-ld:Bridge:2", "urn:ngsi-ld:Bridge:3"]},
    "class": {"type": "VocabProperty", "vocab": "https://example.org/types#Swing"},
    "raw": {"type": "JsonProperty", "json": {"modifiedAt": "kept", "a": [1, None]}},
    "list": {"type": "ListProperty", "valueList": [1, 2, 2]},
}  # fmt: skip


def all_of(node: Node) -> dict[str, Any]:
    """What a node has, without what a mirror adds."""
    found: dict[str, Any] = {}
    for type in ("AirQualityObserved", "Bridge", "https://example.org/types#Monument"):
        offset = 0
        while page := node.ok("GET", f"/entities?type={type.replace('#', '%23')}&limit=1000&offset={offset}"):
            found |= {one["id"]: {k: v for k, v in one.items() if k not in ADDED} for one in page}
            offset += len(page)
    return found


def same(theirs: Node, ours: Node) -> bool:
    return all_of(theirs) == all_of(ours)


def subscriptions(node: Node) -> list[Any]:
    found: list[Any] = node.ok("GET", "/subscriptions")
    return found


def test_a_mirror_is_complete_and_follows_within_a_second(pair: Pair) -> None:
    with pair.run("theirs") as theirs, pair.run("ours") as ours:
        for begin in range(0, 2500, 500):
            theirs.ok("POST", "/entityOperations/create", [station(n) for n in range(begin, begin + 500)])
        theirs.ok("POST", "/entities", RICH)
        pair.add("--provider", "Theirs")
        until(lambda: same(theirs, ours), "all is copied")
        (bridge,) = ours.ok("GET", "/entities?type=Bridge")
        assert bridge["source"]["value"] == "mirror"
        assert bridge["dataProvider"]["value"] == "Theirs"
        assert bridge[ORIGIN]["object"] == "urn:ngsi-ld:ContextSourceIdentity:theirs"

        began = time.monotonic()
        one = f"/entities/{station(1)['id']}"
        theirs.ok("PATCH", f"{one}/attrs/no2", {"value": 9.5, "observedAt": "2026-01-01T13:00:00Z"})
        theirs.ok("POST", "/entities", station(9000))
        theirs.ok("DELETE", f"/entities/{station(2)['id']}")
        theirs.ok("DELETE", "/entities/urn:ngsi-ld:Bridge:1/attrs/level?datasetId=urn:x:second")
        theirs.ok("DELETE", "/entities/urn:ngsi-ld:Bridge:1/attrs/near")
        until(lambda: ours.api("GET", "/entities/urn:ngsi-ld:Bridge:1").json().get("near") is None, "it follows")
        assert time.monotonic() - began < 1.0
        assert same(theirs, ours)
        past = ours.ok("GET", f"/temporal{one}?attrs=no2")["no2"]
        assert [reading["value"] for reading in past] == [1.0, 9.5], "both readings are in the history"


def test_nothing_is_missing_after_either_side_was_killed(pair: Pair) -> None:
    with pair.run("theirs") as theirs:
        theirs.ok("POST", "/entityOperations/create", [station(n) for n in range(300)])
        with pair.run("ours") as ours:
            pair.add()
            until(lambda: same(theirs, ours), "all is copied")
            (made,) = subscriptions(theirs)
            ours.stop(signal.SIGKILL)
        theirs.ok("PATCH", f"/entities/{station(1)['id']}/attrs/no2", {"value": 2.5})
        theirs.ok("POST", f"/entities/{station(2)['id']}/attrs", {"so2": {"value": 1}})
        theirs.ok("DELETE", f"/entities/{station(3)['id']}")
        theirs.ok("POST", "/entities", station(1000))
        with pair.run("ours") as ours:
            until(lambda: same(theirs, ours), "what happened meanwhile is there")
            theirs.ok("DELETE", f"/entities/{station(2)['id']}/attrs/so2")
            until(lambda: same(theirs, ours), "and what happens then", 5)
            assert [one["id"] for one in subscriptions(theirs)] == [made["id"]], "no second subscription"

            theirs.stop(signal.SIGKILL)
            with pair.run("theirs") as again:
                again.ok("DELETE", f"/entities/{station(4)['id']}")
                again.ok("PATCH", f"/entities/{station(5)['id']}/attrs/no2", {"value": 7})
                until(lambda: same(again, ours), "nor after the other was killed", 40)
                assert hanze("feed", "remove", "mirror", "--folder", pair.folders["ours"]).code == 0
                until(lambda: not subscriptions(again), "the subscription is taken away")
                assert all_of(ours), "what it brought stays"


def test_two_nodes_that_mirror_each_other_never_take_their_own_back(pair: Pair) -> None:
    with pair.run("theirs") as theirs, pair.run("ours") as ours:
        theirs.ok("POST", "/entities", station(1))
        ours.ok("POST", "/entities", station(2))
        pair.add()
        back = ("feed", "add", "back", "--kind", "ngsild", "--url", ours.address, "--folder", pair.folders["theirs"])
        assert hanze(*back).code == 0
        until(lambda: len(all_of(theirs)) == 2 and same(theirs, ours), "each has both")
        assert "source" not in theirs.ok("GET", f"/entities/{station(1)['id']}"), "its own stayed its own"
        before = theirs.client.get("/health").json()["journal"]
        theirs.ok("PATCH", f"/entities/{station(1)['id']}/attrs/no2", {"value": 3})
        theirs.ok("DELETE", f"/entities/{station(2)['id']}")
        until(lambda: all_of(ours)[station(1)["id"]]["no2"]["value"] == 3, "a change goes one way")
        time.sleep(1)
        assert theirs.client.get("/health").json()["journal"] - before < 10, "and no change goes round in circles"


def test_what_is_not_the_mirrors_is_not_deleted_by_the_other(pair: Pair) -> None:
    with pair.run("theirs") as theirs, pair.run("ours") as ours:
        theirs.ok("POST", "/entities", station(1))
        pair.add()
        until(lambda: len(all_of(ours)) == 1, "all is copied")
        ours.ok("POST", "/entities", {**station(7), "no2": {"value": 1}})
        (made,) = subscriptions(theirs)
        door = made["notification"]["endpoint"]["uri"]
        gone = {
            "type": "Notification",
            "data": [{"id": station(7)["id"], "type": "X", "deletedAt": "2030-01-01T00:00:00Z"}],
        }
        assert theirs.client.post(door, json=gone).status_code == 200
        assert ours.api("GET", f"/entities/{station(7)['id']}").status_code == 200
        for wrong in (door[:-1], door + "x", door.rpartition("/")[0] + "/é", door.replace("/mirror/", "/other/")):
            assert theirs.client.post(wrong, json=gone).status_code == 404
        assert theirs.client.post(door, content=b"{").status_code == 400
        assert theirs.client.post(door, json={"data": 5}).status_code == 400
        assert theirs.client.get(door).status_code == 405
        source = {
            "id": "urn:ngsi-ld:Source:ours:mirror",
            "type": "https://w3id.org/hanze/terms#Source",
            "x": {"value": 1},
        }
        assert theirs.client.post(door, json={"data": [source]}).status_code == 200
        assert theirs.client.post(door, json={"data": [{**source, "type": "Room"}]}).status_code == 200
        assert "x" not in ours.ok("GET", f"/entities/{source['id']}"), "what a room keeps for itself is not taken"
        unknown = {**station(8), "@context": "http://127.0.0.1:1/context.jsonld"}
        assert theirs.client.post(door, json={"data": [unknown]}).status_code == 504, "it is to be sent again"
