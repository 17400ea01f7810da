# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One NGSI-LD request and its reply: tenant, principal, scope, @context and media types, the same for every operation.

Source: ETSI GS CIM 009 V1.8.1, clauses 6.3.2 to 6.3.14.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec

from hanze.access import Principal
from hanze.broker.contexts import Patience
from hanze.broker.services import Services
from hanze.errors import BadRequestData, InvalidRequest, NonexistentTenant, NoRightToAccess, UnsupportedMediaType
from hanze.http.negotiate import GEO_JSON, JSON, JSON_LD, choose
from hanze.http.reply import Headers, Reply, encode
from hanze.http.request import Request, json
from hanze.ngsild import checks
from hanze.ngsild.context import CORE_URL, Context, served
from hanze.ngsild.entity import Entity
from hanze.ngsild.render.form import Form
from hanze.store import mask, sight
from hanze.store.scope import Scope

MERGE_PATCH = "application/merge-patch+json"
_LINK = re.compile(r"<([^<>]*)>\s*;([^<]*)")
CONTEXT_REL = "http://www.w3.org/ns/json-ld#context"

OPTIONS = frozenset({"keyValues", "simplified", "concise", "normalized", "sysAttrs", "noOverwrite", "update", "replace",
                     "temporalValues", "aggregatedValues", "local", "count"})  # fmt: skip


class Exchange:
    """What is known of a request once it has passed the gate."""

    __slots__ = ("_link", "_patience", "principal", "request", "scope", "services", "tenant")

    def __init__(self, request: Request, services: Services) -> None:
        self.request = request
        self.services = services
        tenant = request.header(b"ngsild-tenant") or ""
        if tenant:
            checks.tenant(tenant, "NGSILD-Tenant")
        self.tenant = tenant
        self.principal: Principal = services.access.principal(request)
        self.scope: Scope = services.access.scope(self.principal, tenant)
        self._link: str | None = _context_link(request)
        self._patience: Patience | None = None

    # reading

    def existing_tenant(self) -> None:
        """NonexistentTenant where the tenant was never written to, or the principal may read nothing of it."""
        if not self.tenant:
            return
        if not mask.grants(self.scope, self.tenant) or not self.services.store.has_tenant(self.tenant):
            raise NonexistentTenant(f"There is no tenant {self.tenant!r}; write an entity into it first.")

    async def context(self) -> Context:
        """The context that the Link header names; the core without one."""
        known = self.services.contexts.known(self._link)
        return known if known is not None else await self.find_context(self._link)

    async def find_context(self, user: Any) -> Context:
        """The context of an @context value; all that one request names are fetched within one limit of time."""
        if self._patience is None:
            self._patience = Patience(self.services.limits.request_context_seconds)
        return await self.services.contexts.find(user, self._patience)

    async def payload(self, *, patch: bool = False) -> tuple[Any, Context]:
        """Body and its context. Errors: 400, 411, 413, 415."""
        body = await self.request.body()
        kind = self.content_type(patch)
        value = json(body)
        if isinstance(value, list):
            return value, await self.context()
        return value, await self.context_of(value, kind)

    def content_type(self, patch: bool = False) -> str:
        given = (self.request.header(b"content-type") or "").partition(";")[0].strip().lower()
        if given in (JSON, JSON_LD) or (patch and given == MERGE_PATCH):
            return given
        raise UnsupportedMediaType(f"Content-Type is {given or 'missing'}; send {JSON} or {JSON_LD}.")

    async def context_of(self, value: Any, kind: str) -> Context:
        """The context of one JSON object of the body, by clause 6.3.5; it is taken out of the object."""
        inside = isinstance(value, dict) and "@context" in value
        if kind == JSON_LD:
            self.check_link(kind)
            if not inside:
                raise BadRequestData("@context is missing; application/ld+json carries it in the body.")
        elif inside and kind == JSON:
            raise BadRequestData("@context stands in the body; send the body as application/ld+json.")
        return await self.find_context(value.pop("@context")) if inside else await self.context()

    def check_link(self, kind: str) -> None:
        """BadRequestData where JSON-LD comes with a Link header that names a context."""
        if kind == JSON_LD and self._link is not None:
            raise BadRequestData(
                "A Link header with an @context goes with application/json only; take one of them out."
            )

    def accept(self, *, geo: bool = False) -> str:
        """The media type of the reply."""
        return choose(self.request.header(b"accept"), (JSON, JSON_LD, GEO_JSON) if geo else (JSON, JSON_LD))

    def options(self) -> frozenset[str]:
        """The words of options and format, and sysAttrs where it is true; InvalidRequest for an unknown one."""
        params = self.request.params
        text, form, times = params.get("options"), params.get("format"), "sysAttrs" in params
        if text is None and form is None and not times:
            return _NONE
        words = [word for word in (text or "").split(",") if word] + ([form] if form else [])
        if times and self.request.flag("sysAttrs"):
            words.append("sysAttrs")
        for word in words:
            if word not in OPTIONS:
                raise InvalidRequest(f"options has {word!r}; the words are {', '.join(sorted(OPTIONS))}.")
        return frozenset(words)

    def check_write(self, types: Iterable[str]) -> None:
        self.services.access.check_write(self.principal, self.tenant, types)

    def sees(self, entity: Entity) -> bool:
        """The principal may know that there is this entity."""
        return sight.seen(entity, self.scope, self.tenant)

    def check_known(self, entity: Entity) -> None:
        """NoRightToAccess where this entity may not be written; of a hidden one nothing but its id is told."""
        if not self.sees(entity):
            raise NoRightToAccess(f"{entity.id} cannot be written with this key; use another one, or another id.")
        self.check_write(entity.types)

    # replying

    def empty(self, status: int = 204, headers: Iterable[tuple[bytes, bytes]] = ()) -> Reply:
        return Reply(status, [*self.tenant_header(), *headers], None if status == 204 else b"")

    def tenant_header(self) -> Headers:
        return [(b"ngsild-tenant", self.tenant.encode())] if self.tenant else []

    def reply(
        self, value: Any, context: Context, accept: str, *, status: int = 200, headers: Headers | None = None
    ) -> Reply:
        """JSON with the context where the media type wants it: in the body, or as Link."""
        made: Headers = [(b"content-type", accept.encode()), *self.tenant_header(), *(headers or [])]
        if accept == JSON:
            made.append(link(context))
        elif accept == JSON_LD:
            value = with_context(value, context)
        elif self.request.header(b"prefer") == "body=json":
            made.append(link(context))
        else:
            value = with_context(value, context)
        return Reply(status, made, encode(value))


