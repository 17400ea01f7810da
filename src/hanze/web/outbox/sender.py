# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sends what is in the outbox, again and again until the mail server takes it, for two days."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from email.errors import MessageError

from hanze.errors import HanzeError
from hanze.ngsild.times import Clock
from hanze.outgoing.mail import Line, Outcome, Post
from hanze.store.base import Store
from hanze.web.outbox import box
from hanze.web.outbox.box import Waiting
from hanze.web.outbox.message import message
from hanze.web.outbox.vaults import MAILS

log = logging.getLogger("hanze.web.outbox")

LOOK_SECONDS = 1.0
AT_ONCE = 50
"""Mails over one connection."""

MINUTE, DAY = 60_000_000, 86_400_000_000
FIRST_WAIT, LONGEST_WAIT = MINUTE, 6 * 60 * MINUTE
"""Microseconds until a mail is tried again that the server asked to send later: four times as long each time."""

GIVE_UP = 2 * DAY
"""Microseconds after which a mail is tried no more."""

SHORTEST_REST, LONGEST_REST = 1.0, 600.0
"""Seconds in which a server that takes no mail is left alone: twice as long each time."""

Sleep = Callable[[float], Awaitable[None]]


class Sender:
    """The sender of one node; `city`: as whom it writes."""

    def __init__(self, store: Store, post: Post, clock: Clock, city: str, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._post = post
        self._clock = clock
        self._city = city
        self._sleep = sleep
        self._rest = 0.0
        self._trouble = ""

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._some()
                self._rest, self._trouble = 0.0, ""
            except HanzeError as error:
                self._fail(error.detail)
            except Exception:
                log.exception("an error of ours")
                self._fail("")
            if _cancelled():
                return
            await self._sleep(max(LOOK_SECONDS, self._rest))

    def _fail(self, told: str) -> None:
        self._rest = min(LONGEST_REST, self._rest * 2 or SHORTEST_REST)
        if told and told != self._trouble:
            log.error("mail: %s", told)
        self._trouble = told

    async def _some(self) -> None:
        """Sends what is due. Errors: CallFailed where the server takes nothing."""
        now = self._clock()
        found = await self._store.read(lambda: box.due(self._store.vault(MAILS), now, AT_ONCE), "outbox")
        for one in [one for one in found if now - one.created > GIVE_UP]:
            await self._give_up(one, "It could not be sent for two days.")
            found.remove(one)
        if found:
            async with self._post.open() as line:
                for one in found:
                    await self._one(line, one)

    async def _one(self, line: Line, one: Waiting) -> None:
        try:
            made = message(one, self._city, self._post.server.sender)
        except (ValueError, IndexError, MessageError):
            await self._give_up(one, "This is no mail address.")
            return
        outcome = await line.send(made, one.mail.to)
        if outcome.state == "taken":
            await self._store.write(lambda uow: box.sent(uow, one.number))
        elif outcome.state == "refused":
            await self._give_up(one, outcome.told)
        else:
            await self._later(one, outcome)

    async def _later(self, one: Waiting, outcome: Outcome) -> None:
        wait = min(LONGEST_WAIT, FIRST_WAIT * 4 ** min(one.tries, 8))
        await self._store.write(lambda uow: box.later(uow, one, uow.now + wait, outcome.told))

    async def _give_up(self, one: Waiting, told: str) -> None:
        """Whose address it is stands in the vault, not in the log."""
        log.warning("mail %d cannot be delivered: %s", one.number, told)
        await self._store.write(lambda uow: box.give_up(uow, one.number, told))


def _cancelled() -> bool:
    """On Python 3.11 `asyncio.wait_for`, by which the client of SMTP waits, may lose a cancellation that comes as it ends."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
