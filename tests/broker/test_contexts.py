# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remote @contexts, fetched from a real server: what is good is kept, what is wrong is told, nothing grows without end."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from hanze.broker.contexts import Contexts, Fetch
from hanze.outgoing import Client, Guard
from hanze.outgoing.documents import fetcher
from tests.broker.conftest import Api
from tests.outgoing.server import Asked, Server, serving

pytestmark = pytest.mark.anyio

ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
LD = "application/ld+json"
MOST = 20_000
REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"


def ok(value: Any, kind: str = LD) -> bytes:
    body = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def terms(**names: str) -> dict[str, Any]:
    return {"@context": {name: f"https://example.org/{iri}" for name, iri in names.items()}}


@asynccontextmanager
async def publishing(pages: dict[str, bytes]) -> AsyncIterator[Server]:
    async def answer(asked: Asked) -> bytes:
        return pages.get(asked.path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    async with serving(answer) as server:
        yield server


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(Guard(["127.0.0.1"]))
    yield made
    made.close()


@pytest.fixture
def seconds() -> float:
    """Within which a document must come; a test may give more."""
    return 0.3


@pytest.fixture
def fetch(client: Client, seconds: float) -> Fetch:
    return fetcher(client, seconds=seconds, most_bytes=MOST)


def link(url: str) -> str:
    return f'<{url}>; rel="http://www.w3.org/ns/json-ld#context"; type="{LD}"'


def room(number: int, context: Any = None, **more: Any) -> dict[str, Any]:
    made = {"id": f"urn:ngsi-ld:Room:{number}", "type": "Room", **more}
    return made if context is None else {**made, "@context": context}


async def test_a_context_by_link_and_in_the_body(api: Api) -> None:
    async with publishing({"/c": ok(terms(Room="ns#Room", n="ns#n"))}) as server:
        url = server.url("/c")
        await api.ok("POST", "/entities", room(1, n=5), Link=link(url))
        await api.ok("POST", "/entities", room(2, [url], n=6), Content_Type=LD)
        answer = await api("GET", "/entities?type=Room&options=keyValues", Link=link(url))
        assert answer.json() == [room(1, n=5), room(2, n=6)]
        assert answer.headers["link"] == link(url)
        assert await api.ok("GET", "/entities/urn:ngsi-ld:Room:1", Link=link(url), Accept=LD) == room(
            1, url, n={"type": "Property", "value": 5}
        )
        full = {"id": "urn:ngsi-ld:Room:1", "type": "https://example.org/ns#Room", "https://example.org/ns#n": 5}
        assert await api.ok("GET", "/entities/urn:ngsi-ld:Room:1?options=keyValues") == full
        assert len(server.asked) == 1, "fetched once, then kept"
        assert server.asked[0].headers["accept"].startswith(LD)


async def test_documents_that_name_others(api: Api) -> None:
    pages = {
        "/top": ok({"@context": ["inner/a", {"b": "https://example.org/top-b"}]}),
        "/inner/a": ok({"@context": ["b", "/moved", {"a": "https://example.org/a"}]}, "text/plain"),
        "/inner/b": ok(terms(b="inner-b", c="c")),
        "/moved": REDIRECT % b"/inner/d",
        "/inner/d": ok(terms(d="d")),
    }
    async with publishing(pages) as server:
        await api.ok("POST", "/entities", room(1, server.url("/top"), a=1, b=1, c=1, d=1), Content_Type=LD)
        await api.ok("POST", "/entities", room(2, [server.url("/inner/b")], b=2), Content_Type=LD)
        assert len(server.asked) == 5, "a document is fetched once, whichever context names it"
    found = await api.ok("GET", "/entities?type=Room&options=keyValues")
    assert sorted(found[0]) == [*(f"https://example.org/{name}" for name in ("a", "c", "d", "top-b")), "id", "type"]
    assert "https://example.org/inner-b" in found[1]


@pytest.mark.parametrize(
    ("page", "status", "word"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 504, "404"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", 504, "500"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", 504, "not HTTP"),
        (REDIRECT % b"/c", 504, "redirects"),
        (REDIRECT % b"http://169.254.169.254/latest", 504, "no public address"),
        (REDIRECT % b"file:///etc/passwd", 504, "http"),
        (ok(b"<html>", "text/html"), 400, "not JSON"),
        (ok(b""), 400, "not JSON"),
        (ok(b"[" * 10_000), 400, "not JSON"),
        (ok([1]), 400, "@context"),
        (ok({"context": {}}), 400, "@context"),
        (ok({"@context": 5}), 400, "@context"),
        (ok({"@context": {"a": 5}}), 400, "'a'"),
        (ok({"@context": "/c"}), 400, "includes itself"),
        (ok(b'{"@context": {"a": "' + b"x" * MOST + b'"}}'), 504, str(MOST)),
    ],
)
async def test_a_context_that_is_no_good(api: Api, page: bytes, status: int, word: str) -> None:
    type = ETSI + ("LdContextNotAvailable" if status == 504 else "BadRequestData")
    async with publishing({"/c": page}) as server:
        for answer in (
            await api.wrong("GET", "/entities?type=Room", Link=link(server.url("/c"))),
            await api.wrong("POST", "/entities", room(1, server.url("/c")), Content_Type=LD),
        ):
            assert (answer["status"], answer["type"]) == (status, type), answer
            assert word in answer["detail"]
        server_asked = len(server.asked)
        await api("GET", "/entities?type=Room", Link=link(server.url("/c")))
        assert len(server.asked) > server_asked, "what was no good is tried again"


