# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mails as they are put into the outbox, found there, and taken out."""

import msgspec

from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.outbox.vaults import MAILS


class Mail(msgspec.Struct, frozen=True):
    """A mail to one person. `text`: plain; `language`: a code. `stop`: the address of a page that ends such mails by one POST
    (RFC 8058), empty for mails that a person asked for."""

    to: str
    subject: str
    text: str
    language: str
    stop: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """A mail in the outbox. Moments in microseconds; `tries`: so often the mail server asked to send it later."""

    number: int
    mail: Mail
    created: int
    tries: int


def put(uow: UnitOfWork, mail: Mail) -> None:
    """The mail is sent once what happens in this unit of work is committed, and not at all where it is not."""
    row = {
        **msgspec.structs.asdict(mail), "subject": " ".join(mail.subject.split()), "created": uow.now, "due": uow.now,
        "tries": 0, "told": "",
    }  # fmt: skip
    uow.vault(MAILS).insert(row)


def due(vault: VaultRead, now: int, limit: int) -> list[Waiting]:
    """Those to be tried now, oldest first."""
    return [_waiting(row) for row in vault.select({"failed": None, "due": ("<=", now)}, order=("due",), limit=limit)]


def newest(vault: VaultRead, limit: int) -> list[Waiting]:
    return [_waiting(row) for row in vault.select({"failed": None}, order=("-created", "-rowid"), limit=limit)]


def sent(uow: UnitOfWork, number: int) -> None:
    """Nothing of it is kept."""
    uow.vault(MAILS).delete({"rowid": number})


def later(uow: UnitOfWork, one: Waiting, due: int, told: str) -> None:
    uow.vault(MAILS).update({"rowid": one.number}, {"tries": one.tries + 1, "due": due, "told": told})


def give_up(uow: UnitOfWork, number: int, told: str) -> None:
    """It is tried no more; what stood in it, which may be a link to sign in, is gone."""
    gone = {"subject": "", "text": "", "stop": "", "failed": uow.now, "told": told}
    uow.vault(MAILS).update({"rowid": number}, gone)


def _waiting(row: Row) -> Waiting:
    mail = Mail(row["to"], row["subject"], row["text"], row["language"], row["stop"])
    return Waiting(row["rowid"], mail, row["created"], row["tries"])
