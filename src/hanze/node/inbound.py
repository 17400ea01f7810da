# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls of other servers for a source of this node, such as notifications: POST /sources/NAME/TOKEN."""

from starlette.requests import Request as Asked
from starlette.responses import Response
from starlette.routing import Route

from hanze.errors import HanzeError
from hanze.feeds.called import PATH, Lines
from hanze.http.limits import Limits
from hanze.http.reply import problem
from hanze.http.request import Request
from hanze.http.room import Room


def route(lines: Lines, limits: Limits) -> Route:
    """Answers 200 when what came is on the disk; some brokers count no other status as taken."""
    room = Room(2 * limits.body_bytes)

    async def called(asked: Asked) -> Response:
        request = Request(asked.scope, asked.receive, [], limits, room)
        try:
            receive = lines.door(asked.path_params["name"], asked.path_params["token"])
            await receive(asked.headers, await request.body())
        except HanzeError as error:
            reply = problem(error)
            return Response(reply.body, reply.status, {key.decode(): value.decode() for key, value in reply.headers})
        finally:
            if request.held:
                room.give(request.held)
        return Response(status_code=200)

    return Route(f"{PATH}/{{name}}/{{token}}", called, methods=["POST"])
