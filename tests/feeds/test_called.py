# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a kind of source that is called asks of its line disturbs nobody else."""

import os
from pathlib import Path

import pytest

from hanze.broker.contexts import no_fetch
from hanze.feeds import brought
from hanze.feeds.asking import Asking
from hanze.feeds.brought import BROUGHT
from hanze.feeds.called import Lines
from hanze.feeds.source import Feed
from hanze.ngsild.entity import Entity
from hanze.ngsild.times import system
from hanze.outgoing import Client, Guard
from hanze.store import sqlite

pytestmark = pytest.mark.anyio


async def test_what_was_brought_is_not_read_by_the_connection_that_the_node_reads_with(tmp_path: Path) -> None:
    store = sqlite.open(tmp_path, clock=system, vaults=[BROUGHT])
    client = Client(Guard())
    entities = [Entity("urn:x:1", ["T"])]
    with (
        Lines("", "", no_fetch, os.urandom, system).line(Feed("", "", "mirror"), Asking(client, system), store) as line,
        store.one_moment(),
    ):
        assert not store.vault(BROUGHT).count()
        await store.write(lambda uow: brought.take(uow, "", entities, source="mirror", whole=False))
        assert [one.id for one in await line.brought("", 10)] == ["urn:x:1"], "another connection sees it at once"
    client.close()
    store.close()
