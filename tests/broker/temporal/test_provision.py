# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""History is provided, corrected and removed over HTTP."""

from typing import Any

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Vehicle:1"
HERE = f"/temporal/entities/{ID}"


def seen(value: Any, moment: str = "12:00", **more: Any) -> dict[str, Any]:
    return {"type": "Property", "value": value, "observedAt": f"2020-08-01T{moment}:00Z", **more}


def vehicle(*speed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": ID, "type": "Vehicle", "speed": list(speed), **more}


async def test_a_history_is_created_then_added_to(api: Api) -> None:
    made = await api("POST", "/temporal/entities", vehicle(seen(1)))
    assert (made.status_code, made.headers["location"], made.content) == (201, HERE, b"")
    more = await api("POST", "/temporal/entities/", vehicle(seen(1), seen(2, "12:05")))
    assert (more.status_code, more.content) == (204, b"")
    assert (await api("POST", f"{HERE}/attrs", {"speed": [seen(3, "12:10")], "fuel": seen(9)})).status_code == 204
    found = await api.ok("GET", HERE)
    numbers = [one.pop("instanceId").removeprefix("urn:ngsi-ld:Instance:") for one in found["speed"]]
    assert len(set(map(int, numbers))) == 3
    assert found["speed"] == [seen(1), seen(2, "12:05"), seen(3, "12:10")]
    assert (await api("GET", f"/entities/{ID}")).status_code == 404


async def test_another_type_joins(api: Api) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1)))
    await api.ok("POST", "/temporal/entities", {**vehicle(seen(1)), "type": ["Vehicle", "Truck"]})
    assert (await api.ok("GET", HERE))["type"] == ["Vehicle", "Truck"]


@pytest.mark.parametrize(
    ("path", "body", "status", "type"),
    [
        ("/temporal/entities", {}, 400, "InvalidRequest"),
        ("/temporal/entities", {"id": ID}, 400, "BadRequestData"),
        ("/temporal/entities", {"type": "Vehicle"}, 400, "BadRequestData"),
        ("/temporal/entities", {"id": "no-uri", "type": "Vehicle"}, 400, "BadRequestData"),
        ("/temporal/entities", [], 400, "InvalidRequest"),
        (
            "/temporal/entities",
            vehicle({"type": "Property", "value": 1, "observedAt": "yesterday"}),
            400,
            "BadRequestData",
        ),
        (f"{HERE}/attrs", {"speed": [seen(1)]}, 404, "ResourceNotFound"),
        ("/temporal/entities//attrs", {"speed": [seen(1)]}, 400, "BadRequestData"),
        ("/temporal/entities/x/attrs", {"speed": [seen(1)]}, 400, "BadRequestData"),
        ("/temporal/nothing", {}, 404, "ResourceNotFound"),
    ],
)
async def test_wrong_provision_is_told(api: Api, path: str, body: Any, status: int, type: str) -> None:
    answer = await api("POST", path, body)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, type)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_instances_are_corrected_and_removed(api: Api) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1), seen(2, "12:05", unitCode="KMH")))
    first, second = [one["instanceId"] for one in (await api.ok("GET", HERE))["speed"]]
    api.clock.forward(60)
    assert (await api("PATCH", f"{HERE}/attrs/speed/{first}", seen(10))).status_code == 204
    assert (await api("PATCH", f"{HERE}/attrs/speed/{second}", {"speed": [{"value": 20}]})).status_code == 204
    found = (await api.ok("GET", f"{HERE}?options=sysAttrs"))["speed"]
    assert [one["instanceId"] for one in found] == [first, second]
    assert [(one["value"], one.get("unitCode")) for one in found] == [(10, None), (20, "KMH")]
    assert (found[0]["createdAt"], found[0]["modifiedAt"]) == ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")
    assert (await api("DELETE", f"{HERE}/attrs/speed/{first}")).status_code == 204
    assert [one["value"] for one in (await api.ok("GET", HERE))["speed"]] == [20]
    assert (await api("DELETE", f"{HERE}/attrs/speed/{first}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PATCH", "/temporal/entities/x/attrs/speed/urn:ngsi-ld:Instance:1", 400),
        ("PATCH", "/temporal/entities//attrs/speed/urn:ngsi-ld:Instance:1", 400),
        ("PATCH", f"{HERE}/attrs/speed/one", 400),
        ("PATCH", f"{HERE}/attrs/speed/", 405),
        ("PATCH", f"{HERE}/attrs//urn:ngsi-ld:Instance:1", 405),
        ("PATCH", f"{HERE}/attrs/sp(eed/urn:ngsi-ld:Instance:1", 400),
        ("PATCH", f"{HERE}2/attrs/speed/urn:ngsi-ld:Instance:1", 404),
        ("PATCH", f"{HERE}/attrs/other/urn:ngsi-ld:Instance:1", 404),
        ("PATCH", f"{HERE}/attrs/speed/urn:ngsi-ld:Instance:{10**30}", 404),
        ("PATCH", f"{HERE}/attrs/speed/urn:ngsi-ld:Instance:99", 404),
        ("DELETE", f"{HERE}/attrs//urn:ngsi-ld:Instance:1", 400),
        ("DELETE", f"{HERE}/attrs/speed/urn:x:1", 404),
        ("DELETE", f"{HERE}/attrs/other", 404),
        ("DELETE", f"{HERE}/attrs/%2e%2e", 400),
        ("DELETE", f"{HERE}/attrs/%252e%252e", 400),
        ("DELETE", f"{HERE}/attrs/speed?datasetId=urn:d:9", 404),
        ("DELETE", f"{HERE}/attrs/speed?datasetId=d", 400),
        ("DELETE", f"{HERE}2/attrs/speed", 404),
        ("DELETE", f"{HERE}2", 404),
        ("DELETE", "/temporal/entities/x", 400),
        ("DELETE", "/temporal/entities/", 405),
        ("DELETE", f"{HERE}?unknown=1", 400),
        ("PUT", HERE, 405),
    ],
)
async def test_what_is_not_there_is_told_and_nothing_changes(api: Api, method: str, path: str, status: int) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1)))
    answer = await api(method, path, seen(5) if method == "PATCH" else None)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert [one["value"] for one in (await api.ok("GET", HERE))["speed"]] == [1]


