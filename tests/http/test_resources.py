# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API of resources: what it answers, and in which words it says what is wrong."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import httpx2
import msgspec
import pytest
from msgspec import Meta

from hanze.access import VAULTS, Access, Policy
from hanze.errors import ResourceNotFound
from hanze.http.limits import Limits
from hanze.http.openapi import VERSION, About, Contact, document
from hanze.http.operation import Caller, Operation
from hanze.http.resources import Resources
from hanze.store import sqlite

pytestmark = pytest.mark.anyio


class Asked(msgspec.Struct, frozen=True, rename="camel"):
    name: Annotated[str, Meta(description="the name of a tree")]
    most_leaves: Annotated[int, Meta(ge=1, description="a whole number from 1")] = 10


class Tree(msgspec.Struct, frozen=True, rename="camel"):
    """A tree."""

    name: str
    most_leaves: int


def tree(caller: Caller, asked: Asked) -> Tree:
    """Only trees with a name."""
    if asked.name == "none":
        raise ResourceNotFound("There is no such tree.")
    if asked.name == "fault":
        raise RuntimeError("our own")
    return Tree(asked.name, asked.most_leaves)


OPERATION = Operation(
    path="/trees/{name}", name="getTree", summary="A tree", tag="trees", handler=tree, answer=Tree, asked=Asked
)
ABOUT = About(
    "Trees", "All trees.", Contact("City", "http://city/", "a@example.org"), "/under/v1", (("trees", "Trees."),)
)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    store = sqlite.open(tmp_path, clock=lambda: 0, vaults=VAULTS)
    access = Access(store, lambda: 0, Policy())
    app = Resources(store, access, lambda: 0, Limits(), ABOUT, [OPERATION])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city/under/v1") as made:
        yield made
    store.close()


async def test_a_resource_is_found_by_its_path(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/trees/an%2Foak?mostLeaves=3")
    assert answer.json() == {"name": "an/oak", "mostLeaves": 3}
    assert answer.headers["api-version"] == VERSION
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/trees/oak?mostLeaves=0", 400, "mostLeaves is '0'; give a whole number from 1."),
        ("GET", "/trees/oak?mostLeaves=many", 400, "mostLeaves is 'many'; give a whole number from 1."),
        ("GET", "/trees/oak?most_leaves=3", 400, "There is no parameter"),
        ("GET", "/trees/oak?name=elm", 400, "There is no parameter"),
        ("GET", "/trees/none", 404, "There is no such tree."),
        ("GET", "/trees/oak/", 404, "/under/v1/openapi.json says what there is"),
        ("GET", "/trees/", 404, "There is no resource"),
        ("GET", "/shrubs", 404, "There is no resource"),
        ("POST", "/trees/oak", 405, "POST is not offered here"),
        ("DELETE", "/openapi.json", 405, "DELETE is not offered here"),
        ("GET", "/trees/fault", 500, "Something went wrong on our side"),
    ],
)
async def test_what_is_wrong_is_a_problem(
    client: httpx2.AsyncClient, method: str, path: str, status: int, told: str
) -> None:
    answer = await client.request(method, path)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == VERSION
    assert told in problem["detail"] and problem["title"]
    assert "our own" not in answer.text
    assert ("allow" in answer.headers) is (status == 405)


async def test_a_key_that_is_no_good_and_a_type_that_is_not_offered(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/trees/oak", headers={"authorization": "Bearer hz_nothing"})).status_code == 401
    assert (await client.get("/trees/oak", headers={"accept": "text/html"})).status_code == 406


async def test_a_page_of_another_site_may_ask(client: httpx2.AsyncClient) -> None:
    answer = await client.options("/trees/oak")
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "authorization"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_the_description_is_what_is_offered(client: httpx2.AsyncClient) -> None:
    told = (await client.get("/openapi.json")).json()
    assert told == msgspec.json.decode(msgspec.json.encode(document(ABOUT, [OPERATION])))
    (path,) = told["paths"]
    assert path == OPERATION.path
    name, most = told["paths"][path]["get"]["parameters"]
    assert (name["name"], name["in"], name["required"]) == ("name", "path", True)
    assert (most["name"], most["in"], most["required"]) == ("mostLeaves", "query", False)
    assert most["schema"] == {"type": "integer", "minimum": 1, "default": 10}
    assert set(told["components"]["schemas"]["Tree"]["properties"]) == {"name", "mostLeaves"}
