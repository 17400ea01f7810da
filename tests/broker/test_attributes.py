# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attributes of one entity over HTTP: appended, updated, patched, replaced and deleted, by datasetId."""

from typing import Any

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
HERE = f"/entities/{ID}"
ATTRS = f"{HERE}/attrs"
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
NULL = "urn:ngsi-ld:null"
A, B = "urn:ngsi-ld:Dataset:A", "urn:ngsi-ld:Dataset:B"
IRI = "https://uri.etsi.org/ngsi-ld/default-context/"


def prop(value: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Property", "value": value, **more}


def sets(*of: tuple[Any, str | None]) -> list[dict[str, Any]]:
    return [prop(value, **({"datasetId": dataset} if dataset else {})) for value, dataset in of]


async def room(api: Api, **attributes: Any) -> None:
    await api.ok("POST", "/entities", {"id": ID, "type": "Room", **attributes})


async def shown(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = await api.ok("GET", HERE)
    return {name: value for name, value in found.items() if name not in ("id", "type")}


async def test_appending_overwrites_and_adds(api: Api) -> None:
    await room(api, a=prop(1, unitCode="CEL"), b=prop(2))
    assert (await api("POST", ATTRS, {"a": prop(3), "c": prop(4), "type": "Hall"})).status_code == 204
    assert await shown(api) == {"a": prop(3), "b": prop(2), "c": prop(4)}
    assert (await api.ok("GET", HERE))["type"] == ["Room", "Hall"]


async def test_appending_without_overwriting_tells_what_stayed(api: Api) -> None:
    await room(api, a=prop(1))
    answer = await api("POST", f"{ATTRS}?options=noOverwrite", {"a": prop(3), "c": prop(4)})
    assert answer.status_code == 207
    assert answer.json() == {
        "updated": [IRI + "c"],
        "notUpdated": [{"attributeName": IRI + "a", "reason": "The entity has this attribute instance already."}],
    }
    assert await shown(api) == {"a": prop(1), "c": prop(4)}
    assert (await api("POST", f"{ATTRS}?options=noOverwrite", {"d": prop(5)})).status_code == 204


async def test_each_dataset_is_an_instance_of_its_own(api: Api) -> None:
    await room(api, a=sets((1, None), (2, A)))
    await api.ok("POST", ATTRS, {"a": sets((20, A), (30, B))})
    assert (await shown(api))["a"] == sets((1, None), (20, A), (30, B))
    answer = await api("POST", f"{ATTRS}?options=noOverwrite", {"a": sets((9, A))})
    assert answer.status_code == 207
    await api.ok("PATCH", f"{ATTRS}/a", {"value": 21, "datasetId": A, "unitCode": "CEL"})
    await api.ok("PATCH", f"{ATTRS}/a", {"value": 10})
    await api.ok("PUT", f"{ATTRS}/a", prop(31, datasetId=B))
    changed = sets((10, None), (21, A), (31, B))
    changed[1]["unitCode"] = "CEL"
    assert (await shown(api))["a"] == changed
    found = await api.wrong("POST", ATTRS, {"a": sets((1, A), (2, A))})
    assert (found["status"], "datasetId" in found["detail"]) == (400, True)


async def test_instances_are_deleted_by_dataset(api: Api) -> None:
    await room(api, a=sets((1, None), (2, A), (3, B)), b=prop(1))
    assert (await api("DELETE", f"{ATTRS}/a?datasetId={A}")).status_code == 204
    assert (await shown(api))["a"] == sets((1, None), (3, B))
    assert (await api.wrong("DELETE", f"{ATTRS}/a?datasetId={A}"))["status"] == 404
    assert (await api("DELETE", f"{ATTRS}/a")).status_code == 204
    assert (await shown(api))["a"] == sets((3, B))[0]
    assert (await api.wrong("DELETE", f"{ATTRS}/a"))["status"] == 404, "the default instance is gone"
    await api.ok("POST", ATTRS, {"a": prop(4)})
    assert (await api("DELETE", f"{ATTRS}/a?datasetId=@none")).status_code == 204
    await api.ok("POST", ATTRS, {"a": prop(4)})
    assert (await api("DELETE", f"{ATTRS}/a?deleteAll=true")).status_code == 204
    assert await shown(api) == {"b": prop(1)}
    for query in ("datasetId=A", "deleteAll=yes"):
        assert (await api.wrong("DELETE", f"{ATTRS}/b?{query}"))["status"] == 400
    assert await shown(api) == {"b": prop(1)}


async def test_a_null_deletes_the_instance_of_its_dataset(api: Api) -> None:
    await room(api, a=sets((1, None), (2, A)), b=prop(1), c=prop(1), d=prop(1, unitCode="CEL", accuracy=prop(1)))
    await api.ok("PATCH", ATTRS, {"a": NULL, "b": prop(NULL)})
    assert await shown(api) == {"a": sets((2, A))[0], "c": prop(1), "d": prop(1, unitCode="CEL", accuracy=prop(1))}
    await api.ok("PATCH", f"{ATTRS}/a", prop(NULL, datasetId=A))
    await api.ok("PATCH", f"{ATTRS}/c", {"value": NULL})
    await api.ok("PATCH", f"{ATTRS}/d", {"unitCode": NULL, "accuracy": NULL})
    assert await shown(api) == {"d": prop(1)}
    for method, place, body in (("POST", ATTRS, {"d": NULL}), ("PUT", f"{ATTRS}/d", prop(NULL))):
        found = await api.wrong(method, place, body)
        assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), method


async def test_updating_tells_what_was_not_there(api: Api) -> None:
    await room(api, a=prop(1, unitCode="CEL"))
    answer = await api("PATCH", ATTRS, {"a": prop(2), "x": NULL})
    assert answer.status_code == 207
    assert (answer.json()["updated"], answer.json()["notUpdated"][0]["attributeName"]) == ([IRI + "a"], IRI + "x")
    assert await shown(api) == {"a": prop(2)}


async def test_a_patch_keeps_what_it_does_not_name(api: Api) -> None:
    await room(api, a=prop(1, unitCode="CEL", observedAt="2025-01-01T00:00:00Z", accuracy=prop(0.5)))
    patch = {"value": 2, "observedAt": "2025-01-02T00:00:00Z"}
    assert (await api("PATCH", f"{ATTRS}/a", patch, Content_Type="application/merge-patch+json")).status_code == 204
    assert await shown(api) == {"a": prop(2, unitCode="CEL", observedAt="2025-01-02T00:00:00Z", accuracy=prop(0.5))}
    await api.ok("PUT", f"{ATTRS}/a", prop(3))
    assert await shown(api) == {"a": prop(3)}, "replaced as a whole"


async def test_a_body_has_the_members_of_the_attribute(api: Api) -> None:
    await room(api, a=prop({"street": "Kade"}))
    await api.ok("PATCH", f"{ATTRS}/a", {"unitCode": "CEL"})
    await api.ok("PATCH", f"{ATTRS}/a", {"source": "GPS", "owner": {"object": "urn:a:b"}})
    owner = {"type": "Relationship", "object": "urn:a:b"}
    whole = prop({"street": "Kade"}, unitCode="CEL", source=prop("GPS"), owner=owner)
    assert await shown(api) == {"a": whole}
    for body in ({"unitCode": "CEL"}, {"observedAt": "2025-01-01T00:00:00Z"}, {"datasetId": A}, {"street": "Gracht"}):
        found = await api.wrong("PUT", f"{ATTRS}/a", body)
        assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), body
        assert found["detail"].startswith("a has no value; give the whole attribute"), body
    assert await shown(api) == {"a": whole}


