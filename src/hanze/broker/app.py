# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The NGSI-LD API as one ASGI application: finds the operation by the parts of the path, and turns errors into problems."""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from hanze.broker import attributes, batch, discovery, entities, purge, query, temporal
from hanze.broker.exchange import Exchange
from hanze.broker.services import Services
from hanze.broker.subscriptions import api as subscriptions
from hanze.errors import BadRequestData, HanzeError, MethodNotAllowed, ResourceNotFound, ours
from hanze.http.negotiate import JSON, JSON_LD, choose
from hanze.http.reply import Reply, Send, problem
from hanze.http.request import Receive, Request, segments
from hanze.http.room import Room
from hanze.ngsild import checks, times

log = logging.getLogger("hanze.broker")

Handler = Callable[..., Awaitable[Reply]]
Table = dict[str, Handler]

OFFERED = (JSON, JSON_LD)
"""What every resource is offered as."""


async def identity(ex: Exchange) -> Reply:
    """GET /info/sourceIdentity: who this node is (clause 5.2.39)."""
    accept = ex.accept()
    services = ex.services
    now = services.clock()
    body = {
        "id": services.identity,
        "type": "ContextSourceIdentity",
        "contextSourceAlias": _alias(services.identity, ex.tenant),
        "contextSourceUptime": f"PT{(now - services.started) // 1_000_000}S",
        "contextSourceTimeAt": times.text(now),
    }
    return ex.reply(body, await ex.context(), accept)


def _alias(identity: str, tenant: str) -> str:
    """By what the node knows itself again in a chain of calls: each tenant by a token of its own (table 5.2.40-1)."""
    alias = identity.rpartition(":")[2]
    return f"{alias}~{quote(tenant, safe='')}" if tenant else alias


BATCH: Table = {
    "create": batch.create, "upsert": batch.upsert, "update": batch.update, "delete": batch.delete,
    "merge": batch.merge, "query": query.post,
}  # fmt: skip


def route(path: list[str]) -> tuple[Table, tuple[str, ...]]:
    """The operations of a resource by method, and the parts of the path that they take; ResourceNotFound."""
    match path:
        case ["entities"]:
            return {"GET": query.entities, "POST": entities.create, "DELETE": purge.purge}, ()
        case ["entities", id] if id:
            return _ENTITY, (id,)
        case ["entities", id, "attrs"] if id:
            return _ATTRIBUTES, (id,)
        case ["entities", id, "attrs", name] if id and name:
            return _ATTRIBUTE, (id, name)
        case ["entityOperations", verb] if verb in BATCH:
            return {"POST": BATCH[verb]}, ()
        case ["types"]:
            return {"GET": discovery.types}, ()
        case ["types", name] if name:
            return {"GET": discovery.type}, (name,)
        case ["attributes"]:
            return {"GET": discovery.attributes}, ()
        case ["attributes", name] if name:
            return {"GET": discovery.attribute}, (name,)
        case ["subscriptions"] | ["subscriptions", ""]:
            return {"GET": subscriptions.several, "POST": subscriptions.create}, ()
        case ["subscriptions", id] if id:
            return _SUBSCRIPTION, (id,)
        case ["temporal", *rest]:
            return temporal.route(rest)
        case ["info", "sourceIdentity"]:
            return {"GET": identity}, ()
        case ["entities", "", *_]:
            raise BadRequestData("The id is missing in the path; put the entity's URI behind /entities/.")
    raise ResourceNotFound(f"There is no resource {checks.shown('/' + '/'.join(path))} in this API.")


def _offered(method: str, table: Table) -> Reply:
    """The answer to OPTIONS, and to a method that the resource does not know."""
    methods = sorted({*table, "OPTIONS", *(["HEAD"] if "GET" in table else [])})
    if method == "OPTIONS":
        return Reply(204, [(b"allow", ", ".join(methods).encode())])
    raise MethodNotAllowed(f"{method} is not offered here; the methods are {', '.join(methods)}.", methods=methods)


_SUBSCRIPTION: Table = {
    "GET": subscriptions.retrieve, "PATCH": subscriptions.update, "DELETE": subscriptions.delete
}  # fmt: skip
_ENTITY: Table = {
    "GET": entities.retrieve, "PATCH": entities.merge, "PUT": entities.replace, "DELETE": entities.delete
}  # fmt: skip
_ATTRIBUTES: Table = {"POST": attributes.append, "PATCH": attributes.update}
_ATTRIBUTE: Table = {"PATCH": attributes.patch, "PUT": attributes.replace, "DELETE": attributes.delete}


class NgsiLd:
    """The application for every path that begins with the API's root."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._root = len(services.root)
        self._room = Room(2 * services.limits.body_bytes)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        reply = await self.answer(scope, receive)
        await reply.send(send)

    async def answer(self, scope: MutableMapping[str, Any], receive: Receive) -> Reply:
        """The reply to one request; never raises."""
        request: Request | None = None
        try:
            path = segments(scope["raw_path"], self._root)
            if path[-1] == "" and (len(path) > 2 or scope["method"] in ("GET", "HEAD", "POST", "DELETE")):
                path.pop()
            request = Request(scope, receive, path, self.services.limits, self._room)
            try:
                table, parts = route(path)
            except ResourceNotFound:
                self._count(request)
                # A media type that the API offers nowhere is refused before anything is looked for.
                choose(request.header(b"accept"), OFFERED)
                raise
            # The server leaves the body of an answer to HEAD out.
            handler = table.get("GET" if request.method == "HEAD" else request.method)
            if handler is None:
                self._count(request)
                return _for_tenant(_offered(request.method, table), scope)
            if request.method in ("POST", "PATCH", "PUT") and request.header(b"content-length") is None:
                self._count(request)
                return _for_tenant(Reply(411, [], b""), scope)
            return await handler(Exchange(request, self.services), *parts)
        except HanzeError as error:
            wrong = error
        except RecursionError:
            wrong = BadRequestData("The request is too deeply nested; make it flatter.")
        except Exception:
            log.exception("an error of ours")
            wrong = ours()
        finally:
            if request is not None and request.held:
                self._room.give(request.held)
        return _for_tenant(problem(wrong), scope)

    def _count(self, request: Request) -> None:
        """A request that no operation takes passes the gate too: those by a key of an agreement are counted, whatever they are
        answered."""
        self.services.access.principal(request)


def _for_tenant(reply: Reply, scope: MutableMapping[str, Any]) -> Reply:
    """The reply with the tenant that was asked for, as every answer of a handler has it (clause 6.3.14); without what
    is no name of one."""
    for name, value in scope["headers"]:
        if name == b"ngsild-tenant":
            with suppress(BadRequestData):
                checks.tenant(value.decode("latin-1"), "NGSILD-Tenant")
                reply.headers.append((name, value))
    return reply
