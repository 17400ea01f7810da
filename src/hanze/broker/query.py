# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries for entities by GET and POST. Source: clauses 5.7.2, 6.4.3.2 and 6.23."""

from collections.abc import Mapping

from hanze.broker import show
from hanze.broker.exchange import Exchange
from hanze.broker.paging import PAGING, page_links, paging
from hanze.broker.posted import posted
from hanze.broker.selecting import SELECTING, narrow, selection, type_names
from hanze.errors import BadRequestData
from hanze.http.negotiate import GEO_JSON
from hanze.http.reply import Reply
from hanze.ngsild import collation
from hanze.ngsild.context import Context
from hanze.ngsild.language import order
from hanze.ngsild.selection import EntitySelection, Order, linked

PARAMETERS = (
    SELECTING | PAGING | show.SHOWING | {"join", "joinLevel", "containedBy", "entityMap", "entityMapLifetime", "via"}
)


BRIEF = 100
"""A page of more entities is not read between other things."""


async def entities(ex: Exchange) -> Reply:
    """GET /entities"""
    ex.request.allow(PARAMETERS)
    accept = ex.accept(geo=True)
    ex.existing_tenant()
    context = await ex.context()
    params = ex.request.params
    wanted = selection(params, context)
    narrow(params, wanted)
    return await answer(ex, wanted, context, accept, "/entities", params)


async def answer(
    ex: Exchange, wanted: EntitySelection, context: Context, accept: str, path: str, given: Mapping[str, str]
) -> Reply:
    """One page of what is selected. `given`: the parameters in the URL, which those of another page repeat."""
    store = ex.services.store
    limit, offset, count = paging(ex)
    showing = show.Showing(ex, context, accept)
    showing.follows(linked(wanted.q), "q")
    keys = _order(ex.request.params, wanted, context)

    def work() -> Reply:
        """Shown where it is read: a large page does not keep the event loop from others."""
        page = store.query(
            ex.tenant, wanted, ex.scope, limit=limit + 1 if limit else 0, offset=offset, count=count, order=keys
        )
        headers = page_links(ex.services.root + path, given, limit, offset, more=len(page.entities) > limit)
        if count:
            headers.append((b"ngsild-results-count", str(page.count or 0).encode()))
        shown = showing.many(page.entities[:limit])
        if accept == GEO_JSON:
            embedded = ex.request.header(b"prefer") != "body=json"
            return ex.reply(show.collection(shown, context, embedded=embedded), context, accept, headers=headers)
        return ex.reply(shown, context, accept, headers=headers)

    kind = f"{wanted.types} {sorted(ex.request.params)}" if limit <= BRIEF and ex.request.method == "GET" else ""
    reply = await store.read(work, kind)
    ex.services.access.note_read(ex.principal, ex.tenant, type_names(wanted), wanted.attributes, wanted.geo)
    return reply


def _order(params: Mapping[str, str], wanted: EntitySelection, context: Context) -> tuple[Order, ...]:
    """The sort keys; distances are measured from orderFrom, or from the place of the geo-query (clause 4.23.3)."""
    collated = collation.parse(params["collation"]) if "collation" in params else None
    if "orderBy" not in params:
        return ()
    near = None if wanted.geo is None else wanted.geo.geometry
    if "orderFrom" in params:
        near = order.place(params.get("orderGeometry", "Point"), params["orderFrom"], "orderFrom")
    elif "geometry" in params and "coordinates" in params:
        near = order.place(params["geometry"], params["coordinates"], "coordinates")
    return order.parse(params["orderBy"], context, near, collated)


async def post(ex: Exchange) -> Reply:
    """POST /entityOperations/query"""
    ex.request.allow(PAGING | show.SHOWING | {"local", "via", "join", "joinLevel", "containedBy"})
    accept = ex.accept(geo=True)
    payload, context = await ex.payload()
    ex.existing_tenant()
    if isinstance(payload, dict) and "temporalQ" in payload:
        raise BadRequestData("The body has temporalQ; it goes with /temporal/entityOperations/query, leave it out.")
    given = dict(ex.request.params)
    wanted, params = posted(payload, context)
    ex.request.params.update(params)
    if "entities" not in payload:
        narrow(ex.request.params, wanted)
    return await answer(ex, wanted, context, accept, "/entityOperations/query", given)
