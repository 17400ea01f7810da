# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages tell people to type does what they say."""

import contextlib
import http.server
import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest

from tests.docs.reading import DOCS, NODE, blocks, call, commands, send
from tests.running import hanze, running, until

MARKET = "/entities/urn:ngsi-ld:AirQualityObserved:market"


def test_the_tutorial_works_as_typed(tmp_path: Path) -> None:
    start, create, change, ask, look, close = [commands(block) for block in blocks("tutorial/five-minutes.md")]
    init, serve = start
    assert hanze(*init[1:], cwd=tmp_path).code == 0
    folder = tmp_path / serve[2]
    assert serve[3:] == ["--open"]
    with running(folder) as node:
        assert send(call(create[0]), node.address).status_code == 201
        assert send(call(change[0]), node.address).status_code == 204
        for words in ask:
            (found,) = send(call(words), node.address).json()
            assert found["id"].endswith(":market")
        past = send(call(look[0]), node.address).json()
        assert [one["value"] for one in past["no2"]] == [31.5, 28.0], "every change is kept"

    made, again = close
    key = re.search(r"hz_[\w-]+", "".join(hanze(*made[1:], cwd=tmp_path)[1:]))
    assert key is not None
    assert again == ["hanze", "serve", "my-city"]
    public = re.search(r"public = \[.*?\]", (DOCS / "tutorial/five-minutes.md").read_text("utf-8"))
    assert public is not None
    file = folder / "hanze.toml"
    file.write_text(file.read_text("utf-8").replace("public = []", public[0]), "utf-8")
    with running(folder, open=False) as node:
        assert node.api("GET", MARKET).status_code == 200, "anyone reads air quality"
        value = {"value": 27.0}
        assert node.api("PATCH", MARKET + "/attrs/no2", value).status_code == 401, "only the key writes"
        assert node.api("PATCH", MARKET + "/attrs/no2", value, Authorization=f"Bearer {key[0]}").status_code == 204


def test_a_csv_is_loaded_as_the_page_says(tmp_path: Path) -> None:
    table, mapping, load = blocks("how-to/load-a-csv.md")
    (tmp_path / "air.csv").write_text(table + "\n", "utf-8")
    (tmp_path / "air.toml").write_text(mapping + "\n", "utf-8")
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    (words,) = commands(load)
    ran = hanze(*words[1:], cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "2 rows, 2 new, 0 rejected" in ran.out
    with running(tmp_path / "my-city") as node:
        past = node.ok("GET", "/temporal/entities/urn:ngsi-ld:AirQualityObserved:NL01487?attrs=no2")["no2"]
    assert [(one["value"], one["observedAt"], one["unitCode"]) for one in past] == [
        (31.5, "2026-01-01T00:00:00Z", "GQ"), (28.0, "2026-01-01T01:00:00Z", "GQ"),
    ]  # fmt: skip


def test_a_source_is_connected_as_the_page_says(tmp_path: Path) -> None:
    answer, mapping, add = blocks("how-to/connect-a-source.md")[:3]
    (tmp_path / "parking.toml").write_text(mapping + "\n", "utf-8")
    (tmp_path / "parking.json").write_text(answer, "utf-8")
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    with site(tmp_path) as here, running(tmp_path / "my-city", "--allow-loopback") as node:
        for words in commands(add.replace("https://example.org", here)):
            ran = hanze(*words[1:], cwd=tmp_path)
            assert ran.code == 0, ran.err
        found = until(lambda: node.ok("GET", "/entities?type=OffStreetParking"), "the parking is there")
        (spot,) = found
    assert spot["availableSpotNumber"] == {
        "type": "Property", "value": 12, "unitCode": "C62", "observedAt": "2026-01-01T11:00:00Z",
    }  # fmt: skip
    assert spot["location"]["value"]["coordinates"] == [4.51, 52.9]
    assert (spot["name"]["value"], spot["dataProvider"]["value"]) == ("The quay", "The city")


def test_a_folder_is_watched_as_the_page_says(tmp_path: Path) -> None:
    mapping, add = blocks("how-to/connect-a-source.md")[3:]
    (tmp_path / "air.toml").write_text(mapping + "\n", "utf-8")
    (tmp_path / "air").mkdir()
    (tmp_path / "air/day.csv").write_text("station,start,value\nquay,2026-01-01 01:00,31.5\nquay,2026-01-01 02:00,x\n")
    assert hanze("init", "my-city", cwd=tmp_path).code == 0
    with running(tmp_path / "my-city") as node:
        (words,) = commands(add.replace("/data/air", str(tmp_path / "air")))
        ran = hanze(*words[1:], cwd=tmp_path)
        assert ran.code == 0, ran.err
        (station,) = until(lambda: node.ok("GET", "/entities?type=AirQualityObserved"), "the file is read", 40)
        told = hanze("feed", "status", "--folder", "my-city", cwd=tmp_path).out
    assert station["no2"] == {"type": "Property", "value": 31.5, "unitCode": "GQ", "observedAt": "2026-01-01T00:00:00Z"}
    assert station["dataProvider"]["value"] == "The harbour"
    assert "day.csv, line 3: value is 'x', which is no number" in told


def test_another_broker_is_mirrored_as_the_page_says(tmp_path: Path) -> None:
    add, ask = blocks("how-to/keep-your-own-broker.md")
    spot = {"id": "urn:ngsi-ld:ParkingSpot:1", "type": "ParkingSpot", "status": {"type": "Property", "value": "free"}}
    for name in ("my-city", "other"):
        assert hanze("init", name, cwd=tmp_path).code == 0
    with (
        running(tmp_path / "other", "--allow-loopback") as other,
        running(tmp_path / "my-city", "--allow-loopback") as node,
    ):
        other.ok("POST", "/entities", spot)
        for words in commands(add.replace("http://127.0.0.1:1026", other.address).replace(NODE, node.address)):
            ran = hanze(*words[1:], cwd=tmp_path)
            assert ran.code == 0, ran.err
        ((asked,),) = (commands(ask),)
        until(lambda: send(call(asked), node.address).is_success, "the parking spot is there")
        other.ok("PATCH", f"/entities/{spot['id']}/attrs/status", {"value": "taken"})
        until(lambda: send(call(asked), node.address).json()["status"]["value"] == "taken", "a change follows")
        found = send(call(asked), node.address).json()
    assert found["dataProvider"]["value"] == "The city"
    assert found["https://w3id.org/hanze/terms#origin"]["object"] == "urn:ngsi-ld:ContextSourceIdentity:other"


@contextlib.contextmanager
def site(folder: Path) -> Iterator[str]:
    """A web site of the files of a folder."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page} names {target}"


def test_the_readme_names_what_there_is() -> None:
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)", readme):
        assert (DOCS.parent / target).exists(), target
    words = set(re.findall(r"^([a-z]+):", (DOCS.parent / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= named <= words


def test_the_pages_only_call_this_machine() -> None:
    for page in DOCS.rglob("*.md"):
        for words in (words for block in blocks(str(page)) for words in commands(block) if words[0] == "curl"):
            assert httpx2.URL(call(words).url).host == "127.0.0.1", page
