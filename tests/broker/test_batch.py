# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Batch operations: each entity for itself; statuses, and what a 207 holds."""

import asyncio
from typing import Any

import pytest

from tests.broker.conftest import Api, problem

pytestmark = pytest.mark.anyio

CREATE, UPSERT, UPDATE, MERGE, DELETE = (
    f"/entityOperations/{verb}" for verb in ("create", "upsert", "update", "merge", "delete")
)
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
NULL = "urn:ngsi-ld:null"


def id(number: int) -> str:
    return f"urn:ngsi-ld:Room:{number}"


def room(number: int, **more: Any) -> dict[str, Any]:
    return {"id": id(number), "type": "Room", **more}


async def shown(api: Api, number: int) -> Any:
    found = await api.ok("GET", f"/entities/{id(number)}?options=keyValues")
    return {name: value for name, value in found.items() if name not in ("id", "type")}


def errors(found: Any) -> list[tuple[str, int, str]]:
    """Id, status and type of each error of a BatchOperationResult."""
    return [
        (one["entityId"], one["error"]["status"], one["error"]["type"].removeprefix(ETSI)) for one in found["errors"]
    ]


async def test_creating(api: Api) -> None:
    answer = await api("POST", CREATE, [room(1, a=1), room(2, a=2)])
    assert (answer.status_code, answer.json()) == (201, [id(1), id(2)])
    assert [await shown(api, 1), await shown(api, 2)] == [{"a": 1}, {"a": 2}]


async def test_creating_some(api: Api) -> None:
    await api.ok("POST", CREATE, [room(1)])
    wrong: list[Any] = [
        room(1), room(2), {"id": "x", "type": "Room"}, {"type": "Room"}, 5, room(3, a=NULL), room(2), {"id": id(4)},
    ]  # fmt: skip
    answer = await api("POST", CREATE, wrong)
    found = answer.json()
    assert answer.status_code == 207
    assert found["success"] == [id(2)]
    assert sorted(errors(found)) == sorted(
        [
            (id(1), 409, "AlreadyExists"), ("x", 400, "BadRequestData"), ("", 400, "BadRequestData"),
            ("", 400, "BadRequestData"), (id(3), 400, "BadRequestData"), (id(2), 409, "AlreadyExists"),
            (id(4), 400, "BadRequestData"),
        ]
    )  # fmt: skip
    assert all(one["error"].keys() >= {"type", "title", "status", "detail"} for one in found["errors"])


async def test_upserting(api: Api) -> None:
    answer = await api("POST", UPSERT, [room(1, a=1, b=1), room(2, a=1)])
    assert (answer.status_code, answer.json()) == (201, [id(1), id(2)])
    answer = await api("POST", UPSERT, [room(1, a=2), room(3, a=2)])
    assert (answer.status_code, answer.json()) == (201, [id(3)]), "only what is new"
    assert await shown(api, 1) == {"a": 2}, "replaced"
    answer = await api("POST", f"{UPSERT}?options=update", [room(1, b=3), room(2, b=3)])
    assert (answer.status_code, answer.content) == (204, b"")
    assert await shown(api, 1) == {"a": 2, "b": 3}
    answer = await api("POST", f"{UPSERT}?options=update", [room(1, b=4), {"id": id(5)}, room(6)])
    assert answer.status_code == 207
    assert answer.json()["success"] == [id(6), id(1)]
    assert errors(answer.json()) == [(id(5), 400, "BadRequestData")]


async def test_the_last_of_the_same_id_wins(api: Api) -> None:
    answer = await api("POST", UPSERT, [room(1, a=1), room(1, a=2), room(1, b=3)])
    assert (answer.status_code, answer.json()) == (201, [id(1)])
    assert await shown(api, 1) == {"b": 3}


async def test_updating(api: Api) -> None:
    await api.ok("POST", CREATE, [room(1, a=1), room(2, a=1)])
    assert (await api("POST", UPDATE, [{"id": id(1), "a": 2, "b": 2}, room(2, b=2)])).status_code == 204
    assert [await shown(api, 1), await shown(api, 2)] == [{"a": 2, "b": 2}, {"a": 1, "b": 2}]
    await api.ok("POST", UPDATE, [{"id": id(1), "a": NULL}])
    assert await shown(api, 1) == {"b": 2}
    answer = await api("POST", f"{UPDATE}?options=noOverwrite", [room(1, b=9, c=9), room(2, c=9), room(3, c=9)])
    assert answer.status_code == 207
    assert answer.json()["success"] == [id(2)]
    assert errors(answer.json()) == [(id(1), 400, "BadRequestData"), (id(3), 404, "ResourceNotFound")]
    assert [await shown(api, 1), await shown(api, 2)] == [{"b": 2, "c": 9}, {"a": 1, "b": 2, "c": 9}]


async def test_merging(api: Api) -> None:
    await api.ok("POST", CREATE, [room(1, a={"type": "Property", "value": {"x": 1, "y": 1}}, b=1), room(2, a=1)])
    answer = await api("POST", MERGE, [{"id": id(1), "a": {"value": {"y": NULL}}, "b": NULL}, room(2, b=2), room(3)])
    assert answer.status_code == 207
    assert answer.json()["success"] == [id(1), id(2)]
    assert errors(answer.json()) == [(id(3), 404, "ResourceNotFound")]
    assert [await shown(api, 1), await shown(api, 2)] == [{"a": {"x": 1}}, {"a": 1, "b": 2}]
    relation = {"type": "Relationship", "object": "urn:a:1"}
    await api.ok("POST", f"{UPSERT}?options=update", [room(2, r=relation)])
    await api.ok("POST", f"{MERGE}?options=keyValues", [room(2, r="urn:a:2")])
    assert (await api.ok("GET", f"/entities/{id(2)}"))["r"] == {**relation, "object": "urn:a:2"}
    assert (await api.wrong("POST", f"{MERGE}?observedAt=soon", [room(2)]))["status"] == 400


