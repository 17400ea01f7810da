# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One entity over HTTP: created, retrieved, replaced, merged, deleted; each status and what it says."""

from typing import Any

import pytest

from tests.broker.conftest import Api, problem
from tests.contract.conftest import Clock

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
HERE = f"/entities/{ID}"
JSON = ("Content-Type", "application/json")
ETSI = "https://uri.etsi.org/ngsi-ld/errors/"
NULL = "urn:ngsi-ld:null"


def room(**more: Any) -> dict[str, Any]:
    return {"id": ID, "type": "Room", **more}


def prop(value: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Property", "value": value, **more}


async def test_what_is_created_can_be_retrieved(api: Api) -> None:
    whole = room(
        temperature=prop(21.5, unitCode="CEL", observedAt="2026-01-01T00:00:00Z", accuracy=prop(0.5)),
        isIn={"type": "Relationship", "object": "urn:ngsi-ld:Building:1"},
        name={"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "room"}},
        use={"type": "VocabProperty", "vocab": "office"},
        plan={"type": "JsonProperty", "json": {"id": [1, {"type": 2}]}},
        steps={"type": "ListProperty", "valueList": [1, "two", None]},
        near={"type": "ListRelationship", "objectList": [{"object": "urn:ngsi-ld:Room:2"}]},
        location={"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.9, 52.4]}},
        scope=["/NL/Utrecht", "/office"],
    )
    made = await api("POST", "/entities", whole)
    assert (made.status_code, made.content, made.headers["location"]) == (201, b"", HERE)
    assert await api.ok("GET", HERE) == whole


async def test_several_types_and_a_location_with_odd_signs(api: Api) -> None:
    id = "urn:ngsi-ld:Room:é/1?x#y"
    made = await api("POST", "/entities/", {"id": id, "type": ["Room", "Office"]})
    assert made.headers["location"] == "/entities/urn:ngsi-ld:Room:%C3%A9%2F1%3Fx%23y"
    found = await api.ok("GET", made.headers["location"])
    assert (found["id"], found["type"]) == (id, ["Room", "Office"])
    assert [one["id"] for one in await api.ok("GET", "/entities?type=Office")] == [id]


async def test_a_second_one_with_the_id_is_refused(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=prop(1)))
    found = await api.wrong("POST", "/entities", room(a=prop(2)))
    assert (found["status"], found["type"]) == (409, ETSI + "AlreadyExists")
    assert ID in found["detail"]
    assert (await api.ok("GET", HERE))["a"]["value"] == 1


@pytest.mark.parametrize(
    ("content", "type"),
    [
        (b"", "InvalidRequest"),
        (b"{", "InvalidRequest"),
        (b"\xff\xfe", "InvalidRequest"),
        (b"{}", "InvalidRequest"),
        (b"[]", "InvalidRequest"),
        (b"[" * 100_000, "InvalidRequest"),
        (b"1", "BadRequestData"),
        (b'[{"id": "urn:a:1", "type": "T"}]', "BadRequestData"),
        (b'{"type": "Room"}', "BadRequestData"),
        (b'{"id": "urn:a:1"}', "BadRequestData"),
        (b'{"id": "room 1", "type": "Room"}', "BadRequestData"),
        (b'{"id": 5, "type": "Room"}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": []}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "a b"}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "a": null}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "a": "urn:ngsi-ld:null"}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "a": {"type": "Property"}}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "a": {"type": "Prop", "value": 1}}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "a": {"type": "Relationship", "object": "x"}}', "BadRequestData"),
        (
            b'{"id": "urn:a:1", "type": "T", "a": {"type": "Property", "value": 1, "observedAt": "now"}}',
            "BadRequestData",
        ),
        (b'{"id": "urn:a:1", "type": "T", "a=b": 1}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "scope": "/a//b"}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "expiresAt": "2020-01-01T00:00:00Z"}', "BadRequestData"),
        (b'{"id": "urn:a:1", "type": "T", "@context": "https://example.org/c.jsonld"}', "BadRequestData"),
    ],
)
async def test_what_cannot_be_created(api: Api, content: bytes, type: str) -> None:
    answer = await api.raw("POST", "/entities", content, [JSON])
    found = problem(answer)
    assert (found["status"], found["type"]) == (400, ETSI + type), found
    assert await api.ok("GET", "/entities?local=true") == []


async def test_the_kinds_of_a_body(api: Api) -> None:
    content = b'{"id": "urn:ngsi-ld:Room:1", "type": "Room"}'
    for kind in ("text/plain", "application/xml", "application/merge-patch+json", ""):
        found = problem(await api.raw("POST", "/entities", content, [("Content-Type", kind)]))
        assert found["status"] == 415
    assert problem(await api.raw("POST", "/entities", content))["status"] == 415
    found = problem(await api.raw("POST", "/entities", content, [("Content-Type", "application/ld+json")]))
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData")
    assert (
        await api.raw("POST", "/entities", content, [("Content-Type", "Application/JSON; charset=utf-8")])
    ).is_success


async def test_forms_of_a_body_are_understood(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=5, b={"value": 6, "unitCode": "CEL"}, c={"object": "urn:a:b"}, d=[1, 2]))
    found = await api.ok("GET", HERE)
    assert found == room(
        a=prop(5), b=prop(6, unitCode="CEL"), c={"type": "Relationship", "object": "urn:a:b"}, d=prop([1, 2])
    )


async def test_what_is_not_there(api: Api) -> None:
    for method, body in (("GET", None), ("PUT", {"type": "Room"}), ("PATCH", {"a": 1}), ("DELETE", None)):
        found = await api.wrong(method, HERE, body)
        assert (found["status"], found["type"]) == (404, ETSI + "ResourceNotFound"), method
        assert ID in found["detail"]


async def test_ids_that_are_none(api: Api) -> None:
    for method, body in (("GET", None), ("PUT", {"type": "Room"}), ("PATCH", {"a": 1}), ("DELETE", None)):
        found = await api.wrong(method, "/entities/room1", body)
        assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData"), method


async def test_a_merge_goes_into_values_and_a_null_deletes(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=prop({"x": 1, "y": 2}), b=prop(1, accuracy=prop(2)), c=prop(3)))
    merge = {"a": {"value": {"y": NULL, "z": 3}}, "b": {"accuracy": prop(5)}, "c": NULL, "d": 7}
    assert (await api("PATCH", HERE, merge)).status_code == 204
    found = await api.ok("GET", HERE)
    assert found == room(a=prop({"x": 1, "z": 3}), b=prop(1, accuracy=prop(5)), d=prop(7))


