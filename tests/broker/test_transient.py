# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities and attributes with an end over HTTP: which operations set, keep and take away expiresAt (clause 4.22)."""

from typing import Any

import pytest

from tests.broker.conftest import Api

pytestmark = pytest.mark.anyio

ID = "urn:ngsi-ld:Room:1"
HERE = f"/entities/{ID}"
SOON, LATER = "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z"
NULL = "urn:ngsi-ld:null"


async def room(api: Api, **members: Any) -> None:
    await api.ok("POST", "/entities", {"id": ID, "type": "Room", **members})


async def names(api: Api) -> list[str]:
    return sorted((await api.ok("GET", HERE)).keys() - {"id", "type"})


def prop(value: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Property", "value": value, **more}


async def test_expiry_is_shown_with_the_system_attributes_only(api: Api) -> None:
    part = prop(2, expiresAt=LATER)
    await room(api, expiresAt=LATER, a=prop(1, expiresAt=SOON, part=part))
    assert "expiresAt" not in (await api("GET", HERE)).text
    shown = await api.ok("GET", f"{HERE}?options=sysAttrs")
    assert (shown["expiresAt"], shown["a"]["expiresAt"], shown["a"]["part"]["expiresAt"]) == (LATER, SOON, LATER)


async def test_an_attribute_ends_and_the_entity_stays(api: Api) -> None:
    await room(api, a=prop(1, expiresAt=SOON), b=prop(2))
    await api.ok("POST", f"{HERE}/attrs", {"c": prop(3, expiresAt=LATER)})
    assert await names(api) == ["a", "b", "c"]
    api.clock.forward(61)
    assert await names(api) == ["b", "c"]
    assert await api.ok("GET", "/entities?q=a") == []
    api.clock.forward(60)
    assert await names(api) == ["b"]


@pytest.mark.parametrize(
    ("method", "path", "body", "stays"),
    [
        ("PATCH", "/attrs", {"a": prop(2)}, True),
        ("POST", "/attrs", {"a": prop(2)}, True),
        ("PUT", "/attrs/a", prop(2), True),
        ("PUT", "", {"type": "Room", "a": prop(2)}, True),
        ("PATCH", "/attrs/a", {"expiresAt": NULL}, True),
        ("PATCH", "", {"a": {"expiresAt": NULL}}, True),
        ("PATCH", "/attrs/a", prop(2), False),
        ("PATCH", "", {"a": prop(2)}, False),
    ],
)
async def test_what_replaces_an_attribute_takes_its_end_away(
    api: Api, method: str, path: str, body: Any, stays: bool
) -> None:
    await room(api, a=prop(1, expiresAt=SOON), b=prop(2))
    await api.ok(method, HERE + path, body)
    api.clock.forward(61)
    assert ("a" in await names(api)) is stays


async def test_an_entity_ends_at_once_where_its_end_has_passed(api: Api) -> None:
    await room(api, a=1)
    await api.ok("PATCH", HERE, {"expiresAt": SOON})
    await api.ok("PATCH", HERE, {"expiresAt": NULL})
    api.clock.forward(61)
    assert await names(api) == ["a"]
    await api.ok("PATCH", HERE, {"expiresAt": SOON})
    assert (await api("GET", HERE)).status_code == 404
    assert (await api("PATCH", f"{HERE}/attrs/a", {"value": 2})).status_code == 404


async def test_an_entity_that_ended_makes_place_for_a_new_one(api: Api) -> None:
    await room(api, a=1, expiresAt=SOON)
    found = await api.wrong("POST", "/entities", {"id": ID, "type": "Room"})
    assert found["status"] == 409
    api.clock.forward(61)
    await room(api, b=2, expiresAt=LATER)
    assert await names(api) == ["b"]
    assert await api.ok("GET", "/entities?q=a==1") == []


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00Z", "2026-13-45T00:00:00Z", "soon", 5])
async def test_no_entity_is_made_that_has_ended(api: Api, moment: Any) -> None:
    found = await api.wrong("POST", "/entities", {"id": ID, "type": "Room", "expiresAt": moment})
    assert found["status"] == 400 and "expiresAt" in found["detail"]
    assert (await api("GET", HERE)).status_code == 404


async def test_the_history_of_an_attribute_ends_with_it(api: Api) -> None:
    await room(api, a=prop(1, expiresAt=SOON), b=prop(2))
    await api.ok("PATCH", f"{HERE}/attrs/a", {"value": 3})
    api.clock.forward(61)
    await api.store.write(lambda uow: uow.expire(100))
    query = "timerel=before&timeAt=2030-01-01T00:00:00Z&timeproperty=modifiedAt&options=temporalValues"
    history = await api.ok("GET", f"/temporal{HERE}?{query}")
    assert history.keys() == {"id", "type", "b"}
