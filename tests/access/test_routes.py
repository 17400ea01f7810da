# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every route of the API with every role, on a closed and on an open node, and with a type that a room owns."""

from pathlib import Path
from typing import Any

import pytest

from hanze.broker.subscriptions.keeping import SUBSCRIPTIONS as KEPT
from hanze.ngsild.selection import EntitySelection, Window
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.access.node import Node, running
from tests.access.resources import resources
from tests.access.table import ROLES, SUBSCRIPTION, TABLE, WRITES, expected, filled
from tests.contract.making import entity, iri, outcome, prop

pytestmark = pytest.mark.anyio

TRIES = [(route, role) for route in TABLE for role in ROLES]


def test_every_route_has_an_expectation() -> None:
    assert resources() == set(TABLE)


class Trial:
    """A node with an entity and a subscription for each try, so that none is in the way of another."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.keys: dict[str, str | None] = {
            "anyone": None, **{role: node.key(role) for role in ROLES[1:5]},
            "for it": node.key("writer", ["Sensor"], [""]),
            "for another type": node.key("writer", ["Other"]), "for another tenant": node.key("writer", None, ["north"]),
        }  # fmt: skip
        self._instances: dict[str, str] = {}

    async def fill(self) -> None:
        def work(uow: UnitOfWork) -> None:
            for n in range(len(TRIES)):
                one = entity(str(n), "Sensor", no2=prop(1, observedAt="2026-01-01T00:00:00Z"))
                uow.save("", outcome(None, one))
            uow.tenant("north")

        self.node.raw.submit(work).result()
        for n in range(len(TRIES)):
            if "subscriptions/" in TRIES[n][0]:
                body = {**SUBSCRIPTION, "id": self.names(n)["subscription"], "isActive": False}
                answer = await self.node.ask("POST", "/subscriptions", self.keys["admin"], body)
                assert answer.status_code == 201, answer.text

    def names(self, n: int) -> dict[str, str]:
        return {
            "id": f"urn:ngsi-ld:Sensor:{n}", "new": f"urn:ngsi-ld:Sensor:new{n}", "name": "no2",
            "instance": f"urn:ngsi-ld:Instance:{n + 1}", "subscription": f"urn:ngsi-ld:Subscription:{n}",
        }  # fmt: skip

    def state(self, n: int) -> Any:
        """Everything that the try could change."""
        store, names = self.node.raw, self.names(n)
        ids = EntitySelection(ids=(names["id"], names["new"]))
        kept = [(row["id"], row["document"]) for row in store.vault(KEPT).select()]
        history = store.temporal("", names["id"], Window(), EVERYTHING)
        return store.head(), store.query("", ids, EVERYTHING, limit=5), history, kept

    async def try_out(self, n: int) -> str:
        """The answer in the words of the table."""
        route, role = TRIES[n]
        case, names = TABLE[route], self.names(n)
        before = self.state(n)
        body = filled(case.body, names)
        answer = await self.node.ask(route.split()[0], filled(case.path, names), self.keys[role], body)
        told, changed = str(answer.status_code), self.state(n) != before
        if case.shows and told == "200" and filled(case.shows, names) not in answer.text:
            told = "empty"
        if told == "204" and not changed:
            told = "none"
        assert changed == (told in ("201", "204")), (route, role, told)
        if told not in ("200", "201", "204", "207", "none", "empty"):
            problem = answer.json()
            assert problem["status"] == answer.status_code and problem["detail"].endswith("."), (route, role)
        return told


async def tried(node: Node) -> dict[str, str]:
    trial = Trial(node)
    await trial.fill()
    return {" / ".join(TRIES[n]): await trial.try_out(n) for n in range(len(TRIES))}


@pytest.mark.parametrize("open", [False, True])
async def test_every_route_with_every_role(tmp_path: Path, open: bool) -> None:
    async with running(tmp_path, open=open) as node:
        assert await tried(node) == {f"{route} / {role}": expected(route, role, open=open) for route, role in TRIES}


@pytest.mark.parametrize("open", [False, True])
async def test_what_a_room_owns_nobody_writes(tmp_path: Path, open: bool) -> None:
    def told(route: str, role: str) -> str:
        usual = expected(route, role, open=open)
        if route not in WRITES or usual not in ("201", "204"):
            return usual
        return "207" if "entityOperations" in route else "403"

    async with running(tmp_path, open=open, owned={iri("Sensor"): "measuring"}) as node:
        assert await tried(node) == {f"{route} / {role}": told(route, role) for route, role in TRIES}
