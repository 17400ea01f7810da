# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The application as a server calls it: odd paths, odd headers, odd bodies; each gets a plain answer."""

import logging
import re
from collections.abc import MutableMapping, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.broker.app import NgsiLd
from hanze.http.limits import Limits
from hanze.store import sqlite
from tests.broker.conftest import Api, problem, served
from tests.contract.conftest import Clock

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
Header = tuple[bytes, bytes]


async def call(
    app: NgsiLd, method: str, path: bytes, body: bytes = b"", headers: Sequence[Header] = (), query: bytes = b""
) -> tuple[int, dict[bytes, bytes], Any]:
    """Status, headers and parsed body of a request that goes to the application byte by byte."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "raw_path": path, "query_string": query, "headers": list(headers)}
    await app(scope, receive, send)
    content = sent[1]["body"]
    return sent[0]["status"], dict(sent[0]["headers"]), msgspec.json.decode(content) if content else None


@pytest.fixture
async def there(api: Api) -> Api:
    await api.ok("POST", "/entities", {"id": ID, "type": "Room", "n": 1})
    return api


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"", 404),
        (b"/", 404),
        (b"/entities/urn:ngsi-ld:Room:1", 200),
        (b"/entities/urn:ngsi-ld:Room:1/", 200),
        (b"/entities/urn%3Angsi-ld%3ARoom%3A1", 200),
        (b"/entities/urn:ngsi-ld:Room:%31", 200),
        (b"/entities/urn:ngsi-ld:Room:%2531", 404),
        (b"/entities/urn%253Angsi-ld%253ARoom%253A1", 400),
        (b"/entities/urn:ngsi-ld:Room:1%00", 400),
        (b"/entities/%00", 400),
        (b"/entities/urn:ngsi-ld:Room:1%0a", 400),
        (b"/entities/urn:ngsi-ld:Room:1%20", 400),
        (b"/entities/%2e%2e", 400),
        (b"/entities/..", 400),
        (b"/entities/../types", 404),
        (b"/entities/%2e%2e/types", 404),
        (b"/types/..%2f..%2fentities", 400),
        (b"/entities//urn:ngsi-ld:Room:1", 400),
        (b"//entities", 404),
        (b"/entities/urn:ngsi-ld:Room:1/attrs/n/more", 404),
        (b"/entities/urn:ngsi-ld:Room:1//", 404),
        (b"/Entities", 404),
        (b"/entities;x=1", 404),
        (b"/entities/\xff\xfe", 400),
        (b"/entities/%FF%FE", 400),
        (b"/entities/urn:" + b"x" * 5000, 400),
        (b"/entityOperations/drop", 404),
        (b"/" + b"/" * 3000, 404),
        (b"/types/%E2%80%AE", 400),
    ],
)
async def test_paths(there: Api, path: bytes, status: int) -> None:
    found, headers, body = await call(there.app, "GET", path)
    assert found == status, body
    if status != 200:
        assert headers[b"content-type"] == b"application/problem+json"
        assert body["status"] == status
        assert len(msgspec.json.encode(body)) < 8000


async def test_a_slash_at_the_end_changes_nothing(there: Api) -> None:
    for place in (
        "/entities?type=Room",
        f"/entities/{ID}",
        "/types",
        "/types/Room",
        "/attributes",
        "/info/sourceIdentity",
    ):
        path, _, query = place.partition("?")
        assert (await there("GET", f"{path}/?{query}")).json() == (await there("GET", place)).json()
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/entities/", {"id": "urn:ngsi-ld:Room:2", "type": "Room"}),
        ("POST", f"/entities/{ID}/attrs/", {"a": 1}),
        ("PATCH", f"/entities/{ID}/attrs/", {"a": 2}),
        ("PATCH", f"/entities/{ID}/", {"a": 3}),
        ("PATCH", f"/entities/{ID}/attrs/a/", {"value": 4}),
        ("DELETE", f"/entities/{ID}/attrs/a/", None),
        ("POST", "/entityOperations/query/", {"type": "Query", "entities": [{"type": "Room"}]}),
        ("DELETE", f"/entities/{ID}/", None),
    ]
    for method, place, body in calls:
        answer = await there(method, place, body)
        assert answer.is_success, (method, place, answer.text)


async def test_a_missing_id_is_told(api: Api) -> None:
    for method in ("PATCH", "PUT"):
        found = await api.wrong(method, "/entities/", {"a": 1})
        assert (found["status"], "id is missing" in found["detail"]) == (400, True)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
async def test_a_body_without_a_length(api: Api, method: str) -> None:
    path = b"/entities" if method == "POST" else b"/entities/urn:ngsi-ld:Room:1"
    for tenant in ([], [(b"ngsild-tenant", b"nobody")]):
        status, headers, body = await call(
            api.app, method, path, b"{}", [(b"content-type", b"application/json"), *tenant]
        )
        assert (status, body, headers) == (411, None, {b"content-length": b"0", **dict(tenant)})


@pytest.mark.parametrize("limits", [{"body_bytes": 1024}])
async def test_a_body_that_is_too_large_names_the_limit(api: Api) -> None:
    found = await api.wrong("POST", "/entities", {"id": ID, "type": "Room", "a": "x" * 1024})
    assert (found["status"], found["limit"], "1024" in found["detail"]) == (413, 1024, True)
    status, _, body = await call(api.app, "POST", b"/entities", b"", [(b"content-length", b"99999999999999999999")])
    assert (status, body["limit"]) == (413, 1024)


@pytest.mark.parametrize("limits", [{"parameters": 100}])
async def test_a_question_that_is_too_long_names_the_limit(api: Api) -> None:
    status, _, body = await call(api.app, "GET", b"/entities", query=b"type=" + b"x" * 96)
    assert (status, body["type"], body["limit"]) == (400, ETSI + "InvalidRequest", 100)


async def test_many_parameters(api: Api) -> None:
    status, _, body = await call(api.app, "GET", b"/entities", query=b"&".join([b"a=1"] * 500))
    assert (status, "at most 100" in body["detail"]) == (400, True)
    status, _, body = await call(api.app, "GET", b"/entities", query=b"type=Room&" + b"x" * 3000 + b"=1")
    assert status == 400
    assert len(body["detail"]) < 1500


JSON_TYPE = (b"content-type", b"application/json")
ENTITY = b'{"id": "urn:ngsi-ld:Room:2", "type": "Room"}'
LENGTH = (b"content-length", str(len(ENTITY)).encode())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], 201),
        ([(b"accept", b"text/html")], 201),
        ([(b"x-huge", b"x" * 100_000)], 201),
        ([(b"x-odd", bytes(range(1, 256)))], 201),
        ([(b"link", b"<" * 10_000)], 201),
        ([(b"link", b"<a>;" * 5_000)], 201),
        ([(b"link", b'<https://a.example/c>; rel="http://www.w3.org/ns/json-ld#context"' * 2)], 400),
        ([(b"ngsild-tenant", b"a"), (b"ngsild-tenant", b"b")], 400),
        ([(b"content-type", b"text/plain")], 415),
        ([(b"content-length", b"abc")], 413),
        ([(b"x-count", b"1")] * 500, 201),
    ],
)
async def test_headers(api: Api, headers: list[Header], status: int) -> None:
    found, _, body = await call(api.app, "POST", b"/entities", ENTITY, [JSON_TYPE, LENGTH, *headers])
    assert found == status, body


@pytest.mark.parametrize("value", [b"a/b,c;q=x", b"*", b";;;", b"application/json;q=", b"\xff", b"a" * 50_000])
async def test_odd_accepts(there: Api, value: bytes) -> None:
    status, _, body = await call(there.app, "GET", b"/entities/urn:ngsi-ld:Room:1", headers=[(b"accept", value)])
    assert status in (200, 406)
    assert len(msgspec.json.encode(body)) < 3000


async def test_head(there: Api) -> None:
    answer = await there("HEAD", f"/entities/{ID}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert (await there("HEAD", "/entities/urn:ngsi-ld:Room:9")).status_code == 404


@pytest.mark.parametrize("path", ["/csourceRegistrations", "/temporal/nothing", "/Entities", "/"])
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/xml", 406),
        ("application/geo+json", 406),
        ("application/json;q=0", 406),
        ("application/json", 404),
        ("application/*", 404),
        ("*/*", 404),
    ],
)
async def test_a_media_type_that_is_offered_nowhere_is_told_before_that_nothing_is_there(
    api: Api, path: str, accept: str, status: int
) -> None:
    assert (await api.wrong("GET", path, accept=accept))["status"] == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/entities?type=Room", None, 404),
        ("GET", f"/entities/{ID}", None, 404),
        ("GET", "/entities?unknown=1", None, 400),
        ("GET", "/nothing", None, 404),
        ("PATCH", f"/entities/{ID}/attrs/n", {"value": 1}, 404),
        ("POST", "/entities", {"id": "Room"}, 400),
        ("PUT", "/types", {}, 405),
        ("OPTIONS", "/types", None, 204),
        ("POST", "/entities", {"id": ID, "type": "Room"}, 201),
        ("GET", "/info/sourceIdentity", None, 200),
    ],
)
async def test_every_answer_names_the_tenant_that_was_asked_for(
    api: Api, method: str, path: str, body: Any, status: int
) -> None:
    answer = await api(method, path, body, ngsild_tenant="one")
    assert (answer.status_code, answer.headers.get_list("ngsild-tenant")) == (status, ["one"])
    assert "ngsild-tenant" not in (await api(method, path, body)).headers


async def test_what_is_no_name_of_a_tenant_is_not_said_again(api: Api) -> None:
    answer = await api("GET", "/types", ngsild_tenant="no<name>")
    assert answer.status_code == 400 and "ngsild-tenant" not in answer.headers


async def test_each_tenant_has_an_alias_of_its_own(api: Api) -> None:
    async def alias(**headers: str) -> str:
        found: str = (await api.ok("GET", "/info/sourceIdentity", **headers))["contextSourceAlias"]
        return found

    found = [await alias(), *[await alias(ngsild_tenant=name) for name in ("one", "two", "urn:x:one")]]
    assert len(set(found)) == 4 and found[1] == await alias(ngsild_tenant="one")
    assert all(re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", one) for one in found)


async def test_who_the_node_is(api: Api) -> None:
    found = await api.ok("GET", "/info/sourceIdentity")
    assert found["type"] == "ContextSourceIdentity"
    assert found["id"].endswith(found["contextSourceAlias"])
    assert found["contextSourceTimeAt"] == "2026-01-01T00:00:00Z"
    assert found["contextSourceUptime"].startswith("PT")
    assert problem(await api("POST", "/info/sourceIdentity", {}))["status"] == 405


async def test_deep_json(api: Api) -> None:
    for depth in (500, 100_000):
        deep = b'{"id": "urn:a:1", "type": "T", "a": {"type": "Property", "value": %s}}' % (b"[" * depth + b"]" * depth)
        status, _, _ = await call(
            api.app, "POST", b"/entities", deep, [JSON_TYPE, (b"content-length", str(len(deep)).encode())]
        )
        assert status in (201, 400)
        if status == 201:
            assert (await api("GET", "/entities/urn:a:1")).status_code == 200
    parts: Any = {"type": "Property", "value": 1}
    for _ in range(200):
        parts = {"type": "Property", "value": 1, "a": parts}
    found = await api.wrong("POST", "/entities", {"id": "urn:a:2", "type": "T", "a": parts})
    assert (found["status"], "deep" in found["detail"]) == (400, True)


async def test_what_is_our_fault_says_nothing_of_the_inside(
    there: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any) -> None:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(there.store, "get", broken)
    with caplog.at_level(logging.ERROR):
        found = await there.wrong("GET", f"/entities/{ID}")
    assert (found["status"], found["type"]) == (500, ETSI + "InternalError")
    assert "secret" not in str(found)
    assert "secret inside" in caplog.text


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Any:
    clock = Clock()
    store = sqlite.open(tmp_path_factory.mktemp("node"), clock=clock)
    yield served(store, clock, Limits())
    store.close()


PLACES = st.sampled_from(
    [b"entities", b"types", b"attributes", b"entityOperations", b"query", b"temporal", b"attrs", b""]
)
PARTS = st.one_of(
    PLACES, st.binary(max_size=12), st.sampled_from([b"%00", b"%2e%2e", b"urn:a:1", b"%F0%9F%8C%B3", b"info"])
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.just("urn:ngsi-ld:null"),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "type", "value", "object", "a", "entities", "q", "@context"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    ).map(msgspec.json.encode),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    method=st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "FOO"]),
    parts=st.lists(PARTS, max_size=5),
    query=st.one_of(
        st.just(b""),
        st.binary(max_size=20),
        st.sampled_from([b"type=T", b"local=true", b"q=a", b"limit=0&count=true&type=T"]),
    ),
    body=BODIES,
    kind=st.sampled_from([b"application/json", b"application/ld+json", b"text/plain"]),
)
async def test_nothing_gets_an_error_of_ours(
    lasting: NgsiLd, method: str, parts: list[bytes], query: bytes, body: bytes, kind: bytes
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    status, _, found = await call(lasting, method, b"/" + b"/".join(parts), body, headers, query)
    assert status < 500 or found["type"] == ETSI + "LdContextNotAvailable", found
