# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a node sends its mails: over the server that its configuration names, or not at all."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from hanze.ngsild.times import Clock
from hanze.node.config import Config
from hanze.outgoing import Guard
from hanze.outgoing.mail import Post
from hanze.outgoing.mail_server import Server
from hanze.store.base import Store
from hanze.web.outbox import MAILS, Sender

log = logging.getLogger("hanze.node")


def sender(config: Config, store: Store, guard: Guard, clock: Clock) -> Callable[[], Coroutine[Any, Any, None]]:
    """What runs as long as the node does."""
    told = config.mail
    if told.host:
        server = Server(told.host, told.port, told.security, told.sender, told.user, told.password)
        return Sender(store, Post(guard, server), clock, config.city.name).run

    async def tell() -> None:
        """Says once that there is no server, where mails wait for one."""
        waiting = store.vault(MAILS).count({"failed": None})
        if waiting and not config.demo.mails:
            log.warning(
                "%d mails wait, for hanze.toml names no server for them: add [mail] with host and sender", waiting
            )

    return tell