async def test_a_simplified_body_is_the_value(api: Api) -> None:
    await room(api, a=prop(1), b=prop(1), c=prop(1))
    await api.ok("PATCH", f"{ATTRS}/a?options=keyValues", {"street": "Kade"})
    await api.ok("PUT", f"{ATTRS}/b?format=simplified", {"street": "Kade"})
    await api.ok("PUT", f"{ATTRS}/c", [1, 2])
    assert await shown(api) == {"a": prop({"street": "Kade"}), "b": prop({"street": "Kade"}), "c": prop([1, 2])}
    assert (await api.wrong("PUT", f"{ATTRS}/a?options=nonsense", prop(1)))["status"] == 400


async def test_kinds(api: Api) -> None:
    await room(api, a=prop(1))
    found = await api.wrong("PATCH", f"{ATTRS}/a", {"type": "Relationship", "object": "urn:a:b"})
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData")
    await api.ok("PUT", f"{ATTRS}/a", {"type": "Relationship", "object": "urn:a:b"})
    assert await shown(api) == {"a": {"type": "Relationship", "object": "urn:a:b"}}


async def test_what_is_not_there(api: Api) -> None:
    calls: list[tuple[str, str, Any]] = [
        ("POST", ATTRS, {"a": prop(1)}), ("PATCH", ATTRS, {"a": prop(1)}), ("PATCH", f"{ATTRS}/a", prop(1)),
        ("PUT", f"{ATTRS}/a", prop(1)), ("DELETE", f"{ATTRS}/a", None), ("DELETE", f"{ATTRS}/a?deleteAll=true", None),
    ]  # fmt: skip
    for method, place, body in calls:
        found = await api.wrong(method, place, body)
        assert (found["status"], found["type"]) == (404, ETSI + "ResourceNotFound"), (method, place)
    await room(api, b=prop(1))
    for method, place, body in calls[2:]:
        found = await api.wrong(method, place, body)
        assert (found["status"], "default-context/a" in found["detail"]) == (404, True), (method, place)
    found = await api.wrong("PATCH", f"{ATTRS}/b", prop(1, datasetId=A))
    assert (found["status"], A in found["detail"]) == (404, True)