P = ParamSpec("P")
Operation = Callable[Concatenate[Exchange, P], Awaitable[Reply]]


def writing(operation: Operation[P]) -> Operation[P]:
    """An operation that writes: who may not is refused before a body is read, an @context fetched or an entity found."""

    @wraps(operation)
    async def guarded(ex: Exchange, /, *parts: P.args, **named: P.kwargs) -> Reply:
        ex.check_write(())
        return await operation(ex, *parts, **named)

    return guarded


_NONE: frozenset[str] = frozenset()


def form_of(options: frozenset[str], **more: Any) -> Form:
    """The form that options ask for."""
    simple = "keyValues" in options or "simplified" in options
    representation = "simplified" if simple else "concise" if "concise" in options else "normalized"
    return Form(representation=representation, sys="sysAttrs" in options, **more)  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def link(context: Context) -> tuple[bytes, bytes]:
    """The Link header that names a context; one that has no URL of its own is named by the core."""
    user = served(context)
    if isinstance(user, list) and len(user) == 1:
        user = user[0]
    url = user if isinstance(user, str) else CORE_URL
    return b"link", f'<{url}>; rel="{CONTEXT_REL}"; type="application/ld+json"'.encode()


def with_context(value: Any, context: Context) -> Any:
    """The value with its @context; in a list each of its objects has it."""
    if isinstance(value, list):
        return [with_context(one, context) for one in value]
    return {**value, "@context": served(context)} if isinstance(value, dict) else value


def _context_link(request: Request) -> str | None:
    text = request.header(b"link")
    if not text:
        return None
    found = [url for url, rest in _LINK.findall(text) if CONTEXT_REL in rest]
    if len(found) > 1:
        raise BadRequestData("The Link header names more than one @context; name one.")
    if found and "://" not in found[0]:
        raise BadRequestData(f"The Link header names the @context {found[0]!r}; give an http or https URL.")
    return found[0] if found else None
