# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a whole node answers over HTTP: problem details whatever goes wrong, limits that say which, HEAD and OPTIONS."""

import asyncio
import contextlib
import resource
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from hanze import __version__
from hanze.node.protocol import MOST_HEAD_BYTES
from tests.running import PATIENCE, Node, folder_of, room, running, until

LIMITS = {"body_bytes": 4096, "page": 10, "batch": 3, "parameters": 500, "instances": 2}
API = "/ngsi-ld/v1"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node with narrow limits and a room in it."""
    config = "[limits]\ndefault_page = 5\n" + "".join(f"{name} = {value}\n" for name, value in LIMITS.items())
    with running(folder_of(tmp_path_factory.mktemp("answers") / "city", config)) as found:
        found.ok("POST", "/entities", room(1, temperature=21))
        yield found


def check(answer: httpx2.Response, status: int) -> dict[str, Any]:
    """The problem details of an answer."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status
    assert found["type"].startswith(("https://uri.etsi.org/ngsi-ld/errors/", "https://w3id.org/hanze/problems/"))
    assert found["title"] and found["detail"].endswith(".")
    assert "Traceback" not in answer.text and ".py" not in answer.text
    return found


WRONG: list[tuple[str, str, int, dict[str, str], bytes | None]] = [
    ("POST", "/", 405, {}, b""),
    ("GET", "/nowhere/at/all", 404, {}, None),
    ("POST", "/nowhere", 404, {}, b"{}"),
    ("GET", API, 404, {}, None),
    ("GET", f"{API}/", 404, {}, None),
    ("GET", f"{API}/nowhere", 404, {}, None),
    ("GET", f"{API}/entities/urn:x:none", 404, {}, None),
    ("GET", "/healthy", 404, {}, None),
    ("GET", "/health/", 404, {}, None),
    ("POST", "/health", 405, {}, b""),
    ("DELETE", "/metrics", 405, {}, None),
    ("PUT", f"{API}/types", 405, {}, b"{}"),
    ("TRACE", f"{API}/entities", 405, {}, None),
    ("POST", f"{API}/entities", 400, {"content-type": "application/json"}, b"{"),
    ("POST", f"{API}/entities", 400, {"content-type": "application/json"}, b"\xff"),
    ("POST", f"{API}/entities", 400, {"content-type": "application/json"}, b"[" * 3000),
    ("POST", f"{API}/entities", 415, {"content-type": "text/plain"}, b"{}"),
    ("POST", f"{API}/entities", 413, {"content-type": "application/json"}, b" " * 4097),
    ("GET", f"{API}/entities?type=Room&type=", 400, {}, None),
    ("GET", f"{API}/entities?type=Room", 406, {"accept": "text/html"}, None),
    ("GET", f"{API}/entities?type=Room", 400, {"ngsild-tenant": "a b"}, None),
    ("GET", f"{API}/entities?type=Room", 404, {"ngsild-tenant": "nowhere"}, None),
    ("GET", f"{API}/entities?type=Room", 401, {"x-api-key": "hz_wrong"}, None),
    ("GET", f"{API}/entities?%ff=%ff", 400, {}, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "status", "headers", "body"),
    WRONG,
    ids=[f"{one[0]} {one[1]} {one[2]} {n}" for n, one in enumerate(WRONG)],
)
def test_every_refusal_is_a_problem(
    node: Node, method: str, path: str, status: int, headers: dict[str, str], body: bytes | None
) -> None:
    found = check(node.client.request(method, path, content=body, headers=headers), status)
    if status == 405:
        answer = node.client.request(method, path, content=body, headers=headers)
        assert answer.headers["allow"].split(", ") == found["methods"]
        assert method not in found["methods"]


