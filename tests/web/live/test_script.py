# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""live.js in a real browser: one stream for all tabs, closed while none is seen, and nothing missed."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hanze.access import Public
from tests.browser import Browser, Page, browser, needs_chromium
from tests.contract.making import entity, iri, remove, save
from tests.running import until
from tests.web.live.city import City, city

pytestmark = needs_chromium

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:"
PAGE = """<!doctype html><html lang="en"><title>Live</title><link rel="icon" href="data:,">
<script type="module" src="/static/follow.js"></script>"""
FOLLOW = """import { live } from "./live.js";
window.told = [];
window.events = [];
window.resets = 0;
document.addEventListener("hanze:changes", (event) => {
  if (event.detail.reset) { window.resets += 1; if (window.stay) event.preventDefault(); }
  else window.events.push(event.detail);
});
const types = new URLSearchParams(location.search).get("types");
window.stop = live(types ? types.split(",") : [], (changes) => window.told.push(changes));"""
LAST = "told.flatMap(({entities}) => entities).at(-1)?.no2"
"""The value that a page was told last."""


async def _page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"content-security-policy": POLICY})


async def _script(request: Request) -> Response:
    own = request.path_params["name"] == "follow.js"
    text = FOLLOW if own else (files("hanze.web") / "static" / "live.js").read_text("utf-8")
    return Response(text, media_type="text/javascript")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def here(tmp_path: Path) -> Iterator[City]:
    routes = [Route("/", _page), Route("/static/{name}", _script)]
    rules: dict[str, Any] = {"public": (Public(iri("Air")), Public(iri("Tree")))}
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(city(tmp_path, routes=routes, **rules)) as made,
    ):
        yield made


@pytest.fixture
def opened(chromium: Browser, here: City) -> Iterator[Callable[..., Page]]:
    """Opens tabs of the city; all are closed at the end."""
    pages: list[Page] = []

    def open(types: str = "Air", **options: Any) -> Page:
        pages.append(chromium.page(f"http://127.0.0.1:{here.port}/?types={types}", **options))
        pages[-1].front()
        return pages[-1]

    yield open
    for page in pages:
        page.close()


def streams(here: City, count: int) -> None:
    until(lambda: here.live.hub.figures()["streams"] == count, f"there are {count} streams")


def air(here: City, value: int) -> None:
    save(here.store, entity("1", "Air", no2=value))


def test_a_page_follows_what_changes(here: City, opened: Callable[..., Page]) -> None:
    page = opened()
    streams(here, 1)
    save(here.store, entity("oak", "Tree", height=4), entity("1", "Air", no2=1))
    page.until(f"{LAST} == 1")
    remove(here.store, "urn:ngsi-ld:Air:1")
    page.until("told.at(-1).gone.length")
    told, events = page.run("told"), page.run("events")
    assert told[0] == {
        "entities": [{"id": "urn:ngsi-ld:Air:1", "type": "Air", "no2": 1}], "gone": [], "at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    assert told[-1]["gone"] == ["urn:ngsi-ld:Air:1"]
    assert [(one["entities"], one["gone"]) for one in events] == [(one["entities"], one["gone"]) for one in told]
    page.run("stop()")
    streams(here, 0)
    assert not page.complaints, "also the content security policy allows it"


def test_all_tabs_have_one_stream_and_each_gets_what_it_wants(here: City, opened: Callable[..., Page]) -> None:
    one, two = opened("Air"), opened(f"Tree,{iri('Air')}")
    two.until("window.told !== undefined")
    save(here.store, entity("oak", "Tree", height=4), entity("1", "Air", no2=1))
    for page, count in ((one, 1), (two, 2)):
        page.until(f"told.flatMap(({{entities}}) => entities).length == {count}")
    streams(here, 1)
    one.close()
    air(here, 2)
    two.until(f"{LAST} == 2")
    streams(here, 1)


def test_hidden_tabs_have_none_and_miss_nothing(here: City, chromium: Browser, opened: Callable[..., Page]) -> None:
    page = opened()
    streams(here, 1)
    air(here, 1)
    page.until(f"{LAST} == 1")
    elsewhere = chromium.page("about:blank")
    elsewhere.front()
    page.until("document.hidden")
    streams(here, 0)
    air(here, 2)
    air(here, 3)
    page.front()
    page.until(f"{LAST} == 3")
    assert page.run("told.map(({entities}) => entities[0].no2)") == [1, 3]
    streams(here, 1)
    elsewhere.close()


def test_a_tab_is_told_what_changed_since_it_was_made(here: City, opened: Callable[..., Page]) -> None:
    page = opened()
    streams(here, 1)
    made = here.store.head()
    air(here, 1)
    page.until(f"{LAST} == 1")
    page.run(f"import('/static/live.js').then(({{live}}) => {{ live(['Air'], (it) => window.late = it, {made}) }})")
    assert page.until("window.late")["entities"][0]["no2"] == 1


def test_a_stream_that_broke_goes_on_where_it_was(here: City, opened: Callable[..., Page]) -> None:
    page = opened()
    streams(here, 1)
    air(here, 1)
    page.until(f"{LAST} == 1")
    (stream,) = here.live.hub._streams
    here.loop.call_soon_threadsafe(stream.drop)
    streams(here, 0)
    air(here, 2)
    page.until(f"{LAST} == 2")


def test_without_shared_workers_each_tab_has_its_own(here: City, opened: Callable[..., Page]) -> None:
    pages = [opened(script="delete window.SharedWorker") for _ in range(2)]
    pages[1].front()
    streams(here, 1)
    air(here, 1)
    pages[1].until(f"{LAST} == 1")
    pages[0].front()
    streams(here, 1)
    pages[0].until("!document.hidden")
    air(here, 2)
    pages[0].until(f"{LAST} == 2")


def test_where_all_must_be_asked_anew_the_page_loads_again(here: City, opened: Callable[..., Page]) -> None:
    page = opened()
    streams(here, 1)
    page.run("window.stay = true")
    save(here.store, *(entity(str(number), "Air", no2=1) for number in range(2001)))
    page.until("resets == 1")
    page.run("window.stay = false, window.before = true")
    save(here.store, *(entity(str(number), "Air", no2=2) for number in range(2001)))
    page.until("!window.before && window.told !== undefined")
    streams(here, 1)
    page.run("window.before = true")
    save(here.store, *(entity(str(number), "Air", no2=3) for number in range(2001)))
    page.until("resets == 1")
    air(here, 4)
    page.until(f"{LAST} == 4")
    assert page.run("window.before"), "not twice in a minute"