async def test_a_null_in_a_list_is_refused_by_a_merge(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=prop([1]), b={"type": "ListProperty", "valueList": [1]}))
    found = await api.wrong("PATCH", HERE, {"a": {"value": [1, NULL]}, "b": {"valueList": [2]}})
    assert (found["status"], found["type"]) == (400, ETSI + "BadRequestData")
    assert "holds 'urn:ngsi-ld:null' in a list" in found["detail"]
    answer = await api("POST", "/entityOperations/merge", [{"id": ID, "type": "Room", "a": {"value": [NULL]}}])
    assert (answer.status_code, answer.json()["errors"][0]["error"]["status"]) == (207, 400)
    assert (await api.ok("GET", f"{HERE}?options=keyValues")) == {"id": ID, "type": "Room", "a": [1], "b": [1]}
    await api.ok("PATCH", HERE, {"b": {"valueList": [NULL]}})
    assert "b" not in await api.ok("GET", HERE), "the NGSI-LD Null of a list is a list with it alone"


async def test_a_merge_patch_media_type_and_its_parameters(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=prop(1, observedAt="2025-01-01T00:00:00Z"), b=prop(1)))
    merge = b'{"a": {"value": 2}, "b": {"value": 2}}'
    moment = "2025-06-01T00:00:00Z"
    answer = await api.raw(
        "PATCH", f"{HERE}?observedAt={moment}", merge, [("Content-Type", "application/merge-patch+json")]
    )
    assert answer.status_code == 204
    assert await api.ok("GET", HERE) == room(a=prop(2, observedAt=moment), b=prop(2))
    found = await api.wrong("PATCH", f"{HERE}?observedAt=soon", {"a": 1})
    assert (found["status"], "observedAt" in found["detail"]) == (400, True)


