# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze feed probe: what stands at an address is said, shown and written, with a node's folder and without."""

import gzip
import http.server
import shlex
import shutil
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import said, sentence
from tests.running import hanze, running, until

PARKING = b"""{"spots": [{"id": "quay", "title": "The quay", "vrij": 12, "at": "2026-01-01T12:00:00Z", "lat": 52.9, "lng": 4.5},
 {"id": "odd", "title": "Odd", "vrij": "n/a", "at": "2026-01-01T12:00:00Z", "lat": 52.8, "lng": 4.6},
 {"id": "park", "title": "The park", "vrij": "7", "at": "2026-01-01T12:00:00Z", "lat": 52.8, "lng": 4.6}]}"""
GARBAGE = {
    "/empty": b"", "/login": b"<html><title>Login</title><input type=password></html>",
    "/page": b"<!doctype html><title>Open data</title>", "/cut.gz": gzip.compress(b"<a>" * 1000)[:-9],
}  # fmt: skip


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/endless":
            self._endless()
            return
        body = {"/parking.json": PARKING, **GARBAGE}.get(self.path.partition("?")[0])
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def _endless(self) -> None:
        """As many bytes as are taken, up to 5 GB."""
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(5 << 10):
                self.wfile.write(b"[" * (1 << 20))
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def allow(folder: Path) -> None:
    """The node may call this machine."""
    with (folder / "hanze.toml").open("a") as file:
        file.write('\n[outgoing]\nallow = ["127.0.0.1"]\n')


def test_a_source_is_shown_and_then_connected_with_the_command_that_is_told(folder: Path, site: str) -> None:
    told = said("feed", "probe", f"{site}/parking.json")
    assert told.code == 0, told.err
    assert "JSON with 3 things at spots." in told.out
    assert "3 would come:" in told.out and "OffStreetParking:parking:quay  " in told.out and "The quay" in told.out
    text = told.out.partition("The file feeds/parking.toml:\n\n")[2].partition("\nConnect it with:")[0]
    made = tomllib.loads(text)
    assert made["mapping"]["type"] == "OffStreetParking"
    assert made["mapping"]["attribute"][0] == {
        "name": "availableSpotNumber", "path": "vrij", "values": {"n/a": ""},
    }  # fmt: skip
    assert not list(folder.rglob("parking*")), "nothing is written"
    words = shlex.split(told.out.rpartition("Connect it with:")[2].replace("my-city", str(folder)))
    with running(folder, "--allow-loopback") as node:
        # The node calls this machine by its own word; the folder does not allow it.
        assert "add its network to [outgoing] allow" in sentence(hanze(*words[1:]))
        allow(folder)
        done = hanze(*words[1:])
        assert done.code == 0 and "feeds/parking.toml is written" in done.out, done
        assert tomllib.loads((folder / "feeds" / "parking.toml").read_text()) == made
        found = until(lambda: node.ok("GET", "/entities?type=OffStreetParking"), "the parking is there")
        assert {one["id"][-4:]: one.get("availableSpotNumber", {}).get("value") for one in found} == {
            "quay": 12, ":odd": None, "park": 7,
        }  # fmt: skip
        assert "3 taken" in said("feed", "status", "--folder", folder).out


def test_provider_licence_and_options_are_written(folder: Path, site: str) -> None:
    allow(folder)
    words = ("--write", "quay", "--provider", "The harbour", "--licence", "https://a.b/cc0", "--folder", folder)
    done = said("feed", "probe", f"{site}/parking.json", *words)
    assert done.code == 0, done.err
    assert "Connect it with" not in done.out
    made = tomllib.loads((folder / "feeds" / "quay.toml").read_text())
    assert (made["provider"], made["licence"], "paused" in made) == ("The harbour", "https://a.b/cc0", False)
    assert made["mapping"]["id"] == "urn:ngsi-ld:OffStreetParking:quay:{id}"
    assert 'There is a source "quay" already' in said("feed", "probe", f"{site}/parking.json", *words).err
    assert "cannot be the name" in sentence(said("feed", "probe", f"{site}/parking.json", "--write", "A b"))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/empty", "nothing at all"),
        ("/login", "web page to log in"),
        ("/page", 'with the title "Open data"'),
        ("/cut.gz", "cut off"),
        ("/gone", "status 404"),
    ],
)
def test_what_is_no_data_gets_one_sentence(site: str, path: str, told: str) -> None:
    assert told in sentence(said("feed", "probe", site + path))


