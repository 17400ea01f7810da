# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads histories: of one entity, and of those that match. Source: clauses 5.7.3, 5.7.4, 6.18, 6.19 and 6.24."""

from collections.abc import Mapping
from typing import Any

from hanze.broker.entities import missing
from hanze.broker.exchange import Exchange
from hanze.broker.paging import PAGING, page_links, paging
from hanze.broker.posted import posted
from hanze.broker.selecting import SELECTING, narrow, selection, type_names
from hanze.broker.temporal import posted as temporal
from hanze.broker.temporal.asked import PARAMETERS, asked
from hanze.broker.temporal.levelled import told, warning
from hanze.broker.temporal.partial import content_range
from hanze.broker.temporal.shown import Shown
from hanze.errors import BadRequestData, ResourceNotFound
from hanze.http.reply import Reply
from hanze.ngsild import checks
from hanze.ngsild.context import Context
from hanze.ngsild.language import order
from hanze.ngsild.selection import EntitySelection, Order, linked
from hanze.store.base import TemporalPage

QUERY = PARAMETERS | SELECTING | PAGING


async def retrieve(ex: Exchange, id: str) -> Reply:
    """GET /temporal/entities/{id}"""
    ex.request.allow(PARAMETERS)
    checks.uri(id, "id")
    accept = ex.accept()
    ex.existing_tenant()
    context = await ex.context()
    wanted = asked(ex, context)
    store = ex.services.store
    cap = 0 if wanted.methods else ex.services.limits.instances

    def work() -> tuple[Reply, list[str]]:
        found = store.temporal(
            ex.tenant,
            id,
            wanted.window,
            ex.scope,
            attributes=wanted.attributes,
            datasets=wanted.form.datasets,
            cap=cap,
            aggregated=bool(wanted.methods),
        )
        if found is None:
            raise missing(id) if not wanted.attributes else _without(id, told(ex, wanted))
        shown = Shown(ex, context, wanted).one(found)
        if not shown:
            raise _without(id, told(ex, wanted))
        headers = content_range(wanted.window, [found])
        status = 206 if headers else 200
        headers += warning(ex, wanted, [shown])
        return ex.reply(shown, context, accept, status=status, headers=headers), found.types

    reply, types = await store.read(work)
    ex.services.access.note_read(ex.principal, ex.tenant, types, wanted.attributes, None, wanted.window)
    return reply


def _without(id: str, more: str) -> ResourceNotFound:
    return ResourceNotFound(f"{id} has nothing in its history of what was asked for. {more}".rstrip())


async def query(ex: Exchange) -> Reply:
    """GET /temporal/entities"""
    ex.request.allow(QUERY)
    accept = ex.accept()
    ex.existing_tenant()
    context = await ex.context()
    params = ex.request.params
    wanted = selection(params, context)
    narrow(params, wanted)
    return await _page(ex, wanted, context, accept, "/temporal/entities", params)


async def post(ex: Exchange) -> Reply:
    """POST /temporal/entityOperations/query"""
    ex.request.allow(PAGING | PARAMETERS)
    accept = ex.accept()
    payload, context = await ex.payload()
    ex.existing_tenant()
    given = dict(ex.request.params)
    chosen, params = posted(payload, context)
    ex.request.params.update(params)
    ex.request.params.update(temporal.params(payload))
    narrow(ex.request.params, chosen)
    return await _page(ex, chosen, context, accept, "/temporal/entityOperations/query", given)


async def _page(
    ex: Exchange, chosen: EntitySelection, context: Context, accept: str, path: str, given: Mapping[str, str]
) -> Reply:
    """One page of the histories of what is selected. `given`: the parameters in the URL."""
    wanted = asked(ex, context)
    if not wanted.window.relation:
        raise BadRequestData("timerel is missing; a temporal query needs timerel and timeAt.")
    if linked(chosen.q):
        raise BadRequestData("q has {…}; a temporal query does not follow relationships.")
    limit, offset, count = paging(ex)
    keys = _keys(ex.request.params, context)
    store = ex.services.store

    def read(limit: int, offset: int, cap: int, *, count: bool = False) -> TemporalPage:
        return store.temporal_query(
            ex.tenant,
            chosen,
            wanted.window,
            ex.scope,
            limit=limit,
            offset=offset,
            count=count,
            cap=cap,
            attributes=wanted.attributes,
            datasets=wanted.form.datasets,
            order=keys,
            aggregated=bool(wanted.methods),
        )

    def work() -> Reply:
        page = read(limit, offset, 0 if wanted.methods else ex.services.limits.instances, count=count)
        headers = content_range(wanted.window, page.entities)
        status = 206 if headers else 200
        # One entity more would be cut with the others, so it is looked for without its instances.
        more = 0 < limit == len(page.entities) and bool(read(1, offset + limit, 0).entities)
        headers += page_links(ex.services.root + path, given, limit, offset, more=more)
        if count:
            headers.append((b"ngsild-results-count", str(page.count or 0).encode()))
        body: list[dict[str, Any]] = [shown for shown in map(Shown(ex, context, wanted).one, page.entities) if shown]
        headers += warning(ex, wanted, body)
        return ex.reply(body, context, accept, status=status, headers=headers)

    reply = await store.read(work)
    ex.services.access.note_read(
        ex.principal, ex.tenant, type_names(chosen), wanted.attributes, chosen.geo, wanted.window
    )
    return reply


def _keys(params: Mapping[str, str], context: Context) -> tuple[Order, ...]:
    """The order of the entities; BadRequestData for another one than that of their ids (clause 5.7.4.4)."""
    keys = order.parse(params["orderBy"], context) if "orderBy" in params else ()
    for key in keys:
        if key.path.attribute != "id":
            raise BadRequestData("orderBy has another name than id; histories can only be ordered by id.")
    return keys
