# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze feed: a source is connected, seen, paused and removed, beside a running node and without one."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import said, sentence
from tests.running import running

MAPPING = """
items = "spots"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:{id}"
[[attribute]]
name = "availableSpotNumber"
path = "free"
"""


class Quay(http.server.BaseHTTPRequestHandler):
    free: Any = 5

    def do_GET(self) -> None:
        body = json.dumps({"spots": [{"id": "quay", "free": type(self).free}, {"id": "odd", "free": "many"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Quay, "free", 5)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quay)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "parking.toml"
    file.write_text(MAPPING)
    return file


def test_a_source_beside_a_running_node(folder: Path, url: str, mapping: Path) -> None:
    def state() -> str:
        return said("feed", "status", "--folder", folder).out

    with running(folder, "--allow-loopback") as node:
        options = ("--kind", "json", "--url", f"{url}?api_key=s3cret", "--mapping", mapping, "--every", "1")
        added = said("feed", "add", "parking", *options, "--provider", "The quay", "--folder", folder)
        assert added.code == 0, added
        until(lambda: "parking is fresh" in state())
        assert "refused: spots[1]: free: 'many' is no number" in state()
        entity = node.ok("GET", "/entities/urn:ngsi-ld:OffStreetParking:quay")
        assert entity["availableSpotNumber"]["value"] == 5
        assert entity["dataProvider"]["value"] == "The quay"
        listed = said("feed", "list", "--folder", folder).out
        assert "json" in listed and "s3cret" not in listed + state()

        # The source's own entity is the room's: not even an open node lets others write it.
        type = "https://w3id.org/hanze/terms%23Source"
        status = "https://w3id.org/hanze/terms#status"
        # It is written behind what the source brought.
        until(lambda: node.ok("GET", f"/entities?type={type}")[0][status]["value"] == "fresh")
        own = node.ok("GET", f"/entities?type={type}")[0]
        refused = node.api("DELETE", f"/entities/{own['id']}")
        assert refused.status_code == 403, refused.text

        assert said("feed", "pause", "parking", "--folder", folder).out == "parking rests.\n"
        until(lambda: "parking is paused" in state())
        assert said("feed", "resume", "parking", "--folder", folder).out == "parking goes on.\n"
        until(lambda: "parking is fresh" in state())
        assert said("feed", "remove", "parking", "--folder", folder).code == 0
        assert "There are no sources yet" in said("feed", "list", "--folder", folder).err
        assert node.ok("GET", "/entities/urn:ngsi-ld:OffStreetParking:quay")


def test_sources_without_a_running_node(folder: Path, url: str, mapping: Path) -> None:
    words = ("--kind", "json", "--url", url, "--mapping", mapping, "--folder", folder)
    assert said("feed", "add", "parking", *words).code == 0
    assert "parking is new" in said("feed", "status", "--folder", folder).out
    assert 'There is a source "parking" already' in sentence(said("feed", "add", "parking", *words))
    assert 'no source "bikes"' in sentence(said("feed", "pause", "bikes", "--folder", folder))
    assert "cannot be the name" in sentence(said("feed", "add", "My Source", *words))
    assert 'kind is "odd"; give one of files, gbfs, ' in sentence(said("feed", "add", "o", "--kind", "odd", *words[2:]))
    mapping.write_text("type = 5")
    assert "id is missing" in sentence(said("feed", "add", "other", *words))
    (folder / "feeds" / "wrong.toml").write_text("kind = 1")
    listed = said("feed", "list", "--folder", folder)
    assert "wrong.toml" in listed.err
    assert "parking" in listed.out


def test_an_address_of_ones_own_network_says_what_to_do(folder: Path, url: str, mapping: Path) -> None:
    with running(folder):
        said("feed", "add", "parking", "--kind", "json", "--url", url, "--mapping", mapping, "--folder", folder)
        until(lambda: "is failing" in said("feed", "status", "--folder", folder).out)
        assert "[outgoing] allow in hanze.toml" in said("feed", "status", "--folder", folder).out


def test_a_folder_of_sources_that_cannot_be_read_leaves_them_as_they_were(
    folder: Path, url: str, mapping: Path
) -> None:
    words = ("--kind", "json", "--url", url, "--mapping", mapping, "--every", "1", "--folder", folder)
    with running(folder, "--allow-loopback") as node:
        said("feed", "add", "parking", *words)
        until(lambda: "parking is fresh" in said("feed", "status", "--folder", folder).out)
        (folder / "feeds").rename(folder / "away")
        (folder / "feeds").write_text("no folder")
        until(lambda: "feeds cannot be read" in node.log())
        assert "feeds cannot be read" in sentence(said("feed", "list", "--folder", folder))
        Quay.free = 6
        until(lambda: bool(node.ok("GET", "/entities?type=OffStreetParking&q=availableSpotNumber==6")))
        (folder / "feeds").unlink()
        (folder / "away").rename(folder / "feeds")
        said("feed", "pause", "parking", "--folder", folder)
        until(lambda: "parking is paused" in said("feed", "status", "--folder", folder).out)
        assert node.log().count("feeds cannot be read") == 1
