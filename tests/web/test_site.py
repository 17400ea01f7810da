# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shell of the site: languages, files that may be kept, and what is not there."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount

from hanze.access import VAULTS, Access, Policy
from hanze.errors import ResourceNotFound
from hanze.store import sqlite
from hanze.web import site
from hanze.web.people.vaults import VAULTS as PEOPLE
from hanze.web.room import Page, Room, Site, Visit

pytestmark = pytest.mark.anyio


async def hello(visit: Visit) -> Response:
    if visit.asked("what") == "nothing":
        raise ResourceNotFound("There is nothing.")
    if visit.asked("what") == "fault":
        raise RuntimeError("our own")
    return HTMLResponse(visit.html("web/sorry.html", status=404))


async def shout(visit: Visit) -> Response:
    return Response(f"{visit.language.code} {visit.path} {visit.format}")


ROOM = Room("web", (Page("hello", hello, menu="City now"), Page("loud/shout", shout, ("csv",))))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    store = sqlite.open(tmp_path, clock=lambda: 0, vaults=(*VAULTS, *PEOPLE))
    shared = Site(
        store,
        Access(store, lambda: 0, Policy()),
        lambda: 0,
        "<Town>",
        ZoneInfo("Europe/Amsterdam"),
        os.urandom,
        "/under",
    )
    app = Starlette(routes=[Mount("/under", routes=site.routes(shared, (ROOM,)))])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as made:
        yield made
    store.close()


@pytest.mark.parametrize(("wish", "place"), [("en;q=0.7", "/under/en/"), ("fr", "/under/nl/"), ("", "/under/nl/")])
async def test_the_front_page_speaks_the_language_of_the_browser(
    client: httpx2.AsyncClient, wish: str, place: str
) -> None:
    answer = await client.get("/under/", headers={"accept-language": wish})
    assert (answer.status_code, answer.headers["location"], answer.headers["vary"]) == (302, place, "accept-language")
    answer = await client.get(place)
    assert "&lt;Town&gt;" in answer.text and ("Wat speelt er in" in answer.text) == ("/nl/" in place)


async def test_a_page_in_each_language_and_format(client: httpx2.AsyncClient) -> None:
    for code in ("nl", "en"):
        assert (await client.get(f"/under/{code}/loud/shout")).text == f"{code} loud/shout "
        assert (await client.get(f"/under/{code}/loud/shout.csv")).text == f"{code} loud/shout csv"
        answer = await client.get(f"/under/{code}/hello", headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
    assert (await client.get("/under/nl/loud/shout.json")).status_code == 404
    assert (await client.get("/under/fr/hello")).status_code == 404


async def test_names_are_escaped_and_addresses_stay_under_the_base(client: httpx2.AsyncClient) -> None:
    html = (await client.get("/under/en/hello?a=%22%3E%3Cscript%3E")).text
    assert "&lt;Town&gt;" in html and "<Town>" not in html and "<script>" not in html
    assert 'href="/under/nl/hello?a=' in html
    assert 'aria-current="page">City now' in html


@pytest.mark.parametrize(
    ("path", "status"), [("hello?what=nothing", 404), ("hello?what=fault", 500), ("other", 404), ("a/b", 404)]
)
async def test_what_goes_wrong_is_a_plain_page_in_the_language(
    client: httpx2.AsyncClient, path: str, status: int
) -> None:
    answer = await client.get(f"/under/nl/{path}")
    assert answer.status_code == status
    assert ("Hier is niets" if status == 404 else "De fout ligt bij ons") in answer.text
    assert "our own" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_files_may_be_kept_for_good(client: httpx2.AsyncClient) -> None:
    html = (await client.get("/under/nl/hello")).text
    style = next(part.partition('"')[0] for part in html.split('href="') if "site.css" in part)
    answer = await client.get(style, headers={"accept-encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    plain = await client.get(style, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text and "--accent" in plain.text
    older = await client.get("/under/static-000000000000/site.css")
    assert older.headers["cache-control"] == "public, max-age=3600"
    for wrong in ("nothing.css", "../site.py", "..%2Fsite.py", ""):
        assert (await client.get(f"/under/static-000000000000/{wrong}")).status_code == 404
