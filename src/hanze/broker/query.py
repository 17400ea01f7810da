# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries for entities by GET and POST, and purge. Source: clauses 5.7.2, 5.6.21, 6.4.3.2 and 6.23."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from hanze.broker import show
from hanze.broker.exchange import Exchange, writing
from hanze.errors import BadRequestData, TooManyResults
from hanze.http.negotiate import GEO_JSON
from hanze.http.reply import Headers, Reply
from hanze.ngsild import checks, operations, pattern
from hanze.ngsild.context import Context
from hanze.ngsild.language import geo, order, q, scope, types
from hanze.ngsild.selection import (
    All,
    Any_,
    Compare,
    EntitySelection,
    Exists,
    Literal,
    Order,
    Path,
    Query,
    TypeIs,
    TypeSelection,
)
from hanze.store.base import UnitOfWork

SELECTING = frozenset({"id", "type", "idPattern", "attrs", "q", "csf", "georel", "geometry", "coordinates", "geoproperty",
                       "scopeQ", "local"})  # fmt: skip
PAGING = frozenset({"limit", "offset", "count", "orderBy", "collation"})
PARAMETERS = (
    SELECTING | PAGING | show.SHOWING | {"join", "joinLevel", "containedBy", "entityMap", "entityMapLifetime", "via"}
)


def selection(params: Mapping[str, str], context: Context) -> EntitySelection:
    """Which entities the parameters select; BadRequestData names what is wrong."""
    ids = tuple(params["id"].split(",")) if params.get("id") else ()
    for id in ids:
        checks.uri(id, "id")
    if "idPattern" in params:
        pattern.compile(params["idPattern"])
    given_type = params.get("type")
    where = None
    if any(name in params for name in ("georel", "geometry", "coordinates")) and "georel" in params:
        where = geo.parse(
            params["georel"], params.get("geometry"), params.get("coordinates"), params.get("geoproperty"), context
        )
    return EntitySelection(
        types=types.parse(given_type, context) if given_type and given_type != "*" else None,
        ids=ids,
        id_pattern=params.get("idPattern"),
        attributes=show.names(params["attrs"], context) if params.get("attrs") else (),
        q=q.parse(params["q"], context) if "q" in params else None,
        geo=where,
        scope_q=scope.parse(params["scopeQ"]) if "scopeQ" in params else None,
    )


def narrow(params: Mapping[str, str]) -> None:
    """BadRequestData where the query asks for everything."""
    if params.get("local") == "true" or any(params.get(name) for name in ("type", "attrs", "q", "georel", "scopeQ")):
        return
    raise BadRequestData("The query is too wide; give one of type, attrs, q, georel or scopeQ, or local=true.")


async def entities(ex: Exchange) -> Reply:
    """GET /entities"""
    ex.request.allow(PARAMETERS)
    accept = ex.accept(geo=True)
    narrow(ex.request.params)
    ex.existing_tenant()
    context = await ex.context()
    return await answer(ex, selection(ex.request.params, context), context, accept, "/entities")


async def answer(ex: Exchange, wanted: EntitySelection, context: Context, accept: str, path: str) -> Reply:
    """One page of what is selected."""
    params, store = ex.request.params, ex.services.store
    limit, offset, count = paging(ex)
    showing = show.Showing(ex, context, accept)
    keys: tuple[Order, ...] = ()
    if "orderBy" in params:
        near = None if wanted.geo is None else wanted.geo.geometry
        if "geometry" in params and "coordinates" in params:
            near = geo.parse("disjoint", params["geometry"], params["coordinates"], None, context).geometry
        keys = order.parse(params["orderBy"], context, near)
    page = await store.read(
        lambda: store.query(
            ex.tenant, wanted, ex.scope, limit=limit + 1 if limit else 0, offset=offset, count=count, order=keys
        )
    )
    found = page.entities[:limit]
    ex.services.access.note_read(ex.principal, ex.tenant, type_names(wanted), wanted.attributes, wanted.geo)
    headers = page_links(ex, path, limit, offset, more=len(page.entities) > limit)
    if count:
        headers.append((b"ngsild-results-count", str(page.count or 0).encode()))
    shown = showing.many(found)
    if accept == GEO_JSON:
        embedded = ex.request.header(b"prefer") != "body=json"
        return ex.reply(show.collection(shown, context, embedded=embedded), context, accept, headers=headers)
    return ex.reply(shown, context, accept, headers=headers)


