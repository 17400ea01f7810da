# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compares with the other broker: all that it has is copied, of which only differences are written; what it has no more goes.

Nothing is missed while the other changes. Each page begins with the last entity of the page before: where another stands there that
was not seen yet, entities before it were deleted and others moved up, so it goes back. What this source brought before and no page
had is asked for by its id before it is deleted. What is created meanwhile is notified.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

from hanze.feeds.called import Line
from hanze.feeds.kinds.ngsild.broker import Broker, Page
from hanze.feeds.kinds.ngsild.keeping import Keeper
from hanze.feeds.kinds.ngsild.reading import Reader, named
from hanze.feeds.source import Refused

MOST_PASSES = 3
"""So often a type is gone through where the other broker counts more entities than it lists."""

MOST_STEPS_BACK = 20
"""In one pass, and so many pages without anything new; a broker that does not page rightly would make it endless."""

AT_ONCE = 1000
"""Entities of this source that are looked at together."""


class Comparison:
    """One comparison. Errors: SourceFailed."""

    def __init__(self, broker: Broker, reader: Reader, keeper: Keeper, line: Line) -> None:
        self._broker = broker
        self._reader = reader
        self._keeper = keeper
        self._line = line
        self._refused: list[Refused] = []
        # Hashes, since of a million entities the ids would take ten times as much.
        self._seen: set[int] = set()

    async def run(self, types: Iterable[str]) -> list[Refused]:
        """What could not be taken."""
        for type in types:
            await self._type(type)
        await self._deleted()
        return self._refused

    async def _type(self, type: str) -> None:
        there: set[int] = set()
        for _ in range(MOST_PASSES):
            count = await self._pass(type, there)
            if count is None or len(there) >= count:
                return
        self._refused.append(Refused(type, f"the other broker counts {count} entities and lists {len(there)}"))

    async def _pass(self, type: str, there: set[int]) -> int | None:
        """Goes through all pages of a type; how many entities the other counted at the beginning. The next page is asked for
        while one is written."""
        first = page = await self._broker.page(type, 0, count=True)
        passed: set[int] = set()
        offset, back, idle = 0, 0, 0
        while True:
            known = offset == 0 or (bool(page.items) and _mark(page.items[0]) in passed)
            if not known and back < MOST_STEPS_BACK:
                back += 1
                offset = max(0, offset - len(first.items))
                page = await self._broker.page(type, offset)
                continue
            fresh = [item for item in page.items if _mark(item) not in passed]
            idle = 0 if fresh else idle + 1
            if not fresh and (len(page.items) <= 1 or idle > MOST_STEPS_BACK):
                return first.total
            passed.update(map(_mark, fresh))
            offset += len(page.items) - 1
            following = asyncio.ensure_future(self._broker.page(type, offset))
            try:
                await self._keep(page, fresh, there)
                page = await following
            finally:
                following.cancel()

    async def _keep(self, page: Page, items: list[Any], there: set[int]) -> None:
        ids = [_mark(item) for item in items]
        fresh = [item for item, id in zip(items, ids, strict=True) if id not in self._seen]
        await self._take(Page(fresh, page.asked, None))
        there.update(ids)
        self._seen.update(ids)

    async def _take(self, page: Page) -> None:
        told, refused = await self._reader.several(page.items)
        self._refused += refused
        await self._keeper.page(told, page.asked)

    async def _deleted(self) -> None:
        """What this source brought and no page had."""
        after = ""
        while brought := await self._line.brought(after, AT_ONCE):
            after = brought[-1].id
            missing: dict[str, list[str]] = {}
            for one in brought:
                if hash(one.id) not in self._seen:
                    missing.setdefault(one.type, []).append(one.id)
            if missing and not self._seen:
                self._refused.append(
                    Refused("all types", "the other broker lists nothing; what it gave before is kept")
                )
                return
            for type, ids in missing.items():
                await self._ask(type, ids)

    async def _ask(self, type: str, ids: list[str]) -> None:
        there: set[str] = set()
        asked = asyncio.get_running_loop().time()
        for page in await self._broker.by_ids(type, ids):
            await self._take(page)
            there.update(map(named, page.items))
        await self._keeper.gone([id for id in ids if id not in there], asked)


def _mark(item: Any) -> int:
    """Stands for the id of an entity."""
    return hash(named(item))
