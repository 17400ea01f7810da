# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures as they are kept, drafts first: put, found, given to a thing, erased with it or with who added them."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.errors import BadRequestData, Conflict
from hanze.ngsild import times
from hanze.store.base import Store, UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.attachments.job import Picture
from hanze.web.attachments.vaults import ATTACHMENTS, BODIES

MOST_DRAFTS = 10
"""Of one owner; an older one goes where one more comes."""

MOST = 12
"""Pictures of one thing."""


class Attachment(msgspec.Struct, frozen=True):
    """See ATTACHMENTS for the members; `thing` is empty in a draft."""

    id: str
    owner: str
    thing: str
    alt: str
    at: int
    sizes: tuple[tuple[int, int], ...]


def put(uow: UnitOfWork, id: str, owner: str, pictures: Iterable[Picture]) -> None:
    """A new draft."""
    found = list(pictures)
    uow.vault(ATTACHMENTS).insert(
        {
            "id": id, "owner": owner, "thing": "", "alt": "", "at": uow.now, "draft": uow.now,
            "sizes": [(one.width, one.height) for one in found],
        }
    )  # fmt: skip
    for one in found:
        hash = hashlib.sha256(one.body).hexdigest()
        uow.vault(BODIES).insert({"id": id, "width": one.width, "hash": hash, "body": one.body, "draft": uow.now})
    drafts = uow.vault(ATTACHMENTS).select({"owner": owner, "draft": (">", 0)}, order=("-draft", "-rowid"))
    for row in drafts[MOST_DRAFTS:]:
        _remove(uow, row["id"])


def draft(vault: VaultRead, id: str, owner: str) -> Attachment | None:
    """The draft of this owner; None where it is not kept any more or of somebody else."""
    rows = vault.select({"id": id, "owner": owner, "draft": (">", 0)}) if id else []
    return _attachment(rows[0]) if rows else None


def give(uow: UnitOfWork, id: str, owner: str, thing: str, alt: str) -> None:
    """The draft belongs to a thing from now on. Errors: BadRequestData where there is no such draft, Conflict where the thing has
    many pictures already."""
    vault = uow.vault(ATTACHMENTS)
    if draft(vault, id, owner) is None:
        raise BadRequestData("There is no such picture any more; choose it again.")
    if vault.count({"thing": thing}) >= MOST:
        raise Conflict(f"There are {MOST} pictures already; remove one first.", limit=MOST)
    vault.update({"id": id}, {"thing": thing, "alt": alt, "at": uow.now, "draft": None})
    uow.vault(BODIES).update({"id": id}, {"draft": None})


def pass_on(uow: UnitOfWork, thing: str, to: str) -> None:
    """The pictures of one thing belong to another one from now on."""
    uow.vault(ATTACHMENTS).update({"thing": thing}, {"thing": to})


def find(vault: VaultRead, id: str) -> Attachment | None:
    rows = vault.select({"id": id})
    return _attachment(rows[0]) if rows else None


def of_thing(vault: VaultRead, thing: str) -> list[Attachment]:
    """The oldest first."""
    return [_attachment(row) for row in vault.select({"thing": thing}, order=("at", "rowid"))] if thing else []


def body(vault: VaultRead, id: str, width: int) -> tuple[str, bytes] | None:
    """The hash and the bytes of one size; None where there is no such size."""
    rows = vault.select({"id": id, "width": width})
    return (rows[0]["hash"], bytes(rows[0]["body"])) if rows else None


def remove(uow: UnitOfWork, id: str) -> None:
    """Nothing of it stays."""
    _remove(uow, id)


def erase(uow: UnitOfWork, *, owner: str = "", thing: str = "") -> int:
    """All pictures that somebody added, or of a thing; how many."""
    where = {"owner": owner} if owner else {"thing": thing}
    rows = uow.vault(ATTACHMENTS).select(where) if owner or thing else []
    for row in rows:
        _remove(uow, row["id"])
    return len(rows)


def export(store: Store, owner: str) -> list[dict[str, Any]]:
    """All that somebody added, the largest size of each in base 64."""
    made = []
    for one in map(_attachment, store.vault(ATTACHMENTS).select({"owner": owner}, order=("at", "rowid"))):
        found = body(store.vault(BODIES), one.id, one.sizes[-1][0])
        content = b"" if found is None else found[1]
        made.append(
            {"thing": one.thing or None, "alt": one.alt, "at": times.text(one.at), "jpeg": b64encode(content).decode()}
        )
    return made


def _remove(uow: UnitOfWork, id: str) -> None:
    uow.vault(ATTACHMENTS).delete({"id": id})
    uow.vault(BODIES).delete({"id": id})


def _attachment(row: Row) -> Attachment:
    return msgspec.convert({name: row[name] for name in Attachment.__struct_fields__}, Attachment)
