# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on attributes of one entity. Source: clauses 5.6.2 to 5.6.5, 5.6.19, 6.6 and 6.7."""

from collections.abc import Callable
from typing import Any

from hanze.broker.entities import found, missing
from hanze.broker.exchange import Exchange, writing
from hanze.broker.selecting import kinds
from hanze.broker.temporal.provision import known
from hanze.errors import BadRequestData
from hanze.http.reply import JSON, Reply, encode
from hanze.ngsild import checks, operations, parse
from hanze.ngsild.entity import Entity, Outcome
from hanze.store.base import UnitOfWork

PARAMETERS = ("options", "format", "local", "type")


@writing
async def append(ex: Exchange, id: str) -> Reply:
    """POST /entities/{id}/attrs"""
    overwrite = "noOverwrite" not in ex.options()
    return await _fragment(ex, id, lambda e, f, now: operations.append(e, f, now, overwrite=overwrite), nulls=False)


@writing
async def update(ex: Exchange, id: str) -> Reply:
    """PATCH /entities/{id}/attrs"""
    return await _fragment(ex, id, operations.update, nulls=True)


async def _fragment(
    ex: Exchange, id: str, operation: Callable[[Entity, Entity, str], Outcome], *, nulls: bool
) -> Reply:
    ex.request.allow(PARAMETERS)
    payload, context = await ex.payload(patch=nulls)
    ex.existing_tenant()
    checks.uri(id, "id")
    fragment = parse.fragment(payload, context, nulls=nulls)
    ex.check_write(fragment.types)
    types = kinds(ex.request.params, context)

    def work(uow: UnitOfWork) -> Outcome:
        outcome = operation(found(uow, ex, id, types), fragment, uow.stamp)
        if outcome.changes or outcome.after != outcome.before:
            uow.save(ex.tenant, outcome)
        return outcome

    outcome = await ex.services.store.write(work)
    return ex.empty() if not outcome.not_updated else result(ex, outcome)


def result(ex: Exchange, outcome: Outcome) -> Reply:
    """The UpdateResult of clause 5.2.18; attribute names are IRIs."""
    body: dict[str, Any] = {
        "updated": outcome.updated,
        "notUpdated": [{"attributeName": name, "reason": reason} for name, reason in outcome.not_updated],
    }
    return Reply(207, [JSON, *ex.tenant_header()], encode(body))


@writing
async def patch(ex: Exchange, id: str, attribute: str) -> Reply:
    """PATCH /entities/{id}/attrs/{attribute}"""
    return await _instances(ex, id, attribute, operations.patch_attribute, nulls=True)


@writing
async def replace(ex: Exchange, id: str, attribute: str) -> Reply:
    """PUT /entities/{id}/attrs/{attribute}"""
    return await _instances(ex, id, attribute, operations.replace_attribute, nulls=False)


async def _instances(ex: Exchange, id: str, attribute: str, operation: Callable[..., Outcome], *, nulls: bool) -> Reply:
    ex.request.allow(PARAMETERS)
    payload, context = await ex.payload(patch=nulls)
    ex.existing_tenant()
    name = context.expand(checks.name(attribute, "attribute name"))
    checks.uri(id, "id")
    if isinstance(payload, dict) and not payload.keys() - {"@context"}:
        raise BadRequestData("The body is empty; give the members of the attribute that change.")
    members = ex.options().isdisjoint(("keyValues", "simplified"))
    instances = parse.instances(payload, context, nulls=nulls, field=attribute, members=members)
    if name in parse.PLACES:
        parse.place(instances, attribute)
    types = kinds(ex.request.params, context)

    def work(uow: UnitOfWork) -> None:
        uow.save(ex.tenant, operation(found(uow, ex, id, types), name, instances, uow.stamp))

    await ex.services.store.write(work)
    return ex.empty()


@writing
async def delete(ex: Exchange, id: str, attribute: str) -> Reply:
    """DELETE /entities/{id}/attrs/{attribute}; of an entity that has a history only, the history is marked."""
    ex.request.allow(("datasetId", "deleteAll", "local", "type"))
    ex.existing_tenant()
    context = await ex.context()
    name = context.expand(checks.name(attribute, "attribute name"))
    checks.uri(id, "id")
    dataset, every = ex.request.params.get("datasetId"), ex.request.flag("deleteAll")
    if dataset is not None and dataset != "@none":
        checks.uri(dataset, "datasetId")
    types = kinds(ex.request.params, context)

    def work(uow: UnitOfWork) -> None:
        chosen = None if dataset == "@none" else dataset
        if uow.entity(ex.tenant, id) is None:
            known(uow, ex, id)
            if not uow.end_history(ex.tenant, id, name, chosen, every_dataset=every):
                raise missing(id)
            return
        entity = found(uow, ex, id, types)
        uow.save(ex.tenant, operations.delete_attribute(entity, name, uow.stamp, dataset=chosen, every=every))

    await ex.services.store.write(work)
    return ex.empty()