def raw(node: Node, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what comes back for these bytes; the connection is closed behind it."""
    with socket.create_connection(("127.0.0.1", node.port), PATIENCE) as line:
        line.sendall(sent)
        answer = b""
        while part := line.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
    return int(first.split()[1]), headers, body


def test_a_body_without_length_is_refused_bare(node: Node) -> None:
    """411 carries no body, as ETSI's test suite demands."""
    status, headers, body = raw(
        node,
        f"POST {API}/entities HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".encode(),
    )
    assert (status, headers["content-length"], body) == (411, "0", b"")


@pytest.mark.parametrize(
    "sent", [b"hello\r\n\r\n", b"GET\r\n\r\n", b"BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\r\n\r\n",
             b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"],
)  # fmt: skip
def test_what_is_not_http_is_told_so(node: Node, sent: bytes) -> None:
    status, headers, body = raw(node, sent)
    assert (status, headers["content-type"], headers["connection"]) == (400, "application/problem+json", "close")
    assert int(headers["content-length"]) == len(body)
    found = msgspec.json.decode(body)
    assert (found["status"], found["detail"]) == (400, "This is no HTTP request that can be read; send HTTP/1.1.")


@pytest.mark.parametrize("part", [b"X-Long: ", b"X-Many: 1\r\n", b"/a-long-path"])
def test_a_head_that_is_too_long_is_refused_however_it_comes(node: Node, part: bytes) -> None:
    filling = part * 2900 if part.endswith(b"\n") else b"x" * 32_000
    begin = b"GET " if part.startswith(b"/") else b"GET /health HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection(("127.0.0.1", node.port), PATIENCE) as line:
        line.sendall(begin + part)
        sent, answer = 0, b""
        try:
            while sent < 16 * MOST_HEAD_BYTES and not answer:
                line.sendall(filling)
                sent += len(filling)
                line.settimeout(0.01)
                try:
                    answer = line.recv(65536)
                except TimeoutError:
                    continue
                finally:
                    line.settimeout(PATIENCE)
        except ConnectionError:
            pytest.fail("the refusal did not come")
    assert answer.startswith(b"HTTP/1.1 431 ")
    found = msgspec.json.decode(answer.partition(b"\r\n\r\n")[2])
    assert found["limit"] == MOST_HEAD_BYTES
    assert f"pass {MOST_HEAD_BYTES} bytes" in found["detail"]
    assert node.client.get("/health").status_code == 200


def test_each_limit_says_which_it_is(node: Node) -> None:
    big = node.client.post(f"{API}/entities", content=b" " * 5000, headers={"content-type": "application/json"})
    found = check(big, 413)
    assert (found["limit"], found["detail"]) == (4096, "The body has 5000 bytes; at most 4096 are allowed.")
    found = check(node.api("GET", "/entities?type=Room&q=" + "x" * 600), 400)
    assert found["limit"] == 500
    assert "characters; at most 500 are allowed" in found["detail"]
    found = check(node.api("GET", "/entities?type=Room&limit=11"), 403)
    assert found["type"].endswith("/TooManyResults")
    assert "11" in found["detail"] and "10" in found["detail"]
    found = check(node.api("POST", "/entityOperations/create", [room(number) for number in range(10, 14)]), 413)
    assert "4" in found["detail"] and "3" in found["detail"]

    found = check(node.client.get(f"{API}/entities?" + "&".join(f"a{number}=" for number in range(101))), 400)
    assert "at most 100 parameters" in found["detail"]


def serve_context(body: bytes) -> tuple[socket.socket, str]:
    """A server that gives these bytes as an @context, or nothing at all where they are empty."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with contextlib.suppress(OSError):
            taken, _ = listening.accept()
            taken.recv(65536)
            if body:
                taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
            else:
                taken.recv(1)
            taken.close()

    threading.Thread(target=answer, daemon=True).start()
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}/context.jsonld"


@pytest.mark.parametrize(
    ("body", "told"), [(b'{"@context": {}' + b" " * 3000 + b"}", "2048"), (b"", "0.5 s")], ids=["too large", "too slow"]
)
def test_the_limits_of_a_remote_context_say_which_they_are(tmp_path: Path, body: bytes, told: str) -> None:
    folder = folder_of(tmp_path / "city", "[limits]\ncontext_bytes = 2048\ncontext_seconds = 0.5\n")
    listening, url = serve_context(body)
    with listening, running(folder, "--allow-loopback") as node:
        found = check(
            node.api("POST", "/entities", {**room(1), "@context": url}, content_type="application/ld+json"), 504
        )
    assert url in found["detail"]
    assert told in found["detail"]


def test_a_refused_body_leaves_the_connection_of_use(node: Node) -> None:
    """The rest of the body is read over, so that the client sees the refusal and goes on."""
    with httpx2.Client(base_url=node.address, timeout=PATIENCE) as client:
        for size in (5000, 20_000_000):
            answer = client.post(f"{API}/entities", content=b" " * size, headers={"content-type": "application/json"})
            check(answer, 413)
            assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/health", "GET, HEAD, OPTIONS"),
        ("/metrics", "GET, HEAD, OPTIONS"),
        (f"{API}/entities", "DELETE, GET, HEAD, OPTIONS, POST"),
        (f"{API}/entities/urn:ngsi-ld:Room:1", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        (f"{API}/entityOperations/upsert", "OPTIONS, POST"),
        (f"{API}/temporal/entities", "GET, HEAD, OPTIONS, POST"),
    ],
)
def test_options_and_head(node: Node, path: str, methods: str) -> None:
    answer = node.client.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == methods
    assert "content-length" not in answer.headers
    if "GET" in methods:
        with_body, head = node.client.get(path), node.client.head(path)
        assert head.status_code == with_body.status_code
        assert head.content == b""
        if path not in ("/metrics",) and with_body.status_code == 200:
            assert head.headers["content-length"] == str(len(with_body.content))
    else:
        check_head = node.client.head(path)
        assert (check_head.status_code, check_head.headers["allow"]) == (405, methods)


def test_options_of_nothing_is_nothing(node: Node) -> None:
    assert node.client.options("/nowhere").status_code == 404
    assert node.client.options(f"{API}/nowhere").status_code == 404


def test_health_says_that_it_can_write(node: Node) -> None:
    answer = node.client.get("/health")
    found = answer.json()
    assert (found["status"], found["version"]) == ("up", __version__)
    assert answer.headers["cache-control"] == "no-store"
    node.ok("POST", "/entities", room(50))
    assert node.client.get("/health").json()["journal"] == found["journal"] + 1


def test_health_is_503_with_the_reason_while_the_writer_cannot_write(tmp_path: Path) -> None:
    with running(folder_of(tmp_path / "city")) as node:
        node.ok("POST", "/entities", room(1, temperature=21))
        # No file of the node may grow beyond one byte from now on, as on a full disk.
        _, hard = resource.prlimit(node.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        refused = node.api("POST", "/entities", room(2, temperature=21))
        check(refused, 503)
        assert refused.headers["retry-after"] == "5"
        found = check(node.client.get("/health"), 503)
        assert found["version"] == __version__
        assert str(node.folder / "hanze.db") in found["detail"]
        # Reading goes on.
        assert node.ok("GET", "/entities/urn:ngsi-ld:Room:1")["temperature"]["value"] == 21
        resource.prlimit(node.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        until(lambda: node.client.get("/health").status_code == 200, "it is up again")
        node.ok("POST", "/entities", room(2, temperature=21))


def test_below_a_base_path_all_is_there_and_above_it_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "city", '[server]\nbase_path = "/city/hanze"\n')
    with running(folder) as node:
        assert node.address.endswith("/city/hanze")
        root = httpx2.URL(node.address)
        with httpx2.Client(base_url=root.copy_with(path="/"), timeout=PATIENCE) as client:
            assert client.get("/city/hanze/health").status_code == 200
            made = client.post(f"/city/hanze{API}/entities", json=room(1))
            assert made.status_code == 201
            assert made.headers["location"] == f"/city/hanze{API}/entities/urn:ngsi-ld:Room:1"
            for number in range(2, 5):
                client.post(f"/city/hanze{API}/entities", json=room(number))
            page = client.get(f"/city/hanze{API}/entities?type=Room&limit=2")
            assert f"</city/hanze{API}/entities?" in page.headers["link"]
            for path in ("/health", f"{API}/entities?type=Room", "/", "/city", "/city/hanze"):
                check(client.get(path), 404)
            check(client.post("/city/hanze/health"), 405)


async def _many(node: Node, count: int) -> list[int]:
    async with httpx2.AsyncClient(base_url=node.address, timeout=PATIENCE) as client:
        answers = await asyncio.gather(*(client.get(f"{API}/entities/urn:ngsi-ld:Room:1") for _ in range(count)))
    return [one.status_code for one in answers]


@pytest.mark.anyio
async def test_many_clients_at_once(node: Node) -> None:
    assert await _many(node, 300) == [200] * 300