@pytest.mark.parametrize(
    ("method", "place", "body"),
    [
        ("POST", f"{ATTRS}?options=overwrite", {"a": 1}),
        ("POST", ATTRS, []),
        ("POST", ATTRS, {"a b": 1}),
        ("POST", ATTRS, {"a": None}),
        ("PATCH", ATTRS, {"id": 5}),
        ("PATCH", f"{ATTRS}/b", {}),
        ("PATCH", f"{ATTRS}/b", {"observedAt": "now"}),
        ("PATCH", f"{ATTRS}/id", {"value": 1}),
        ("PATCH", f"{ATTRS}/b%20b", {"value": 1}),
        ("PUT", f"{ATTRS}/type", prop(1)),
        ("POST", "/entities/room1/attrs", {"a": 1}),
        ("DELETE", "/entities/room1/attrs/a", None),
        ("DELETE", f"{ATTRS}/%22b%22", None),
    ],
)
async def test_what_is_wrong(api: Api, method: str, place: str, body: Any) -> None:
    await room(api, b=prop(1))
    found = await api.wrong(method, place, body)
    assert found["status"] == 400, found
    assert await shown(api) == {"b": prop(1)}


async def test_an_attribute_by_its_full_name(api: Api) -> None:
    name = "https://example.org/ns#a"
    await room(api, **{name: prop(1)})
    await api.ok("PATCH", f"{ATTRS}/https:%2F%2Fexample.org%2Fns%23a", {"value": 2})
    assert await shown(api) == {name: prop(2)}
    assert (await api("DELETE", f"{ATTRS}/https:%2F%2Fexample.org%2Fns%23a")).status_code == 204
    assert await shown(api) == {}


async def test_the_scope_as_an_attribute(api: Api) -> None:
    await room(api, scope="/NL")
    await api.ok("POST", f"{ATTRS}?options=noOverwrite", {"scope": "/BE"})
    assert await shown(api) == {"scope": ["/NL", "/BE"]}
    await api.ok("PATCH", ATTRS, {"scope": "/DE"})
    assert await shown(api) == {"scope": "/DE"}
    assert (await api("DELETE", f"{ATTRS}/scope")).status_code == 204
    assert await shown(api) == {}
    assert (await api.wrong("DELETE", f"{ATTRS}/scope"))["status"] == 404


async def test_an_attribute_as_a_document_with_its_context(api: Api) -> None:
    n, by = "https://example.org/n", "https://example.org/by"
    history = f"/temporal/entities/{ID}"

    async def change(method: str, place: str, value: int) -> None:
        given = prop(value, by={"value": method}, **{"@context": {"n": n, "by": by}})
        await api.ok(method, place, given, Content_Type="application/ld+json")

    await room(api, **{n: 1})
    for method, value in (("PATCH", 2), ("PUT", 3)):
        await change(method, f"{ATTRS}/n", value)
        assert await shown(api) == {n: prop(value, **{by: prop(method)})}
    first = (await api.ok("GET", history))[n][0]["instanceId"]
    await change("PATCH", f"{history}/attrs/n/{first}", 4)
    assert sorted(one["value"] for one in (await api.ok("GET", history))[n]) == [2, 3, 4]
