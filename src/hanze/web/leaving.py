# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work for somebody who may go away: it goes on only while somebody waits for its answer."""

import asyncio
from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import Response


async def while_there(request: Request, work: Awaitable[Response]) -> Response:
    """What the work answers; it is cancelled where the client goes away. For requests without a body."""
    working, leaving = asyncio.ensure_future(work), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        # Nobody reads this.
        return Response(status_code=204)
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.wait((working, leaving))


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
