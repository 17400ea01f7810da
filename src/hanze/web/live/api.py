# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""GET /live: the stream of changes as an ASGI application.

Parameters: `types` (names or IRIs with commas between them; without it all types), `tenant`, and `after`, the number up to
which the client knows all; where a browser comes again by itself, its header Last-Event-ID says so.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.routing import Route

from hanze.broker.exchange import Exchange
from hanze.broker.services import Services
from hanze.errors import BadRequestData, HanzeError, ResourceNotFound
from hanze.http.lasting import ABORT, LASTING
from hanze.http.negotiate import choose
from hanze.http.reply import Headers, Reply, Send, problem
from hanze.http.request import Receive, Request
from hanze.ngsild import checks
from hanze.ngsild.context import CORE
from hanze.web.live import message
from hanze.web.live.hub import Hub, Pace
from hanze.web.live.stream import Stream
from hanze.web.live.view import Types

EVENTS = "text/event-stream"
HEADERS: Headers = [(b"content-type", EVENTS.encode()), (b"x-accel-buffering", b"no"), (b"connection", b"close")]
"""The second tells proxies to pass on at once what comes; without the third a browser that leaves keeps its connection for some
seconds, for its next request."""


class Live:
    """The live streams of one node."""

    def __init__(self, services: Services, pace: Pace | None = None) -> None:
        self._services = services
        access = services.access
        self.hub = Hub(
            services.store, services.clock, services.limits, access.scope_of, self._note, pace or Pace()
        )  # fmt: skip

    def routes(self) -> list[Route]:
        return [Route("/live", self, methods=["GET"])]

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            ex = Exchange(Request(scope, receive, [], self._services.limits), self._services)
            after, types = await self._asked(ex)
            if ex.request.method == "HEAD":
                await Reply(200, HEADERS, None).send(send)
                return
            stream = self._stream(ex, types, scope, send)
            self.hub.join(stream, after)
        except HanzeError as error:
            await problem(error).send(send)
            return
        scope[LASTING] = True
        try:
            await stream.greet(HEADERS, message.greeting(stream.position), asyncio.get_running_loop().time())
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.hub.leave(stream)

    def _stream(self, ex: Exchange, types: Types, scope: MutableMapping[str, Any], send: Send) -> Stream:
        client, abort = scope.get("client"), scope.get(ABORT, _nothing)
        view = self.hub.view(ex.scope, ex.tenant)
        return Stream(send, abort, view, types, ex.principal, client[0] if client else "")

    async def _asked(self, ex: Exchange) -> tuple[int | None, Types]:
        """The number after which to begin, and the types; errors where there is nothing to follow."""
        request = ex.request
        request.allow({"types", "tenant", "after"})
        choose(request.header(b"accept"), (EVENTS,))
        if "tenant" in request.params:
            ex.tenant = checks.tenant(request.params["tenant"], "tenant")
        ex.existing_tenant()
        text = request.params.get("types", "")
        types = frozenset(CORE.expand(checks.name(one, "types")) for one in text.split(",")) if text else None
        for type in sorted(types or ()):
            await self._check_known(ex, type)
        return _after(request), types

    async def _check_known(self, ex: Exchange, type: str) -> None:
        """ResourceNotFound where this type is neither declared public nor there to be seen."""
        store, declared = self._services.store, self._services.access.policy.public
        if any(one.type == type and one.tenant == ex.tenant for one in declared):
            return
        if type not in await store.read(lambda: store.types(ex.tenant, ex.scope), "live types"):
            raise ResourceNotFound(
                f"types has {checks.shown(CORE.compact(type))}, of which there is nothing that you may read; "
                "give a type of entities that are there."
            )

    def _note(self, stream: Stream) -> None:
        self._services.access.note_read(stream.who, stream.view.tenant, sorted(stream.types or ()))


def _after(request: Request) -> int | None:
    """What the browser says by itself is newer than what its page wrote into the address."""
    for name, text in (("Last-Event-ID", request.header(b"last-event-id")), ("after", request.params.get("after"))):
        if text:
            if not (text.isascii() and text.isdecimal()) or len(text) > 15:
                raise BadRequestData(f"{name} is {checks.shown(text)}; give the id of an event, a whole number.")
            return int(text)
    return None


def _nothing() -> None:
    """Where a server offers no way to end a connection, it ends when the client leaves."""
