# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node that is restored from a backup is the same node: its entities, histories, subscriptions, keys and audit."""

from pathlib import Path
from typing import Any

import pytest

from hanze.access.principal import OPERATOR
from hanze.node.verb import perform
from hanze.store import sqlite
from tests.access.node import Node, running
from tests.access.table import SUBSCRIPTION

pytestmark = pytest.mark.anyio

ROOM = "urn:ngsi-ld:Room:1"
SEEN = [
    f"/entities/{ROOM}?options=sysAttrs", "/entities?type=Room&count=true", f"/temporal/entities/{ROOM}",
    "/subscriptions?options=sysAttrs", "/types?details=true",
]  # fmt: skip


async def told(node: Node, key: str) -> list[Any]:
    answers = [await node.ask("GET", path, key) for path in SEEN]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


async def test_a_restored_node(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    target = tmp_path / "copy.db"
    async with running(tmp_path / "first") as node:
        key = node.key("officer")
        for value in (1, 2):
            body = [{"id": ROOM, "type": "Room", "t": {"type": "Property", "value": value}}]
            assert (await node.ask("POST", "/entityOperations/upsert", key, body)).is_success
            node.clock.forward(60)
        paused = {**SUBSCRIPTION, "isActive": False}
        assert (await node.ask("POST", "/subscriptions", key, paused)).status_code == 201
        expected = await told(node, key)
        perform(node.desk, OPERATOR, "backup", {"target": str(target)}, lambda value: None)
        await node.ask("DELETE", f"/entities/{ROOM}", key)
    assert sqlite.restore(target, tmp_path / "second" / sqlite.FILE) is None
    async with running(tmp_path / "second") as node:
        node.clock.forward(120)
        assert await told(node, key) == expected
        answer = await node.ask("PATCH", f"/entities/{ROOM}", key, {"t": {"type": "Property", "value": 3}})
        assert answer.status_code == 204
