# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may not be seen does not exist: no route lets anyone tell a hidden entity from one that there is not."""

from pathlib import Path
from typing import Any

import pytest

from hanze.access import Public
from hanze.ngsild.selection import EntitySelection, Window
from hanze.store.scope import EVERYTHING
from tests.access.node import Node, running
from tests.access.table import TABLE, filled
from tests.contract.making import entity, iri, point, prop, save

pytestmark = pytest.mark.anyio

HIDDEN, ABSENT = "urn:ngsi-ld:Sensor:1", "urn:ngsi-ld:Sensor:2"
MAKING = {"POST entities", "POST entityOperations/create", "POST entityOperations/upsert", "POST temporal/entities"}
"""Routes that make an entity where there is none."""

ABOUT_ONE = {route for route, case in TABLE.items() if "{id}" in f"{case.path} {case.body}"} - MAKING


async def keys(node: Node) -> dict[str, tuple[str | None, str]]:
    """Those from whom a restricted Sensor in the default tenant is hidden: key and tenant that they ask for."""
    return {
        "anyone": (None, ""),
        "reader": (node.key("reader"), ""),
        "writer": (node.key("writer"), ""),
        "writer of another type": (node.key("writer", ["Other"]), ""),
        "officer of another type": (node.key("officer", ["Other"]), ""),
        "admin of another tenant": (node.key("admin", None, ["north"]), "north"),
    }


def state(node: Node) -> Any:
    history = node.raw.temporal("", HIDDEN, Window(), EVERYTHING)
    return node.raw.head(), node.raw.query("", EntitySelection(), EVERYTHING, limit=9), history


async def told(node: Node, route: str, id: str, key: str | None, tenant: str) -> tuple[int, str, dict[str, str]]:
    """The answer, with a word in the place of the id."""
    case = TABLE[route]
    names = {"id": id, "name": "no2", "instance": "urn:ngsi-ld:Instance:1", "new": "", "subscription": ""}
    answer = await node.ask(route.split()[0], filled(case.path, names), key, filled(case.body, names), tenant)
    return answer.status_code, answer.text.replace(id, "ID"), dict(answer.headers)


@pytest.mark.parametrize("open", [False, True])
async def test_hidden_and_absent_are_the_same(tmp_path: Path, open: bool) -> None:
    async with running(tmp_path, open=open, restricted=frozenset({iri("Sensor")})) as node:
        save(node.raw, entity("1", "Sensor", no2=prop(1, observedAt="2026-01-01T00:00:00Z")))
        save(node.raw, entity("1", "Other"), tenant="north")
        before = state(node)
        for who, (key, tenant) in (await keys(node)).items():
            if open and who == "anyone":
                continue
            for route in sorted(ABOUT_ONE):
                hidden = await told(node, route, HIDDEN, key, tenant)
                absent = await told(node, route, ABSENT, key, tenant)
                assert hidden == absent, (route, who)
                assert state(node) == before, (route, who)


async def test_the_same_request_works_for_who_may(tmp_path: Path) -> None:
    async with running(tmp_path, restricted=frozenset({iri("Sensor")})) as node:
        save(node.raw, entity("1", "Sensor", no2=prop(1, observedAt="2026-01-01T00:00:00Z")))
        for key in (node.key("officer"), node.key("reader", ["Sensor"])):
            status, text, _ = await told(node, "GET entities/{id}", HIDDEN, key, "")
            assert status == 200 and "no2" in text
        writer = node.key("writer", ["Sensor"])
        assert (await told(node, "PATCH entities/{id}", HIDDEN, writer, ""))[0] == 204
        assert (await told(node, "PATCH entities/{id}", ABSENT, writer, ""))[0] == 404


async def test_making_what_is_hidden_tells_no_more_than_the_id(tmp_path: Path) -> None:
    """That an id is taken cannot be kept from who wants to take it."""
    async with running(tmp_path, restricted=frozenset({iri("Sensor")})) as node:
        save(node.raw, entity("1", "Sensor", no2=1))
        before, writer = state(node), node.key("writer")
        other = {"id": HIDDEN, "type": "Other", "a": {"type": "Property", "value": 1}}
        for path, body, status in (
            ("/entities", other, 409), ("/entityOperations/create", [other], 207),
            ("/entityOperations/upsert", [other], 207), ("/entityOperations/upsert?options=update", [other], 207),
            ("/temporal/entities", {**other, "a": [other["a"]]}, 403),
        ):  # fmt: skip
            answer = await node.ask("POST", path, writer, body)
            assert answer.status_code == status, (path, answer.text)
            assert "Sensor" not in answer.text.replace(HIDDEN, ""), path
        assert state(node) == before