async def test_deleting(api: Api) -> None:
    await api.ok("POST", CREATE, [room(1), room(2), room(3)])
    assert (await api("POST", DELETE, [id(1), id(2)])).status_code == 204
    answer = await api("POST", DELETE, [id(1), "x", 5, id(3)])
    assert answer.status_code == 207
    assert answer.json()["success"] == [id(3)]
    assert sorted(errors(answer.json())) == sorted(
        [("x", 400, "BadRequestData"), ("5", 400, "BadRequestData"), (id(1), 404, "ResourceNotFound")]
    )
    assert await api.ok("GET", "/entities?local=true") == []


@pytest.mark.parametrize("place", [CREATE, UPSERT, UPDATE, MERGE, DELETE])
async def test_what_is_no_batch(api: Api, place: str) -> None:
    for body, type in (({}, "BadRequestData"), ([], "BadRequestData"), ("x", "BadRequestData")):
        found = await api.wrong("POST", place, body)
        assert (found["status"], found["type"]) == (400, ETSI + type)
    found = problem(await api.raw("POST", place, b"[{", [("Content-Type", "application/json")]))
    assert (found["status"], found["type"]) == (400, ETSI + "InvalidRequest")
    assert problem(await api.raw("POST", place, b"[]", [("Content-Type", "text/csv")]))["status"] == 415
    assert (await api.wrong("POST", f"{place}?force=true", [room(1)]))["status"] == 400
    assert (await api.wrong("GET", place))["status"] == 405


@pytest.mark.parametrize("limits", [{"batch": 3}])
async def test_a_batch_that_is_too_large_names_the_limit(api: Api) -> None:
    await api.ok("POST", CREATE, [room(n) for n in range(3)])
    for place, body in ((CREATE, [room(n) for n in range(3, 7)]), (DELETE, [id(n) for n in range(4)])):
        found = await api.wrong("POST", place, body)
        assert (found["status"], found["limit"], "4 entities" in found["detail"]) == (413, 3, True)
    assert len(await api.ok("GET", "/entities?type=Room")) == 3


async def test_where_nothing_went_well(api: Api) -> None:
    answer = await api("POST", CREATE, [{"id": "x"}])
    assert (answer.status_code, answer.json()["success"]) == (207, [])


async def test_each_entity_brings_its_own_context(api: Api) -> None:
    content = [
        room(1, a=1) | {"@context": {"a": "https://example.org/one#a"}},
        room(2, a=1) | {"@context": [{"a": "https://example.org/two#a"}]},
        room(3, a=1),
        room(4, a=1) | {"@context": "https://nowhere.example/c.jsonld"},
    ]
    answer = await api("POST", CREATE, content, Content_Type="application/ld+json")
    assert answer.status_code == 207
    assert answer.json()["success"] == [id(1), id(2)]
    assert errors(answer.json()) == [(id(3), 400, "BadRequestData"), (id(4), 504, "LdContextNotAvailable")]
    assert await shown(api, 1) == {"https://example.org/one#a": 1}
    assert await shown(api, 2) == {"https://example.org/two#a": 1}
    link = '<https://example.org/c>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    assert (await api.wrong("POST", CREATE, content, Content_Type="application/ld+json", Link=link))["status"] == 400


async def test_a_batch_is_one_moment(api: Api) -> None:
    await api.ok("POST", CREATE, [room(n) for n in range(50)])
    api.clock.forward(5)
    await api.ok("POST", f"{UPSERT}?options=update", [room(n, a=n) for n in range(50)])
    found = await api.ok("GET", "/entities?type=Room&limit=100&options=keyValues,sysAttrs")
    assert {(one["createdAt"], one["modifiedAt"]) for one in found} == {
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z")
    }
    assert [one["a"] for one in found] == list(range(50))


@pytest.mark.parametrize("path", [CREATE, UPSERT, UPDATE, MERGE, DELETE])
async def test_a_null_in_the_list_fails_the_whole(api: Api, path: str) -> None:
    await api.ok("POST", CREATE, [room(1, a=1)])
    body = [id(1), None] if path == DELETE else [room(1, a=2), room(2), None]
    found = await api.wrong("POST", path, body)
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData")
    assert await shown(api, 1) == {"a": 1}
    assert (await api("GET", f"/entities/{id(2)}")).status_code == 404


async def test_many_at_once_into_a_tenant_that_is_new(api: Api) -> None:
    batches = [[room(n, a=n), room(1000, b=n)] for n in range(40)]
    answers = await asyncio.gather(
        *(api("POST", f"{UPSERT}?options=update", batch, NGSILD_Tenant="new") for batch in batches)
    )
    assert {one.status_code for one in answers} == {201}
    assert sum(id(1000) in one.json() for one in answers) == 1, "made once"
    found = await api.ok("GET", "/entities?type=Room&limit=100&options=keyValues", NGSILD_Tenant="new")
    assert sorted(one.get("a", 1000) for one in found) == [*range(40), 1000]


async def test_so_many_attributes_in_all(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.broker.batch.MOST_ATTRIBUTES", 5)
    await api.ok("POST", UPSERT, [room(1, a=1, b=2, c=3), room(2, a=1, b=2)])
    found = await api.wrong("POST", UPSERT, [room(1, a=9, b=9, c=9), room(2, a=9, b=9, c=9)])
    assert (found["status"], found["limit"]) == (413, 5)
    assert await shown(api, 1) == {"a": 1, "b": 2, "c": 3}, "none of it is written"