async def test_a_context_that_was_put_right(api: Api) -> None:
    pages = {"/c": ok({"@context": {"a": 5}})}
    async with publishing(pages) as server:
        url = server.url("/c")
        assert (await api.wrong("POST", "/entities", room(1, url, a=1), Content_Type=LD))["status"] == 400
        pages["/c"] = ok(terms(a="a"))
        await api.ok("POST", "/entities", room(1, url, a=1), Content_Type=LD)
    assert "https://example.org/a" in await api.ok("GET", "/entities/urn:ngsi-ld:Room:1")


async def test_a_server_that_is_not_there_and_one_that_is_slow(api: Api) -> None:
    async def answer(asked: Asked) -> bytes:
        await asyncio.sleep(5)
        return ok(terms(a="a"))

    async with serving(answer) as server:
        url = server.url("/c")
        found = await api.wrong("GET", "/entities?type=Room", Link=link(url))
        assert (found["status"], "0.3 s" in found["detail"]) == (504, True)
    found = await api.wrong("GET", "/entities?type=Room", Link=link(url))
    assert (found["status"], "cannot be reached" in found["detail"]) == (504, True)
    found = await api.wrong("GET", "/entities?type=Room", Link=link("http://10.0.0.1/c"))
    assert (found["status"], "no public address" in found["detail"]) == (504, True)


@pytest.mark.parametrize(("limits", "seconds"), [({"request_context_seconds": 1.0}, 5.0)])
async def test_a_request_waits_for_all_its_contexts_together_no_longer_than_the_limit(api: Api) -> None:
    async def answer(asked: Asked) -> bytes:
        await asyncio.sleep(0.3)
        return ok(terms(n=f"n{asked.path[1:]}"))

    async with serving(answer) as server:
        rooms = [room(n, server.url(f"/{n}"), n=n) for n in range(20)]
        began = asyncio.get_running_loop().time()
        found = await api("POST", "/entityOperations/create", [*rooms, room(20, server.url("/0"))], Content_Type=LD)
        assert asyncio.get_running_loop().time() - began < 3
        assert len(server.asked) <= 4, "nothing is fetched once the time is over"
        body = found.json()
        late = [one["error"] for one in body["errors"]]
        assert (found.status_code, len(body["success"]) + len(late)) == (207, 21)
        assert late and {(one["status"], one["type"], one["limit"]) for one in late} == {
            (504, ETSI + "LdContextNotAvailable", 1.0)
        }
        assert all("1 s" in one["detail"] for one in late)
        assert body["success"][0].endswith(":0") and body["success"][-1].endswith(":20"), (
            "what is at hand needs no time"
        )
        again = await api("POST", "/entityOperations/create", rooms[10:11], Content_Type=LD)
        assert again.is_success, "each request has the whole time"