async def test_attributes_are_removed_by_dataset(api: Api) -> None:
    body = vehicle(seen(1), seen(2, datasetId="urn:d:1"), seen(3, datasetId="urn:d:2"), fuel=[seen(9)])
    await api.ok("POST", "/temporal/entities", body)
    speed = f"{HERE}/attrs/speed"

    async def left() -> list[int]:
        return [one["value"] for one in (await api.ok("GET", HERE)).get("speed", [])]

    assert (await api("DELETE", speed)).status_code == 204
    assert await left() == [2, 3]
    assert (await api("DELETE", f"{speed}?datasetId=urn:d:1")).status_code == 204
    assert await left() == [3]
    assert (await api("DELETE", f"{speed}?deleteAll=true")).status_code == 204
    assert await left() == []
    assert (await api("DELETE", HERE)).status_code == 204
    assert (await api("GET", HERE)).status_code == 404


async def test_the_current_entity_stays_when_its_history_goes(api: Api) -> None:
    await api.ok("POST", "/entities", {"id": ID, "type": "Vehicle", "speed": seen(1)})
    assert (await api("DELETE", HERE)).status_code == 204
    assert (await api("GET", HERE)).status_code == 404
    assert (await api.ok("GET", f"/entities/{ID}"))["speed"] == seen(1)


async def test_tenants_have_their_own_history(api: Api) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1)), ngsild_tenant="north")
    assert (await api("GET", HERE)).status_code == 404
    assert (await api("GET", HERE, ngsild_tenant="north")).headers["ngsild-tenant"] == "north"
    unknown = await api("POST", f"{HERE}/attrs", {"speed": seen(1)}, ngsild_tenant="south")
    assert (unknown.status_code, unknown.json()["type"].rpartition("/")[2]) == (404, "NonexistentTenant")


async def test_a_scope_has_a_history_too(api: Api) -> None:
    await api.ok(
        "POST", "/temporal/entities", vehicle(seen(1), scope=[seen("/B", "12:05"), seen(["/A", "/C"], "12:00")])
    )
    scope = (await api.ok("GET", HERE))["scope"]
    assert [one["value"] for one in scope] == [["/A", "/C"], ["/B"]]
    assert (await api.ok("GET", f"{HERE}?attrs=speed"))["scope"] == "/B"
    query = "/temporal/entities?type=Vehicle&timerel=after&timeAt=2020-01-01T00:00:00Z&scopeQ="
    assert [one["id"] for one in await api.ok("GET", f"{query}/C")] == [ID]
    assert await api.ok("GET", f"{query}/X") == []
    for wrong in (seen("no spaces"), seen("/A", unitCode="GQ"), {"type": "Relationship", "object": "urn:x:1"}):
        answer = await api("POST", "/temporal/entities", vehicle(scope=[wrong]))
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "BadRequestData")


