# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on one entity: create, retrieve, replace, merge, delete. Source: clauses 5.6.1, 5.6.6, 5.6.17, 5.6.18, 5.7.1, 6.5."""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from hanze.broker import show
from hanze.broker.exchange import Exchange, writing
from hanze.broker.selecting import kinds
from hanze.broker.show import READ_ONE
from hanze.errors import AlreadyExists, BadRequestData, InvalidRequest, ResourceNotFound
from hanze.http.reply import Reply
from hanze.ngsild import checks, match, operations, parse, times
from hanze.ngsild.entity import Entity, Outcome
from hanze.ngsild.selection import TypeSelection
from hanze.store.base import UnitOfWork


def found(uow: UnitOfWork, ex: Exchange, id: str, types: TypeSelection | None = None) -> Entity:
    """The current entity that a write is about; ResourceNotFound where the principal cannot see one, or it has not the
    types that are asked for, NoRightToAccess where it may see this one and not write it."""
    entity = uow.entity(ex.tenant, id)
    if entity is None or not ex.sees(entity) or not (types is None or match.types(entity, types)):
        raise missing(id)
    ex.check_write(entity.types)
    return entity


def missing(id: str) -> ResourceNotFound:
    return ResourceNotFound(f"There is no entity {id}.")


@writing
async def create(ex: Exchange) -> Reply:
    """POST /entities"""
    ex.request.allow(("options", "format", "local", "via"))
    payload, context = await ex.payload()
    if not payload or (isinstance(payload, dict) and not payload.keys() - {"@context"}):
        raise InvalidRequest("The body is empty; give the entity its id and type.")
    entity = parse.entity(payload, context)
    ex.check_write(entity.types)

    def work(uow: UnitOfWork) -> None:
        uow.save(ex.tenant, create_outcome(uow, ex, entity))

    await ex.services.store.write(work)
    place = f"{ex.services.root}/entities/{quote(entity.id, safe=':')}".encode()
    return ex.empty(201, [(b"location", place)])


def create_outcome(uow: UnitOfWork, ex: Exchange, entity: Entity) -> Outcome:
    """The outcome of creating an entity; AlreadyExists where there is one."""
    if uow.entity(ex.tenant, entity.id) is not None:
        raise AlreadyExists(f"There is an entity {entity.id} already; change it with PATCH, or replace it with PUT.")
    if entity.expires is not None and times.parse(entity.expires) <= uow.now:
        raise BadRequestData(f"expiresAt is {entity.expires!r}, which has passed; give a later moment.")
    return operations.create(entity, uow.stamp)


async def retrieve(ex: Exchange, id: str) -> Reply:
    """GET /entities/{id}"""
    ex.request.allow(READ_ONE)
    checks.uri(id, "id")
    accept = ex.accept(geo=True)
    ex.existing_tenant()
    context = await ex.context()
    showing = show.Showing(ex, context, accept) if ex.request.params else None
    types = kinds(ex.request.params, context)
    entity = ex.services.store.get(ex.tenant, id, ex.scope)
    if entity is None or not (types is None or match.types(entity, types)):
        raise missing(id)
    ex.services.access.note_read(ex.principal, ex.tenant, entity.types)
    if showing is None:
        return ex.reply(show.plain(entity, context, accept), context, accept)
    shown = showing.many([entity])
    if not shown:
        raise ResourceNotFound(f"{id} has none of the attributes that were asked for.")
    return ex.reply(shown if len(shown) > 1 else shown[0], context, accept)


@writing
async def replace(ex: Exchange, id: str) -> Reply:
    """PUT /entities/{id}"""
    ex.request.allow(("options", "format", "local", "type"))
    payload, context = await ex.payload()
    ex.existing_tenant()
    entity = parse.fragment(payload, context)
    _same_id(id, entity)
    ex.check_write(entity.types)
    types = kinds(ex.request.params, context)

    def work(uow: UnitOfWork) -> None:
        before = found(uow, ex, id, types)
        if entity.types and not set(before.types) <= set(entity.types):
            raise BadRequestData("type leaves out a type that the entity has; types can be added, not taken away.")
        after = Entity(id, entity.types or before.types, entity.attributes, entity.scopes, expires=entity.expires)
        uow.save(ex.tenant, operations.replace(before, after, uow.stamp), "replaced")

    await ex.services.store.write(work)
    return ex.empty()


@writing
async def merge(ex: Exchange, id: str) -> Reply:
    """PATCH /entities/{id}"""
    ex.request.allow(("options", "format", "local", "type", "observedAt", "lang"))
    merge = merging(ex)
    payload, context = await ex.payload(patch=True)
    ex.existing_tenant()
    checks.uri(id, "id")
    fragment = parse.fragment(payload, context, nulls=True)
    _same_id(id, fragment)
    ex.check_write(fragment.types)
    types = kinds(ex.request.params, context)

    def work(uow: UnitOfWork) -> None:
        uow.save(ex.tenant, merge(found(uow, ex, id, types), fragment, uow.stamp))

    await ex.services.store.write(work)
    return ex.empty()


def merging(ex: Exchange) -> Callable[[Entity, Entity, str], Outcome]:
    """The merge that the parameters ask for."""
    options, params = ex.options(), ex.request.params
    observed_at = params.get("observedAt")
    if observed_at is not None:
        times.parse(observed_at)
    return partial(
        operations.merge,
        observed_at=observed_at,
        lang=params.get("lang"),
        simplified=not options.isdisjoint(("keyValues", "simplified")),
    )


def _same_id(id: str, fragment: Entity) -> None:
    checks.uri(id, "id")
    if fragment.id and fragment.id != id:
        raise BadRequestData(f"id is {fragment.id!r} in the body and {id!r} in the path; leave it out of the body.")


@writing
async def delete(ex: Exchange, id: str) -> Reply:
    """DELETE /entities/{id}"""
    ex.request.allow(("local", "type"))
    checks.uri(id, "id")
    ex.existing_tenant()
    types = kinds(ex.request.params, await ex.context())

    def work(uow: UnitOfWork) -> None:
        uow.save(ex.tenant, operations.delete(found(uow, ex, id, types)))

    await ex.services.store.write(work)
    return ex.empty()