def test_an_endless_answer_ends_soon(site: str) -> None:
    begin = time.monotonic()
    assert "gave more than 256 MB" in sentence(said("feed", "probe", site + "/endless"))
    assert time.monotonic() - begin < 30


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("example.org/a.json", "write https://example.org/a.json"),
        ("nothing-of-this-name", "no file of this name"),
        ("ftp://example.org/a", "is not of http or https"),
        ("http://127.0.0.1:1/", "cannot be reached"),
        ("http://no-such-host.invalid/", "cannot be resolved"),
        ("mqtt://127.0.0.1:1", "The broker ended the line, or there is none"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, told: str) -> None:
    assert told in sentence(said("feed", "probe", url))


def test_a_file_of_this_machine(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "air.csv").write_text(
        "station;start;component;value\nNL1;2026-01-01 01:00;NO2;31,5\nNL1;2026-01-01 02:00;NO2;28,0\n"
    )
    told = said("feed", "probe", tmp_path / "air.csv")
    assert told.code == 0, told.err
    assert "One would come:" in told.out and "28" in told.out
    mapping = told.out.partition("The mapping air.toml:\n\n")[2].partition("\nThe file feeds/")[0]
    made = tomllib.loads(mapping)
    assert made["csv"] == {"delimiter": ";", "decimal": ","}
    assert made["time"] == {"column": "start", "zone": "Europe/Amsterdam"}
    (tmp_path / "air.toml").write_text(mapping)
    loaded = said("load", tmp_path / "air.csv", "--mapping", tmp_path / "air.toml", "--folder", folder)
    assert loaded.code == 0 and "2 rows, 2 new, 0 rejected" in loaded.out, loaded


def test_a_folder_into_which_files_come(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "from the harbour"
    place.mkdir()
    assert "No file in" in sentence(said("feed", "probe", place))
    (place / "notes.md").write_text("ours")
    (place / "all.json").write_bytes(PARKING)
    (place / "a.ndjson").write_bytes(b'{"id": 1, "free": 5}\n{"id": 2, "free": "x"}\n')
    (place / "b.ndjson").write_bytes(b'{"id": 3, "free": 7}\n')
    told = said("feed", "probe", place, "--write", "harbour", "--folder", folder)
    assert told.code == 0, told.err
    made = tomllib.loads((folder / "feeds" / "harbour.toml").read_text())
    assert (made["kind"], made["url"], made["options"]) == ("files", str(place), {"pattern": "*.ndjson"})
    for name, sign in (("all.json", "OffStreetParking:from"), ("a.ndjson", "1 would be refused")):
        assert name.partition(".")[0] in said("feed", "probe", place / name).out, sign
    (place / "room.jsonld").write_text(
        '{"id": "urn:ngsi-ld:Room:1", "type": "Room", "t": {"type": "Property", "value": 4}}'
    )
    told = said("feed", "probe", place / "room.jsonld")
    assert "One would come" in told.out and "mapping" not in told.out.partition("The file feeds/")[2]
    (place / "broken.ndjson").write_text("{")
    assert "no JSON" in sentence(said("feed", "probe", place / "broken.ndjson"))


@pytest.mark.skipif(shutil.which("mosquitto") is None, reason="mosquitto is not here")
def test_a_broker_of_messages(tmp_path: Path) -> None:
    import asyncio

    from tests.feeds.kinds.test_mqtt import Broker

    async def begun() -> Broker:
        broker = Broker(tmp_path)
        await broker.start()
        await broker.say(("air/quay/no2", 21.5), ("air/park/no2", 12), retain=True)
        return broker

    broker = asyncio.run(begun())
    try:
        told = said("feed", "probe", f"mqtt://127.0.0.1:{broker.port}", "--set", "topics=air/#,", "--seconds", "1")
    finally:
        broker.stop()
    assert told.code == 0, told.err
    assert "2 would come:" in told.out and '"air/+/no2"' in told.out
    assert "--set topics=air/+/no2," in told.out and "AirQualityObserved:quay  21.5" in told.out
