# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Purge deletes what is selected and nothing else; with keep or drop, attributes only."""

import pytest

from hanze.ngsild.entity import DEFAULT_VOCABULARY
from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio


def id(number: int) -> str:
    return f"urn:ngsi-ld:Room:{number}"


@pytest.fixture(autouse=True)
async def there(api: Api) -> None:
    made = [
        {
            "id": id(n),
            "type": "Room" if n < 4 else "Hall",
            "n": n,
            "m": [{"value": 1}, {"value": 2, "datasetId": "urn:a:b"}],
        }
        for n in range(6)
    ]
    await api.ok("POST", "/entityOperations/create", made)


async def left(api: Api) -> list[int]:
    return [int(one["id"][-1]) for one in await api.ok("GET", "/entities?local=true")]


@pytest.mark.parametrize(
    ("query", "stay"),
    [
        ("type=Hall", [0, 1, 2, 3]),
        ("type=Room&q=n%3E1", [0, 1, 4, 5]),
        (f"id={id(0)},{id(5)}&local=true", [1, 2, 3, 4]),
        ("idPattern=%5B12%5D$&type=Room", [0, 3, 4, 5]),
        ("attrs=n", []),
        ("local=true", []),
        ("type=Roof", [0, 1, 2, 3, 4, 5]),
    ],
)
async def test_what_is_selected_goes(api: Api, query: str, stay: list[int]) -> None:
    answer = await api("DELETE", f"/entities?{query}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert await left(api) == stay


async def test_attributes_go_with_all_their_instances(api: Api) -> None:
    await api.ok("DELETE", "/entities?type=Room&drop=m,unknown")
    found = await api.ok("GET", "/entities?local=true&options=keyValues")
    assert [sorted(one) for one in found] == [["id", "n", "type"]] * 4 + [["id", "m", "n", "type"]] * 2
    await api.ok("DELETE", "/entities?type=Hall&keep=m")
    found = await api.ok("GET", "/entities?type=Hall&options=keyValues")
    assert [sorted(one) for one in found] == [["id", "m", "type"]] * 2


@pytest.mark.parametrize("query", ["drop=n,m", "keep=k"])
async def test_attributes_of_an_entity_go_as_one_change(api: Api, query: str) -> None:
    await api.ok("POST", "/entities", {"id": id(6), "type": "Room", "k": 1})
    before = api.store.head()
    await api.ok("DELETE", f"/entities?type=Room&{query}")
    found = api.store.journal(before, 100)
    assert sorted((row.id, tuple(sorted(row.attributes))) for row in found) == [
        (id(n), (DEFAULT_VOCABULARY + "m", DEFAULT_VOCABULARY + "n")) for n in range(4)
    ], "the one that has none of them stays as it is"


@pytest.mark.parametrize(
    "query", ["", "type=", "keep=n", "type=Room&keep=n&drop=m", "type=Room&limit=5", "type=Room&keep="]
)
async def test_what_is_refused_deletes_nothing(api: Api, query: str) -> None:
    assert (await api.wrong("DELETE", f"/entities?{query}"))["status"] == 400
    assert await left(api) == [0, 1, 2, 3, 4, 5]
    assert all(len(one) == 4 for one in await api.ok("GET", "/entities?local=true"))


async def test_another_tenant_keeps_its_own(api: Api) -> None:
    await api.ok("POST", "/entities", {"id": id(1), "type": "Room"}, NGSILD_Tenant="one")
    answer = await api("DELETE", "/entities?type=Room", NGSILD_Tenant="one")
    assert answer.headers["ngsild-tenant"] == "one"
    assert await left(api) == [0, 1, 2, 3, 4, 5]
