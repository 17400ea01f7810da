# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API of resources (/v1) as one ASGI application: finds the operation, reads what is asked, and turns errors into problems.

Source: the NL API Design Rules 2.1: version in path and header, no slash at the end, problem details, a description.
"""

import logging
import re
from collections.abc import MutableMapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Meta
from msgspec.structs import fields

from hanze.access import Access, Principal
from hanze.errors import BadRequestData, HanzeError, MethodNotAllowed, ResourceNotFound, ours
from hanze.http.limits import Limits
from hanze.http.negotiate import JSON, choose
from hanze.http.openapi import VERSION, About, document
from hanze.http.operation import Caller, Operation
from hanze.http.reply import Headers, Reply, Send, encode, problem
from hanze.http.request import Receive, Request, segments
from hanze.ngsild.checks import shown
from hanze.ngsild.times import Clock
from hanze.store.base import Store

log = logging.getLogger("hanze.http")

DESCRIPTION = "openapi.json"

HEADERS: Headers = [
    (b"api-version", VERSION.encode()),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"API-Version"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-frame-options", b"DENY"),
]
"""Of every answer. Pages of others may read what it says, for no cookie counts here."""

METHODS = ["GET", "HEAD", "OPTIONS"]

_WRONG = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$")


class Resources:
    """The application for every path below `root`, the path of the API as clients see it."""

    def __init__(
        self, store: Store, access: Access, clock: Clock, limits: Limits, about: About, operations: Sequence[Operation],
        lent: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        """`lent`: what the node lends to rooms."""
        self._store = store
        self._access = access
        self._clock = clock
        self._limits = limits
        self._root = about.root
        self._operations = operations
        self._lent = tuple(lent)
        self._description = encode(document(about, operations))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        reply = await self._answer(scope, receive)
        await Reply(reply.status, [*reply.headers, *HEADERS], reply.body).send(send)

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive) -> Reply:
        """The reply to one request; never raises."""
        try:
            return await self._found(
                Request(scope, receive, segments(scope["raw_path"], len(self._root)), self._limits)
            )
        except HanzeError as error:
            return problem(error)
        except Exception:
            log.exception("an error of ours")
            return problem(ours())

    async def _found(self, request: Request) -> Reply:
        # First of all, so that a request by a key of an agreement is counted whatever it is answered.
        principal = self._access.principal(request)
        if request.segments == [DESCRIPTION]:
            return _offered(request) or Reply(200, [(b"content-type", JSON.encode())], self._description)
        for operation in self._operations:
            parts = operation.parts(request.segments)
            if parts is not None:
                return _offered(request) or await self._perform(operation, parts, request, principal)
        raise ResourceNotFound(
            f"There is no resource {shown('/' + '/'.join(request.segments))} in this API; "
            f"{self._root}/{DESCRIPTION} says what there is."
        )

    async def _perform(
        self, operation: Operation, parts: dict[str, str], request: Request, principal: Principal
    ) -> Reply:
        kind = choose(request.header(b"accept"), (operation.kind,))
        asked = read(operation, parts, request)
        caller = Caller(self._store, self._access, principal, self._root, self._clock(), self._lent)
        answer = await self._store.read(partial(operation.handler, caller, asked))
        return Reply(200, [(b"content-type", kind.encode())], encode(answer))


def read(operation: Operation, parts: dict[str, str], request: Request) -> msgspec.Struct:
    """What is asked, as the operation declares it. Errors: BadRequestData, InvalidRequest."""
    request.allow({field.encode_name for field in fields(operation.asked)} - set(operation.named))
    given = {**request.params, **parts}
    try:
        return msgspec.convert(given, operation.asked, strict=False)
    except msgspec.ValidationError as error:
        raise _told(operation, given, str(error)) from None


def _told(operation: Operation, given: dict[str, str], error: str) -> BadRequestData:
    found = _WRONG.match(error)
    name = found["field"] if found else ""
    for field in fields(operation.asked):
        if field.encode_name == name:
            notes = [note.description for note in getattr(field.type, "__metadata__", ()) if isinstance(note, Meta)]
            return BadRequestData(
                f"{name} is {shown(given.get(name, ''))}; give {notes[0] if notes else 'another value'}."
            )
    return BadRequestData(f"What is asked cannot be used: {error}.")


def _offered(request: Request) -> Reply | None:
    """The answer to OPTIONS, and to a method that is not offered; None where it is."""
    if request.method == "OPTIONS":
        methods = ", ".join(METHODS).encode()
        asked = (b"access-control-allow-methods", methods), (b"access-control-allow-headers", b"authorization")
        return Reply(204, [(b"allow", methods), *asked])
    if request.method not in METHODS:
        raise MethodNotAllowed(
            f"{request.method} is not offered here; the methods are {', '.join(METHODS)}.", methods=METHODS
        )
    return None
