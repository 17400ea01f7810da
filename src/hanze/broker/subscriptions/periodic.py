# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A subscription with timeInterval: sends the entities that it selects whenever the interval is over (clause 5.8.6)."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from hanze.broker.subscriptions import notification
from hanze.broker.subscriptions.keeping import Kept, State
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.sending import Sending
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection
from hanze.ngsild.times import Clock, Sleep
from hanze.store.base import Page, Store
from hanze.store.scope import Scope

log = logging.getLogger("hanze.subscriptions")

MOST_ENTITIES = 1000
"""Entities of one notification; more go into further ones."""


class Host(Protocol):
    """What periodic subscriptions share: the notifier."""

    store: Store
    sending: Sending
    clock: Clock
    sleep: Sleep

    def scope_of(self, owner: str) -> Scope: ...

    def entity(self, definition: Definition, id: str) -> Entity | None: ...

    def note(self, owner: str, tenant: str, types: Sequence[str], /) -> None: ...


class Periodic:
    """One such subscription and its task. A round that fails is not repeated: the next one tells more."""

    def __init__(self, host: Host, kept: Kept, definition: Definition) -> None:
        self._host = host
        self.kept = kept
        self.definition = definition
        self.touched = False
        """Something happened that is not saved yet."""
        self.task = asyncio.get_running_loop().create_task(self._work())

    @property
    def state(self) -> State:
        return self.kept.state

    def drop(self) -> None:
        """The subscription is gone, or takes another form."""
        self.task.cancel()

    async def _work(self) -> None:
        definition = self.definition
        due = (self.state.last_notification or self.kept.modified) + definition.interval
        while True:
            now = self._host.clock()
            if now < due:
                await self._host.sleep((due - now) / 1_000_000)
                continue
            # A round that was late does not bring two of them close together.
            due = max(due + definition.interval, now + definition.interval // 2)
            if definition.runs(now):
                try:
                    await self._round()
                except Exception:
                    log.exception("subscription %s: a periodic notification cannot be made", definition.id)

    async def _round(self) -> None:
        host, definition = self._host, self.definition
        seen: set[str] = set()
        for selector in definition.selectors:
            selection = EntitySelection(
                types=selector.types, ids=tuple(sorted(selector.ids)), id_pattern=selector.id_pattern,
                q=definition.q, geo=definition.geo, scope_q=definition.scope_q,
            )  # fmt: skip
            offset, more = 0, True
            while more:
                page = await host.store.read(partial(self._page, selection, offset))
                new = [one for one in page.entities if one.id not in seen]
                seen.update(one.id for one in new)
                if new and not await self._send(new, len(seen)):
                    return
                more = len(page.entities) == MOST_ENTITIES
                offset += MOST_ENTITIES

    def _page(self, selection: EntitySelection, offset: int) -> Page:
        scope = self._host.scope_of(self.definition.owner)
        return self._host.store.query(self.definition.tenant, selection, scope, limit=MOST_ENTITIES, offset=offset)

    async def _send(self, entities: list[Entity], upto: int) -> bool:
        host, definition = self._host, self.definition
        data = notification.of_state(definition.view, entities, lambda id: host.entity(definition, id))
        attempt = await host.sending.attempt(definition, self.state, f"{host.clock()}-{upto}", data)
        self.touched = True
        if attempt.delivered:
            types = sorted({type for entity in entities for type in entity.types})
            host.note(definition.owner, definition.tenant, types)
        return attempt.delivered