@pytest.mark.parametrize("q", ["no2==1", "no2==2", "no2!=1", "no2", "other"])
async def test_a_purge_is_no_probe(tmp_path: Path, q: str) -> None:
    async with running(tmp_path, restricted=frozenset({iri("Sensor")})) as node:
        save(node.raw, entity("1", "Sensor", no2=1), entity("1", "Free", no2=1))
        answer = await node.ask("DELETE", f"/entities?q={q}", None)
        assert answer.status_code == 401
        answer = await node.ask("DELETE", f"/entities?type=Sensor&q={q}", node.key("writer"))
        assert answer.status_code == 204
        assert node.raw.get("", HIDDEN, EVERYTHING) is not None
        answer = await node.ask("DELETE", "/entities?q=no2==1", node.key("writer"))
        assert answer.status_code == 204
        assert [one.id for one in node.raw.query("", EntitySelection(), EVERYTHING, limit=5).entities] == [HIDDEN]


async def test_tenants_of_others_look_as_if_they_were_not_there(tmp_path: Path) -> None:
    async with running(tmp_path, public=(Public(iri("Bike")),)) as node:
        save(node.raw, entity("1", "Bike", a=1))
        save(node.raw, entity("1", "Bike", a=1), tenant="north")
        for key in (None, node.key("admin", None, [""])):
            for path in ("/entities?type=Bike", "/types", "/temporal/entities/urn:ngsi-ld:Bike:1"):
                real = await node.ask("GET", path, key, tenant="north")
                none = await node.ask("GET", path, key, tenant="south")
                assert real.status_code == none.status_code == 404
                assert real.text.replace("north", "south") == none.text
        answer = await node.ask("POST", "/subscriptions", node.key("reader", None, [""]), {}, tenant="south")
        assert answer.status_code == 403
        assert node.raw.tenants() == ["", "north"]


PUBLIC = (Public(iri("Bike"), frozenset({iri("name"), iri("near")})), Public(iri("Bus")))


async def test_what_is_public_and_no_more(tmp_path: Path) -> None:
    async with running(tmp_path, public=PUBLIC, restricted=frozenset({iri("Complaint")})) as node:
        link = {"type": "Relationship", "object": "urn:ngsi-ld:Complaint:1"}
        place = {"https://uri.etsi.org/ngsi-ld/location": [point(4.5, 52.0)]}
        bikes = [entity(str(n), "Bike", name=f"n{n}", rank=9 - n, near=link) for n in (1, 2)]
        for one in bikes:
            one.attributes.update(place)
        complaint = entity("1", "Complaint", text="secret")
        both = entity("3", "Bike", name="n3")
        both.types.append(iri("Complaint"))
        save(node.raw, *bikes, entity("1", "Bus", line=4), complaint, both, entity("1", "Tram"))

        async def ids(query: str) -> list[str]:
            answer = await node.ask("GET", f"/entities?{query}&options=keyValues&count=true")
            assert answer.status_code == 200, answer.text
            found = [one["id"].removeprefix("urn:ngsi-ld:") for one in answer.json()]
            assert answer.headers["ngsild-results-count"] == str(len(found))
            return found

        assert await ids("local=true") == ["Bike:1", "Bike:2", "Bus:1"]
        assert await ids("type=Bike&orderBy=rank") == ["Bike:1", "Bike:2"]
        assert await ids("type=Bike&q=name==%22n2%22") == ["Bike:2"]
        for query in (
            "q=rank==8", "q=rank", "q=rank!=8", "attrs=rank", "attrs=location", "type=Complaint", "q=text",
            "georel=near;maxDistance==100&geometry=Point&coordinates=[4.5,52.0]", "type=Tram", "type=Bike&q=rank>0|rank<0",
            "type=Bike&id=urn:ngsi-ld:Bike:3",
        ):  # fmt: skip
            assert await ids(query) == [], query
        answer = await node.ask("GET", "/entities/urn:ngsi-ld:Bike:1?join=inline&joinLevel=2&options=keyValues")
        assert answer.json().keys() == {"id", "type", "name", "near"} and "secret" not in answer.text
        assert (await node.ask("GET", "/types")).json()["typeList"] == ["Bike", "Bus"]
        assert (await node.ask("GET", "/attributes")).json()["attributeList"] == ["line", "name", "near"]
        details = (await node.ask("GET", "/types/Bike")).json()
        assert details["entityCount"] == 2
        assert [one["attributeName"] for one in details["attributeDetails"]] == ["name", "near"]
        for path in ("/attributes/rank", "/types/Complaint", "/types/Tram", "/entities/urn:ngsi-ld:Bike:3"):
            assert (await node.ask("GET", path)).status_code == 404
        history = await node.ask("GET", "/temporal/entities/urn:ngsi-ld:Bike:1")
        assert history.json().keys() - {"@context"} == {"id", "type", "name", "near"}
        assert (await node.ask("GET", "/temporal/entities/urn:ngsi-ld:Bike:1?attrs=rank")).status_code == 404
        found = await node.ask(
            "GET",
            "/temporal/entities?type=Bike&q=rank>0&timerel=after&timeAt=2020-01-01T00:00:00Z&timeproperty=modifiedAt",
        )
        assert found.json() == []
