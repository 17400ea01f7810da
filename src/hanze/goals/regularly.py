# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work that is looked at again and again while a node runs."""

import logging
from collections.abc import Awaitable, Callable

from hanze.errors import HanzeError

log = logging.getLogger("hanze.goals")

Sleep = Callable[[float], Awaitable[None]]


async def regularly(look: Callable[[], Awaitable[object]], seconds: float, sleep: Sleep, what: str) -> None:
    """Until it is cancelled. What goes wrong stands in the log as being about `what`, and is tried again."""
    while True:
        await sleep(seconds)
        try:
            await look()
        except HanzeError as error:
            log.error("%s: %s", what, error.detail)
        except Exception:
            log.exception("an error of ours")