def type_names(wanted: EntitySelection) -> list[str]:
    """The types that a selection names, for the access log."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if part is None:
            return
        if hasattr(part, "iri"):
            found.append(part.iri)
        else:
            for inner in part.of:
                walk(inner)

    walk(wanted.types)
    return found


def paging(ex: Exchange) -> tuple[int, int, bool]:
    """limit, offset and count of a query."""
    limits = ex.services.limits
    count = ex.request.flag("count")
    limit = ex.request.number("limit", limits.default_page)
    offset = ex.request.number("offset", 0)
    if limit > limits.page:
        raise TooManyResults(f"limit is {limit}; at most {limits.page} are given at once.", limit=limits.page)
    if limit == 0 and not count:
        raise BadRequestData("limit is 0; that goes with count=true only.")
    return limit, offset, count


def page_links(
    ex: Exchange, path: str, limit: int, offset: int, *, more: bool, kind: str = "application/json"
) -> Headers:
    """Links to the page before and after, with the parameters in order of the alphabet (clause 6.3.10)."""
    links = []
    if limit and offset > 0:
        links.append(_page_link(ex, path, "prev", limit, max(0, offset - limit), kind))
    if limit and more:
        links.append(_page_link(ex, path, "next", limit, offset + limit, kind))
    return links


def _page_link(ex: Exchange, path: str, rel: str, limit: int, offset: int, kind: str) -> tuple[bytes, bytes]:
    params = {**ex.request.params, "limit": str(limit), "offset": str(offset)}
    query = urlencode(sorted(params.items()), quote_via=quote, safe=":/")
    return b"link", f'<{ex.services.root}{path}?{query}>;rel="{rel}";type="{kind}"'.encode()


async def post(ex: Exchange) -> Reply:
    """POST /entityOperations/query"""
    ex.request.allow(PAGING | show.SHOWING | {"local", "via", "join", "joinLevel", "containedBy"})
    accept = ex.accept(geo=True)
    payload, context = await ex.payload()
    ex.existing_tenant()
    wanted, params = posted(payload, context)
    ex.request.params.update(params)
    narrow(
        {**ex.request.params, "type": "posted"}
        if wanted.types or wanted.ids or wanted.id_pattern
        else ex.request.params
    )
    return await answer(ex, wanted, context, accept, "/entityOperations/query")


MEMBERS = {"attrs", "pick", "omit", "lang", "orderBy", "join", "joinLevel", "datasetId"}


def posted(payload: Any, context: Context) -> tuple[EntitySelection, dict[str, str]]:
    """The selection of a Query body (clause 5.2.23), and the parameters that it stands for."""
    if not isinstance(payload, dict) or payload.get("type") != "Query":
        raise BadRequestData("The body is no Query; give an object with type Query.")
    params: dict[str, str] = {}
    for name in MEMBERS:
        value = payload.get(name)
        if value is not None:
            params[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    for name in ("q", "scopeQ", "csf"):
        value = payload.get(name)
        if value is not None:
            if not isinstance(value, str):
                raise BadRequestData(f"{name} is {checks.shown(value)}; give a text.")
            params[name] = value
    near = payload.get("geoQ")
    where = None
    if near is not None:
        if not isinstance(near, dict):
            raise BadRequestData(f"geoQ is {checks.shown(near)}; give an object with georel, geometry and coordinates.")
        where = geo.parse(
            near.get("georel"), near.get("geometry"), near.get("coordinates"), near.get("geoproperty"), context
        )
        params["georel"] = str(near.get("georel"))
    base = selection({k: v for k, v in params.items() if k != "georel"}, context)
    about = entity_infos(payload.get("entities"), context)
    wanted = msgspec.structs.replace(
        about,
        attributes=base.attributes,
        q=All((about.q, base.q)) if about.q and base.q else about.q or base.q,
        geo=where,
        scope_q=base.scope_q,
    )
    for name in ("q", "scopeQ", "csf"):
        params.pop(name, None)
    return wanted, params | ({"q": "posted"} if wanted.q or wanted.scope_q else {})


def entity_infos(infos: Any, context: Context) -> EntitySelection:
    """What the `entities` member selects; its elements are alternatives of each other."""
    if infos is None:
        return EntitySelection()
    if not isinstance(infos, list) or not infos or not all(isinstance(one, dict) for one in infos):
        raise BadRequestData('entities is no list of objects; give a list such as [{"type": "Room"}].')
    found = [_info(one, context) for one in infos]
    if len(found) == 1:
        return found[0]
    return EntitySelection(
        types=None if any(one.types is None for one in found) else Any_(tuple(one.types for one in found)),
        ids=tuple(id for one in found for id in one.ids) if all(one.ids for one in found) else (),
        q=Any_(tuple(map(_whole, found))) if any(one.ids or one.id_pattern for one in found) else None,
    )


def _info(info: Mapping[str, Any], context: Context) -> EntitySelection:
    """One element (clause 5.2.33)."""
    kind, id, wanted = info.get("type"), info.get("id"), info.get("idPattern")
    if not isinstance(kind, str):
        raise BadRequestData("An element of entities has no type; give each one a type.")
    if wanted is not None:
        pattern.compile(str(wanted))
    return EntitySelection(
        types=None if kind == "*" else types.parse(kind, context),
        ids=tuple(checks.uri(one, "entities.id") for one in (id if isinstance(id, list) else [id] if id else ())),
        id_pattern=None if wanted is None else str(wanted),
    )


def _whole(info: EntitySelection) -> Query:
    """An element as one condition, so that it can be an alternative of others."""
    parts: list[Query] = [] if info.types is None else [_typed(info.types)]
    if info.ids:
        parts.append(Compare(Path("id"), "==", tuple(Literal("text", id) for id in info.ids)))
    if info.id_pattern is not None:
        parts.append(Compare(Path("id"), "~=", (Literal("text", info.id_pattern),)))
    return All(tuple(parts)) if parts else Exists(Path("id"))


def _typed(wanted: TypeSelection) -> Query:
    if isinstance(wanted, TypeIs):
        return Compare(Path("type"), "==", (Literal("text", wanted.iri),))
    return type(wanted)(tuple(map(_typed, wanted.of)))


@writing
async def purge(ex: Exchange) -> Reply:
    """DELETE /entities: deletes what is selected; with keep or drop, attributes only."""
    ex.request.allow(SELECTING | {"keep", "drop"})
    params = ex.request.params
    narrow({**params, "attrs": params.get("attrs") or params.get("id") or params.get("idPattern") or ""})
    ex.existing_tenant()
    context = await ex.context()
    wanted = selection(params, context)
    keep = show.names(params["keep"], context, "keep") if "keep" in params else None
    drop = show.names(params["drop"], context, "drop") if "drop" in params else None
    if keep is not None and drop is not None:
        raise BadRequestData("keep and drop cannot be given together; leave one of them out.")

    def work(uow: UnitOfWork) -> int:
        ids = uow.select(ex.tenant, wanted, 1_000_000)
        for id in ids:
            entity = uow.entity(ex.tenant, id)
            if entity is None:
                continue
            ex.check_write(entity.types)
            if keep is None and drop is None:
                uow.save(ex.tenant, operations.delete(entity))
                continue
            doomed = [n for n in entity.attributes if (n in drop if drop is not None else n not in (keep or ()))]
            for name in doomed:
                outcome = operations.delete_attribute(entity, name, uow.stamp, every=True)
                uow.save(ex.tenant, outcome)
                entity = outcome.after or entity
        return len(ids)

    await ex.services.store.write(work)
    return ex.empty()
