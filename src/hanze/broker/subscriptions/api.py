# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions over HTTP. Source: ETSI GS CIM 009 V1.8.1, clauses 5.8.1 to 5.8.5, 6.10 and 6.11.

Who subscribes owns the subscription: it shows what its owner may see at the moment of each change. Owners see their own
subscriptions; who may oversee the node sees all, without the secrets that go to receivers.
"""

from typing import Any
from urllib.parse import quote

from hanze.access.principal import OVERSEE, SUBSCRIBE
from hanze.broker.exchange import Exchange
from hanze.broker.paging import page_links, paging
from hanze.broker.subscriptions import document, keeping
from hanze.broker.subscriptions.keeping import Kept
from hanze.broker.subscriptions.model import Definition
from hanze.broker.subscriptions.notifier import Notifier
from hanze.errors import BadRequestData, CallFailed, ResourceNotFound, Unavailable
from hanze.http.negotiate import JSON_LD
from hanze.http.reply import Reply
from hanze.ngsild import checks, times
from hanze.ngsild.context import CORE, Context
from hanze.store.base import UnitOfWork

PATH = "/subscriptions"
MISSED = "https://w3id.org/hanze/missed"
"""A member that only a subscription has that lost notifications."""


async def create(ex: Exchange) -> Reply:
    """POST /subscriptions"""
    ex.request.allow(("local", "via"))
    ex.services.access.demand(ex.principal, SUBSCRIBE, ex.tenant)
    payload, context = await ex.payload()
    now = ex.services.clock()
    notifier = _notifier(ex)
    token = notifier.token()
    kept_document = document.checked(payload, context, now)
    id = f"urn:ngsi-ld:Subscription:{token}" if payload.get("id") is None else checks.uri(payload["id"], "id")
    shown_with = await _context(ex, kept_document, context)
    kept = Kept(ex.tenant, id, token, ex.principal.id, kept_document, shown_with, context, now, now)
    definition = _definition(notifier, kept)
    head = await ex.services.store.write(lambda uow: keeping.create(uow, kept, definition))
    notifier.add(kept, definition, head)
    place = f"{ex.services.root}{PATH}/{quote(id, safe=':')}".encode()
    return ex.empty(201, [(b"location", place)])


async def retrieve(ex: Exchange, id: str) -> Reply:
    """GET /subscriptions/{id}"""
    ex.request.allow(("options", "sysAttrs", "local", "via"))
    accept = ex.accept()
    kept = _found(ex, id)
    context = await ex.context()
    return ex.reply(_shown(ex, kept, context), context, accept)


async def several(ex: Exchange) -> Reply:
    """GET /subscriptions"""
    ex.request.allow(("limit", "offset", "count", "options", "sysAttrs", "local", "via"))
    ex.services.access.demand(ex.principal, SUBSCRIBE, ex.tenant)
    accept = ex.accept()
    ex.existing_tenant()
    limit, offset, count = paging(ex)
    reader, owner = _notifier(ex).reader, _owner(ex)
    found = reader.page(ex.tenant, owner, limit + 1, offset) if limit else []
    url = ex.services.root + PATH
    headers = page_links(url, ex.request.params, limit, offset, more=len(found) > limit, kind=JSON_LD)
    if count:
        headers.append((b"ngsild-results-count", str(reader.count(ex.tenant, owner)).encode()))
    context = await ex.context()
    return ex.reply([_shown(ex, kept, context) for kept in found[:limit]], context, accept, headers=headers)


async def update(ex: Exchange, id: str) -> Reply:
    """PATCH /subscriptions/{id}"""
    ex.request.allow(("local", "via"))
    payload, context = await ex.payload(patch=True)
    before = _found(ex, id)
    if isinstance(payload, dict) and payload.get("id", id) != id:
        raise BadRequestData(f"id is {checks.shown(payload['id'])} in the body and {id!r} in the path; leave it out.")
    now = ex.services.clock()
    kept_document = document.patched(before.document, payload, context, now)
    # A fragment that comes with an @context of its own brings it to the subscription.
    shown_with = await _context(ex, kept_document, before.context if context is CORE else context)
    kept = Kept(
        ex.tenant, id, before.token, before.owner, kept_document, shown_with,
        context if "q" in payload else before.query_context, before.created, max(now, before.modified + 1),
    )  # fmt: skip
    notifier = _notifier(ex)
    definition = _definition(notifier, kept)

    def work(uow: UnitOfWork) -> int:
        return keeping.change(uow, kept, before.modified, definition)

    head = await ex.services.store.write(work)
    notifier.replace(kept, definition, head)
    return ex.empty()


async def delete(ex: Exchange, id: str) -> Reply:
    """DELETE /subscriptions/{id}"""
    ex.request.allow(("local", "via"))
    _found(ex, id)
    if not await ex.services.store.write(lambda uow: keeping.remove(uow, ex.tenant, id)):
        raise _missing(id)
    _notifier(ex).remove(ex.tenant, id)
    return ex.empty()


def _notifier(ex: Exchange) -> Notifier:
    notifier = ex.services.notifier
    if notifier is None:
        raise Unavailable("This node sends no notifications.")
    return notifier


def _owner(ex: Exchange) -> str | None:
    """Whose subscriptions are seen; None for all."""
    oversees = OVERSEE in ex.principal.rights and ex.principal.types is None
    return None if oversees else ex.principal.id


def _found(ex: Exchange, id: str) -> Kept:
    ex.services.access.demand(ex.principal, SUBSCRIBE, ex.tenant)
    checks.uri(id, "id")
    ex.existing_tenant()
    kept = _notifier(ex).reader.get(ex.tenant, id)
    if kept is None or _owner(ex) not in (None, kept.owner):
        raise _missing(id)
    return kept


def _missing(id: str) -> ResourceNotFound:
    return ResourceNotFound(f"There is no subscription {id}.")


async def _context(ex: Exchange, kept: dict[str, Any], context: Context) -> Context:
    """The context of notifications; ContextNotAvailable where jsonldContext cannot be retrieved."""
    named = kept.get("jsonldContext")
    return context if named is None else await ex.find_context(named)


def _definition(notifier: Notifier, kept: Kept) -> Definition:
    definition = kept.definition()
    try:
        notifier.sending.check(definition.endpoint.uri)
    except CallFailed as error:
        raise BadRequestData(f"notification.endpoint.uri cannot be used: {error.detail}") from None
    return definition


def _shown(ex: Exchange, kept: Kept, context: Context) -> dict[str, Any]:
    """The subscription with what the node adds: status, counters and, for sysAttrs, its own times."""
    now = ex.services.clock()
    state = _notifier(ex).state(kept.tenant, kept.id) or kept.state
    made = document.shown(kept.id, kept.document, context)
    made["status"] = document.status(kept.document, now)
    made["notification"] = told = {**made["notification"]}
    if ex.principal.id != kept.owner and "receiverInfo" in told["endpoint"]:
        told["endpoint"] = {key: value for key, value in told["endpoint"].items() if key != "receiverInfo"}
    if state.sent:
        told["timesSent"] = state.sent
    if state.failed:
        told["timesFailed"] = state.failed
    for name, moment in (
        ("lastNotification", state.last_notification),
        ("lastSuccess", state.last_success),
        ("lastFailure", state.last_failure),
    ):
        if moment is not None:
            told[name] = times.text(moment)
    if state.ok is not None:
        told["status"] = "ok" if state.ok else "failed"
    if state.missed:
        made[MISSED] = {"notifications": state.missed, "until": times.text(state.missed_until or kept.created)}
    if "sysAttrs" in ex.options():
        made |= {"createdAt": times.text(kept.created), "modifiedAt": times.text(kept.modified)}
    return made
