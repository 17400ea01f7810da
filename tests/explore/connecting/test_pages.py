# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources by page: what cannot be read is told, what is added is declared as the command does it, and secrets stay secret."""

import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.applications import Starlette

from hanze.access import audit
from hanze.errors import ResourceNotFound
from hanze.explore.room import ROOM
from hanze.explore.vaults import VAULTS
from hanze.feeds.brought import BROUGHT
from hanze.feeds.record import SOURCES
from hanze.node import keeping, sources
from hanze.outgoing import Guard
from hanze.web import site
from hanze.web.room import Site
from tests.explore import staff
from tests.explore.reading import text
from tests.explore.staff import Town, Visitor

pytestmark = pytest.mark.anyio

PARKING = b'[{"id": "a", "name": "Kade", "free": 12}, {"id": "b", "name": "Markt", "free": 7}]'
ANSWERS = {
    "/parking.json": PARKING,
    "/air.csv": b"station,time,no2\nkade,2026-03-10 12:00,31.5\n",
    "/page": b"<html></html>",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = ANSWERS.get(self.path.partition("?")[0])
            self.send_response(404 if body is None else 200)
            self.send_header("content-length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{made.server_port}"
        finally:
            made.shutdown()
            thread.join()


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    # What is remembered of sources is of the node, not of this room.
    monkeypatch.setattr("tests.explore.staff.DROPS", (*VAULTS, SOURCES, BROUGHT))
    with staff.town(tmp_path) as made:
        keeper = keeping.keeper(tmp_path, made.store, Guard(["127.0.0.1"]), sources.kinds())
        shared = Site(
            made.store, made.access, lambda: made.now, "Town", ZoneInfo("Europe/Amsterdam"), os.urandom, lent=(keeper,),
        )  # fmt: skip
        made.app = Starlette(routes=site.routes(shared, (ROOM,)))
        yield made


async def looked(visitor: Visitor, url: str, **more: str) -> tuple[str, str]:
    """Gives an address; where the page of what was found is, and what it says."""
    answer = await visitor.post("/en/sources/add", {"url": url, **more})
    assert answer.status_code == 303, text(answer.text)
    # Whoever is asked in-process has its answer when the work behind the page is done.
    where = answer.headers["location"]
    return where, text(await visitor.ok(where))


async def test_what_cannot_be_read_is_told_with_advice(town: Town, server: str) -> None:
    async with town.visitor("data-officer") as visitor:
        where, said = await looked(visitor, f"{server}/nothing.json")
        assert "answered with status 404" in said and "Look at the address of the source" in said
        assert "Give another address" in said and "Add this source" not in said
        _, said = await looked(visitor, "http://10.1.2.3/parking.json")
        assert "Where the source is in your own network" in said
        _, said = await looked(visitor, f"{server}/page")
        assert "Add this source" not in said
        _, said = await looked(visitor, f"{server}/air.csv")
        assert "This is a table." in said and "Add data from a file" in said
        for wrong in ("file:///etc/passwd", "/etc/passwd", "parking", "gopher://a.b/", "http://", "simulated:"):
            answer = await visitor.post("/en/sources/add", {"url": wrong})
            assert answer.status_code == 422 and "This is no address." in answer.text, wrong
        answer = await visitor.post("/en/sources/add", {"url": server, "options": "stations"})
        assert answer.status_code == 422 and "Write each on a line of its own" in answer.text
    async with town.visitor("administrator") as other:
        assert (await other.get(where)).status_code == 404


async def test_a_source_is_added_rests_goes_on_and_ends(town: Town, server: str, tmp_path: Path) -> None:
    async with town.visitor("data-officer") as visitor:
        where, said = await looked(visitor, f"{server}/parking.json?key=geheim", options="timeout=5")
        assert "Kade" in said and "2 things at this moment" in said and "geheim" not in said
        answer = await visitor.post(where, {"name": "park", "provider": "Town", "minutes": "10"})
        assert answer.headers["location"] == "/en/sources/one?name=park"
        file = tmp_path / "feeds/park.toml"
        assert file.stat().st_mode & 0o777 == 0o600
        feed = sources.one(tmp_path, "park")
        assert (feed.every, feed.provider, feed.options) == (600.0, "Town", {"timeout": 5})
        assert (await visitor.get(where)).status_code == 404
        again, _ = await looked(visitor, f"{server}/parking.json")
        answer = await visitor.post(again, {"name": "park"})
        assert answer.status_code == 422 and "There is a source with this name already." in answer.text
        page = "/en/sources/one?name=park"
        said = text(await visitor.ok(page))
        assert "This source begins." in said and "geheim" not in said
        await visitor.post(page, {"act": "rest"})
        assert sources.one(tmp_path, "park").paused and "This source rests." in await visitor.ok(page)
        await visitor.post(page, {"act": "go on"})
        assert not sources.one(tmp_path, "park").paused
        assert (await visitor.post(page, {"act": "remove"})).status_code == 404
        assert (await visitor.post(page, {"act": "remove", "sure": "yes"})).headers["location"] == "/en/sources"
        with pytest.raises(ResourceNotFound):
            sources.one(tmp_path, "park")
    lines = [(line.act, line.principal.partition(":")[0]) for line in audit.lines(town.store, limit=10)]
    acts = ["feed.remove", "feed.resume", "feed.pause", "feed.add"]
    assert [line for line in lines if line[0].startswith("feed.")] == [(act, "person") for act in acts]


async def test_a_corrected_mapping_is_tried_once_more(town: Town, server: str) -> None:
    async with town.visitor("administrator") as visitor:
        where, _ = await looked(visitor, f"{server}/parking.json")
        mapping = where.replace("/look?", "/mapping?")
        asked = {"type": "OffStreetParking", "id": "urn:ngsi-ld:OffStreetParking:{name}"}
        answer = await visitor.post(mapping, {**asked, "lon": "x"})
        assert answer.status_code == 422 and "location has neither lon and lat" in answer.text
        answer = await visitor.post(mapping, {**asked, "name 0": "availableSpotNumber", "kind 0": "number", "time": ""})
        assert answer.headers["location"] == where, text(answer.text)
        said = text(await visitor.ok(where))
        assert "OffStreetParking:Kade" in said


@pytest.mark.parametrize("role", ["", "resident", "partner", "editor", "participation-officer", "innovation-officer"])
async def test_others_do_not_keep_sources(town: Town, role: str) -> None:
    async with town.visitor(role) as visitor:
        for path in (
            "sources/add",
            "sources/look",
            "sources/mapping",
            "sources/one?name=park",
            "start/source",
            "start/public",
        ):
            assert (await visitor.get(f"/en/{path}")).status_code == (403 if role else 303), path
            assert (await visitor.post(f"/en/{path}", {"url": "http://a.b/"})).status_code in (303, 403, 405), path
        assert "Add a source" not in await visitor.ok("/en/sources")