@pytest.mark.parametrize(("limits", "seconds"), [({"request_context_seconds": 0.3}, 5.0)])
async def test_the_limit_counts_for_documents_that_name_others_and_for_links(api: Api) -> None:
    async def answer(asked: Asked) -> bytes:
        await asyncio.sleep(0.12)
        return ok({"@context": f"{asked.path}x"} if len(asked.path) < 8 else terms(n="n"))

    async with serving(answer) as server:
        for found in (
            await api.wrong("GET", "/entities?type=Room", Link=link(server.url("/a"))),
            await api.wrong("POST", "/entities", room(1, server.url("/b")), Content_Type=LD),
        ):
            assert (found["status"], found["limit"]) == (504, 0.3)


async def test_documents_without_end(api: Api) -> None:
    async def answer(asked: Asked) -> bytes:
        return ok({"@context": f"{asked.path}x"})

    async with serving(answer) as server:
        found = await api.wrong("GET", "/entities?type=Room", Link=link(server.url("/c")))
        assert (found["status"], "one document too many" in found["detail"]) == (400, True)
        assert len(server.asked) <= 30


async def test_what_is_kept_is_served_when_the_server_is_gone(api: Api) -> None:
    async with publishing({"/c": ok(terms(Room="ns#Room"))}) as server:
        url = server.url("/c")
        await api.ok("POST", "/entities", room(1), Link=link(url))
    assert (await api.ok("GET", "/entities/urn:ngsi-ld:Room:1", Link=link(url)))["type"] == "Room"


async def test_links_that_are_no_context(api: Api) -> None:
    two = f"{link('https://example.org/a')}, {link('https://example.org/b')}"
    for header in (two, link("c.jsonld"), link("")):
        found = await api.wrong("GET", "/entities?type=Room", Link=header)
        assert (found["status"], "Link" in found["detail"]) == (400, True)
    for header in ('<https://example.org/x>; rel="next"', "nonsense", "<<>>;;", "<https://a.org/b"):
        assert (await api("GET", "/entities?type=Room", Link=header)).status_code == 200
    found = await api.wrong("GET", "/entities?type=Room", Link=link("ftp://example.org/c"))
    assert found["status"] == 504


async def test_a_link_beside_json_ld_is_refused(api: Api) -> None:
    context = {"a": "https://example.org/a"}
    core = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
    found = await api.wrong("POST", "/entities", room(1, context, a=1), Content_Type=LD, Link=link(core))
    assert (found["status"], found["type"], "Link" in found["detail"]) == (400, ETSI + "BadRequestData", True)


async def test_every_version_of_the_core_is_at_hand(api: Api) -> None:
    for version in ("", "-v1.3", "-v1.6", "-v1.8", "-v1.9"):
        core = f"https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context{version}.jsonld"
        assert (await api("GET", "/entities?type=Room", Link=link(core))).status_code == 200


async def test_many_who_ask_at_once_fetch_once() -> None:
    asked = 0

    async def fetch(url: str) -> bytes:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.01)
        return msgspec.json.encode(terms(a="a"))

    contexts = Contexts(fetch)
    found = await asyncio.gather(*(contexts.find("https://example.org/c") for _ in range(20)))
    assert (asked, {one.expand("a") for one in found}) == (1, {"https://example.org/a"})
    assert contexts.known("https://example.org/c") is found[-1]
    assert contexts.known("https://example.org/d") is None


async def test_who_gives_up_does_not_stop_the_others() -> None:
    go = asyncio.Event()

    async def fetch(url: str) -> bytes:
        await go.wait()
        return msgspec.json.encode(terms(a="a"))

    contexts = Contexts(fetch)
    first, second = (asyncio.ensure_future(contexts.find("https://example.org/c")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    go.set()
    assert (await second).expand("a") == "https://example.org/a"


async def test_an_object_is_found_again_and_a_large_one_is_not_kept() -> None:
    async def fetch(url: str) -> bytes:
        raise AssertionError(url)

    contexts = Contexts(fetch)
    small = {"a": "https://example.org/a"}
    assert await contexts.find(small) is await contexts.find(dict(small))
    large = {f"name{n}": f"https://example.org/{n}" for n in range(3000)}
    assert await contexts.find(large) is not await contexts.find(large)
    assert (await contexts.find(None)) is (await contexts.find([]))