async def test_replacing_leaves_nothing_of_the_old(api: Api) -> None:
    await api.ok("POST", "/entities", room(a=prop(1), b=prop(2), scope="/x"))
    assert (await api("PUT", HERE, {"type": ["Room", "Hall"], "b": prop(3)})).status_code == 204
    assert await api.ok("GET", HERE) == {"id": ID, "type": ["Room", "Hall"], "b": prop(3)}
    assert (await api("PUT", HERE, {"c": prop(3)})).status_code == 204, "the types stay where none is given"
    assert (await api.ok("GET", HERE))["type"] == ["Room", "Hall"]
    found = await api.wrong("PUT", HERE, {"type": "Room"})
    assert (found["status"], "type" in found["detail"]) == (400, True)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_another_id_in_the_body(api: Api, method: str) -> None:
    await api.ok("POST", "/entities", room())
    found = await api.wrong(method, HERE, {"id": "urn:ngsi-ld:Room:2", "type": "Room"})
    assert (found["status"], "Room:2" in found["detail"]) == (400, True)
    assert (await api(method, HERE, room(a=1))).status_code == 204


async def test_deleting(api: Api) -> None:
    await api.ok("POST", "/entities", room())
    answer = await api("DELETE", HERE)
    assert (answer.status_code, answer.content, "content-length" in answer.headers) == (204, b"", False)
    assert (await api("GET", HERE)).status_code == 404
    assert (await api("DELETE", HERE)).status_code == 404
    assert (await api("POST", "/entities", room())).status_code == 201, "the id is free again"


async def test_times_of_the_node_show_where_they_are_asked_for(api: Api, limits: dict[str, int]) -> None:
    await api.ok("POST", "/entities", room(a=1, createdAt="1999-01-01T00:00:00Z"))
    api.clock.forward(60)
    await api.ok("PATCH", HERE, {"a": 2})
    assert await api.ok("GET", HERE) == room(a=prop(2))
    first, second = "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"
    times = {"createdAt": first, "modifiedAt": second}
    for asked in ("options=sysAttrs", "options=keyValues,sysAttrs", "sysAttrs=true"):
        found = await api.ok("GET", f"{HERE}?{asked}")
        assert {name: found[name] for name in times} == times, asked
    assert (await api.ok("GET", f"{HERE}?options=sysAttrs"))["a"] == prop(2, **times)


async def test_an_entity_goes_when_it_expires(api: Api) -> None:
    clock: Clock = api.clock
    await api.ok("POST", "/entities", room(expiresAt="2026-01-01T00:01:00Z"))
    clock.forward(59)
    assert (await api("GET", HERE)).status_code == 200
    clock.forward(2)
    assert (await api("GET", HERE)).status_code == 404
    assert (await api("PATCH", HERE, {"a": 1})).status_code == 404
    assert (await api("POST", "/entities", room())).status_code == 201


@pytest.mark.parametrize("place", ["/entities", HERE, f"{HERE}/attrs", f"{HERE}/attrs/a", "/entityOperations/create"])
async def test_a_method_that_is_not_offered(api: Api, place: str) -> None:
    answer = await api("TRACE", place)
    assert problem(answer)["status"] == 405
    offered = await api("OPTIONS", place)
    assert (offered.status_code, offered.content) == (204, b"")
    assert answer.headers["allow"] == offered.headers["allow"]
    assert {"POST", "PATCH"} & set(answer.headers["allow"].split(", "))


async def test_unknown_parameters_and_options(api: Api) -> None:
    await api.ok("POST", "/entities", room())
    for method, place, body in (
        ("GET", f"{HERE}?pikc=a", None),
        ("GET", f"{HERE}?options=keyvalues", None),
        ("POST", "/entities?type=Room", room()),
        ("PATCH", f"{HERE}?options=all", {"a": 1}),
        ("DELETE", f"{HERE}?force=true", None),
    ):
        found = await api.wrong(method, place, body)
        assert (found["status"], found["type"]) == (400, ETSI + "InvalidRequest"), (method, place)


async def test_a_merge_of_bare_values_keeps_the_kinds(api: Api) -> None:
    there = room(
        isIn={"type": "Relationship", "object": "urn:ngsi-ld:Building:1"},
        name={"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "room"}},
    )
    await api.ok("POST", "/entities", there)
    bare = {"isIn": "urn:ngsi-ld:Building:2", "name": "hall", "size": 5}
    assert (await api("PATCH", f"{HERE}?options=keyValues&lang=en", bare)).status_code == 204
    assert await api.ok("GET", HERE) == room(
        isIn={"type": "Relationship", "object": "urn:ngsi-ld:Building:2"},
        name={"type": "LanguageProperty", "languageMap": {"nl": "kamer", "en": "hall"}},
        size=prop(5),
    )
    await api.ok("PATCH", HERE, {"isIn": "urn:ngsi-ld:Building:3"})
    assert (await api.ok("GET", HERE))["isIn"] == prop("urn:ngsi-ld:Building:3"), "where nothing says it is simplified"
