# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes an entity or an attribute out for good, and leaves a tombstone with date and ground."""

from hashlib import sha256
from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.errors import BadRequestData, ResourceNotFound
from hanze.ngsild.context import CORE
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork
from hanze.web.attachments import kept as attachments


class Erase(msgspec.Struct, frozen=True):
    """`ground`: why, in words; it stands in the audit."""

    id: str
    ground: str
    attribute: str | None = None
    tenant: str = ""


def _erase(desk: Desk, given: Erase, progress: Progress) -> Any:
    if not given.ground.strip():
        raise BadRequestData("ground is empty; say why this is erased, for the tombstone.")
    attribute = None if given.attribute is None else CORE.expand(given.attribute)
    # The id itself may name a person: the tombstone keeps a digest, by which an erasure can be shown but not read back.
    digest = sha256(given.id.encode()).hexdigest()

    def work(uow: UnitOfWork) -> int | None:
        rows = uow.erase(given.tenant, given.id, attribute)
        if attribute is None and not given.tenant and (pictures := attachments.erase(uow, thing=given.id)):
            rows = (rows or 0) + pictures
        if rows is not None:
            audit.note(uow, OPERATOR.name, "erased", digest, ground=given.ground, attribute=given.attribute, rows=rows)
        return rows

    rows = desk.store.submit(work).result()
    if rows is None:
        raise ResourceNotFound(f"There is no {given.attribute or 'entity'} to erase: {given.id}.")
    return {"rows": rows, "tombstone": digest}


ERASE = Verb(Erase, ADMINISTER, _erase)
