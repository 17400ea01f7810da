# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Batch operations: each entity for itself, all of them in one transaction.

Source: clauses 5.6.7 to 5.6.10, 5.6.20, 6.14 to 6.17.
"""

from collections.abc import Callable
from typing import Any

from hanze.broker.entities import create_outcome, found, merging
from hanze.broker.exchange import Exchange, writing
from hanze.errors import BadRequestData, HanzeError, TooLarge
from hanze.http.reply import JSON, Reply, encode
from hanze.http.request import json
from hanze.ngsild import checks, operations, parse
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork

MOST_ATTRIBUTES = 100_000
"""Of all entities of a batch: what each takes in memory does not show in the length of the body."""

Verb = Callable[[UnitOfWork, Exchange, Entity], bool]
"""Writes one entity; True where it made a new one."""


@writing
async def create(ex: Exchange) -> Reply:
    """POST /entityOperations/create"""
    ex.request.allow(("local", "options", "format"))
    return await _entities(ex, _create, nulls=False, creates=True)


@writing
async def upsert(ex: Exchange) -> Reply:
    """POST /entityOperations/upsert"""
    ex.request.allow(("options", "local", "format"))
    verb = _upsert_update if "update" in ex.options() else _upsert_replace
    return await _entities(ex, verb, nulls=False, creates=True)


@writing
async def update(ex: Exchange) -> Reply:
    """POST /entityOperations/update"""
    ex.request.allow(("options", "local", "format"))
    verb = _append_new if "noOverwrite" in ex.options() else _append
    return await _entities(ex, verb, nulls=True)


@writing
async def merge(ex: Exchange) -> Reply:
    """POST /entityOperations/merge"""
    ex.request.allow(("options", "local", "format", "observedAt", "lang"))
    merged = merging(ex)

    def verb(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
        uow.save(ex.tenant, merged(found(uow, ex, entity.id), entity, uow.stamp))
        return False

    return await _entities(ex, verb, nulls=True)


@writing
async def delete(ex: Exchange) -> Reply:
    """POST /entityOperations/delete"""
    ex.request.allow(("local",))
    items = await _items(ex)
    ex.existing_tenant()
    good: list[Entity] = []
    errors: list[tuple[str, HanzeError]] = []
    for item in items:
        try:
            good.append(Entity(checks.uri(item, "id"), []))
        except HanzeError as error:
            errors.append((str(item), error))
    return await _run(ex, good, errors, _delete, creates=False)


def _create(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    uow.save(ex.tenant, create_outcome(uow, ex, entity))
    return True


def _upsert_replace(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    before = uow.entity(ex.tenant, entity.id)
    if before is None:
        return _create(uow, ex, entity)
    ex.check_known(before)
    uow.save(ex.tenant, operations.replace(before, entity, uow.stamp), "replaced")
    return False


def _upsert_update(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    before = uow.entity(ex.tenant, entity.id)
    if before is None:
        return _create(uow, ex, entity)
    ex.check_known(before)
    uow.save(ex.tenant, operations.append(before, entity, uow.stamp))
    return False


def _append(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    uow.save(ex.tenant, operations.append(found(uow, ex, entity.id), entity, uow.stamp))
    return False


def _append_new(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    outcome = operations.append(found(uow, ex, entity.id), entity, uow.stamp, overwrite=False)
    uow.save(ex.tenant, outcome)
    if outcome.not_updated:
        raise BadRequestData(
            f"Not overwritten, since they exist already: {', '.join(n for n, _ in outcome.not_updated)}."
        )
    return False


def _delete(uow: UnitOfWork, ex: Exchange, entity: Entity) -> bool:
    uow.save(ex.tenant, operations.delete(found(uow, ex, entity.id)))
    return False


async def _items(ex: Exchange) -> list[Any]:
    body = await ex.request.body()
    ex.content_type()
    items = json(body)
    if not isinstance(items, list) or not items:
        raise BadRequestData("The body is no list, or an empty one; give a list with at least one element.")
    if any(item is None for item in items):
        raise BadRequestData("The list has a null; give an element for each entity.")
    most = ex.services.limits.batch
    if len(items) > most:
        raise TooLarge(f"The batch has {len(items)} entities; at most {most} are allowed.", limit=most)
    return items


async def _entities(ex: Exchange, verb: Verb, *, nulls: bool, creates: bool = False) -> Reply:
    items = await _items(ex)
    kind = ex.content_type()
    ex.check_link(kind)
    if not creates:
        ex.existing_tenant()
    good: list[Entity] = []
    errors: list[tuple[str, HanzeError]] = []
    attributes = 0
    for item in items:
        try:
            context = await ex.context_of(item, kind)
            entity = parse.fragment(item, context, nulls=True) if nulls else parse.entity(item, context)
            if not entity.id:
                raise BadRequestData("id is missing; give each entity its id.")
            ex.check_write(entity.types)
            attributes += len(entity.attributes)
            good.append(entity)
        except HanzeError as error:
            errors.append((str(item.get("id", "")) if isinstance(item, dict) else "", error))
        if attributes > MOST_ATTRIBUTES:
            raise TooLarge(
                f"The batch has more than {MOST_ATTRIBUTES} attributes; send fewer entities at once.",
                limit=MOST_ATTRIBUTES,
            )
    return await _run(ex, good, errors, verb, creates=creates)


async def _run(
    ex: Exchange, entities: list[Entity], errors: list[tuple[str, HanzeError]], verb: Verb, *, creates: bool
) -> Reply:
    def work(uow: UnitOfWork) -> tuple[list[str], list[str], list[tuple[str, HanzeError]]]:
        made: list[str] = []
        done: list[str] = []
        wrong = list(errors)
        uow.expect(ex.tenant, [entity.id for entity in entities])
        for entity in entities:
            try:
                (made if verb(uow, ex, entity) else done).append(entity.id)
            except HanzeError as error:
                wrong.append((entity.id, error))
        return made, done, wrong

    made, done, wrong = await ex.services.store.write(work) if entities else ([], [], errors)
    if wrong:
        body = {
            "success": list(dict.fromkeys(made + done)),
            "errors": [{"entityId": id, "error": error.problem()} for id, error in wrong],
        }
        return Reply(207, [JSON, *ex.tenant_header()], encode(body))
    if creates and made:
        return Reply(201, [JSON, *ex.tenant_header()], encode(made))
    return ex.empty()
