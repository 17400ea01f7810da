# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may not is refused first: no body is read for him, no @context fetched, no entity looked up."""

from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread

from hanze.access import audit
from hanze.node.socket import Line, Listener
from tests.access.node import running
from tests.access.table import TABLE, WRITES, filled

pytestmark = pytest.mark.anyio

FOREIGN = '<http://192.0.2.1/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
NAMES = {"id": "no uri", "new": "", "name": "no2", "instance": "none", "subscription": "none"}


@pytest.mark.parametrize("route", sorted(WRITES | {"POST subscriptions"}))
async def test_before_anything_else(tmp_path: Path, route: str) -> None:
    async with running(tmp_path) as node:
        method, path = route.split()[0], filled(TABLE[route].path, NAMES)
        broken = {
            "Link": FOREIGN, "Content-Type": "application/json", "NGSILD-Tenant": "nowhere", "Accept": "text/none"
        }  # fmt: skip
        refused = [(None, 401), (node.key("writer", None, [""]), 403)]
        if route in WRITES:
            refused.append((node.key("reader"), 403))
        for key, status in refused:
            headers = broken | ({} if key is None else {"X-API-Key": key})
            answer = await node.http.request(method, path, content=b"{ no JSON", headers=headers)
            assert answer.status_code == status, answer.text
        assert node.raw.head() == 0 and node.raw.tenants() == [""]


async def test_keys_made_and_revoked_by_a_command_count_at_once(tmp_path: Path) -> None:
    async with running(tmp_path) as node:
        listener = Listener(node.desk, node.access.forget_keys)
        await listener.open()

        def command(verb: str, **arguments: Any) -> Any:
            line = Line(tmp_path)
            try:
                line.send(verb, arguments)
                return line.receive()
            finally:
                line.close()

        made = await to_thread.run_sync(lambda: command("key.create", role="reader", name="app"))
        key = made["text"]
        for _ in range(2):
            assert (await node.ask("GET", "/types", key)).status_code == 200
        await to_thread.run_sync(lambda: command("key.revoke", key="app"))
        for _ in range(2):
            answer = await node.ask("GET", "/types", key)
            assert answer.status_code == 401 and "revoked" in answer.json()["detail"]
        assert [line.act for line in audit.lines(node.raw, limit=9)] == ["key revoked", "key created"]
        await listener.close()
