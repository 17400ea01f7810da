# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells once a day what is new of what people follow."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from hanze.access.principal import ANYONE
from hanze.errors import HanzeError
from hanze.explore.following import follows, letters
from hanze.explore.following.follows import FOLLOWS, Follow
from hanze.explore.following.letters import News
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.language import languages
from hanze.web.room import Site, Teller

log = logging.getLogger("hanze.explore")

LOOK_SECONDS = 60.0
NOBODY: Mapping[str, Teller] = {}

AT_ONCE = 100
"""Follows that one look takes up; each is due again in a day at the earliest."""


class Digest:
    """Looks every minute for whom there may be news."""

    def __init__(
        self,
        site: Site,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tellers: Mapping[str, Teller] = NOBODY,
    ) -> None:
        """`tellers`: by the IRI of a type, what its room tells of it."""
        self.site = site
        self._tellers = tellers
        self._sleep = sleep
        self._languages = languages()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self.look()
            except HanzeError as error:
                log.error("news by mail: %s", error.detail)
            except Exception:
                log.exception("an error of ours")
            await self._sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Puts a mail into the outbox for each person for whom something is new; who was told is noted with it."""
        site, now = self.site, self.site.clock()
        if site.store.vault(FOLLOWS).count({"ends": ("<=", now)}):
            await site.store.write(follows.forget)
        for person in await site.store.read(lambda: follows.due(site.store.vault(FOLLOWS), now, AT_ONCE)):
            found = await site.store.read(lambda: [self._compared(one) for one in person])  # noqa: B023
            await site.store.write(lambda uow: self._tell(uow, person, [one for one in found if one], now))  # noqa: B023

    def _compared(self, one: Follow) -> News | None:
        """As everyone sees it: what is not public is no news."""
        scope = self.site.access.scope(ANYONE, "")
        entity = self.site.store.get("", one.thing, scope)
        return letters.compared(self.site, self._languages[one.language], one, entity, self._tellers)

    def _tell(self, uow: UnitOfWork, person: list[Follow], found: list[News], now: int) -> None:
        follows.told(uow, person, now)
        for one in found:
            if one.gone:
                follows.stop(uow, one.follow.token)
        if found:
            outbox.put(uow, letters.news(self.site, self._languages[person[0].language], found))