MARKS = f"{HERE}?timeproperty=deletedAt"
NOW = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("instance", "null", "plural"),
    [
        ({"type": "Property", "value": 1}, {"value": "urn:ngsi-ld:null"}, "values"),
        ({"type": "Relationship", "object": "urn:x:1"}, {"object": "urn:ngsi-ld:null"}, "objects"),
        (
            {"type": "LanguageProperty", "languageMap": {"nl": "a"}},
            {"languageMap": {"@none": "urn:ngsi-ld:null"}},
            "languageMaps",
        ),
    ],
)
async def test_an_attribute_of_a_history_is_deleted_with_a_mark(
    api: Api, instance: dict[str, Any], null: dict[str, Any], plural: str
) -> None:
    observed = {**instance, "observedAt": "2020-08-01T12:00:00Z"}
    await api.ok("POST", "/temporal/entities", vehicle(seen(1), a=[observed]))
    assert (await api.ok("GET", MARKS)).keys() == {"id", "type"}
    assert (await api("DELETE", f"/entities/{ID}/attrs/a")).status_code == 204
    found = await api.ok("GET", MARKS)
    number = found["a"][0].pop("instanceId")
    assert found == {"id": ID, "type": "Vehicle", "a": [{"type": instance["type"], **null, "deletedAt": NOW}]}
    short = await api.ok("GET", f"{MARKS}&options=temporalValues")
    value = null["value"] if plural == "values" else null["object"] if plural == "objects" else null
    assert short["a"] == {"type": instance["type"], plural: [[value, NOW]]}
    assert [one["instanceId"] for one in (await api.ok("GET", HERE))["a"]] != [number]
    assert (await api.wrong("DELETE", f"/entities/{ID}/attrs/a"))["status"] == 404
    assert (await api.wrong("GET", f"/entities/{ID}"))["status"] == 404


async def test_the_mark_of_a_history_is_that_of_its_dataset(api: Api) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1, datasetId="urn:d:1"), seen(2, datasetId="urn:d:2")))
    place = f"/entities/{ID}/attrs/speed"
    assert (await api.wrong("DELETE", place))["status"] == 404
    assert (await api.wrong("DELETE", f"{place}?datasetId=urn:d:3"))["status"] == 404
    await api.ok("DELETE", f"{place}?datasetId=urn:d:2")
    assert [one["datasetId"] for one in (await api.ok("GET", MARKS))["speed"]] == ["urn:d:2"]
    await api.ok("DELETE", f"{place}?deleteAll=true")
    assert [one["datasetId"] for one in (await api.ok("GET", MARKS))["speed"]] == ["urn:d:2", "urn:d:1"]


@pytest.mark.parametrize("scope", [["/Delft", "/Rotterdam/Noord"], [{"value": "/Delft", "observedAt": NOW}]])
async def test_the_scope_of_a_history_is_deleted_with_a_mark(api: Api, scope: Any) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(1), scope=scope))
    assert "scope" in await api.ok("GET", HERE)
    await api.ok("DELETE", f"/entities/{ID}/attrs/scope")
    found = (await api.ok("GET", MARKS))["scope"]
    assert [(one["type"], one["value"], one["deletedAt"]) for one in found] == [("Property", [], NOW)]
    short = await api.ok("GET", f"{MARKS}&options=temporalValues")
    assert short["scope"] == {"type": "Property", "values": [[[], NOW]]}
    assert (await api.wrong("DELETE", f"/entities/{ID}/attrs/scope"))["status"] == 404


async def test_another_value_of_a_moment_is_kept_beside_the_first(api: Api) -> None:
    await api.ok("POST", "/temporal/entities", vehicle(seen(120), seen(80, "12:05")))
    await api.ok("POST", "/temporal/entities", vehicle(seen(121), seen(80, "12:05")))
    await api.ok("POST", f"{HERE}/attrs", {"speed": [seen(81, "12:05"), seen(100, "12:07")]})
    assert [one["value"] for one in (await api.ok("GET", HERE))["speed"]] == [120, 121, 80, 81, 100]
