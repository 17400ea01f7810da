# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Purge: deletes what a query selects. Source: clauses 5.6.21 and 6.4.3.3."""

from hanze.broker import show
from hanze.broker.exchange import Exchange, writing
from hanze.broker.selecting import SELECTING, narrow, selection
from hanze.errors import BadRequestData
from hanze.http.reply import Reply
from hanze.ngsild import operations
from hanze.ngsild.selection import linked
from hanze.store.base import UnitOfWork


@writing
async def purge(ex: Exchange) -> Reply:
    """DELETE /entities: deletes what is selected; with keep or drop, attributes only."""
    ex.request.allow(SELECTING | {"keep", "drop"})
    params = ex.request.params
    ex.existing_tenant()
    context = await ex.context()
    wanted = selection(params, context)
    narrow(params, wanted)
    if linked(wanted.q):
        raise BadRequestData("q follows a relationship; a purge asks of the entities themselves only.")
    keep = show.names(params["keep"], context, "keep") if "keep" in params else None
    drop = show.names(params["drop"], context, "drop") if "drop" in params else None
    if keep is not None and drop is not None:
        raise BadRequestData("keep and drop cannot be given together; leave one of them out.")

    def work(uow: UnitOfWork) -> int:
        ids = uow.select(ex.tenant, wanted, 1_000_000, ex.scope)
        for id in ids:
            entity = uow.entity(ex.tenant, id)
            if entity is None:
                continue
            ex.check_write(entity.types)
            if keep is None and drop is None:
                uow.save(ex.tenant, operations.delete(entity))
                continue
            doomed = [n for n in entity.attributes if (n in drop if drop is not None else n not in (keep or ()))]
            outcome = operations.delete_attributes(entity, doomed, uow.stamp)
            if outcome.changes:
                uow.save(ex.tenant, outcome)
        return len(ids)

    await ex.services.store.write(work)
    return ex.empty()
