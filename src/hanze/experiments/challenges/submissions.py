# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Applications: written and sent by organisations, closed for everyone else until the call closes."""

from datetime import date
from typing import Literal, Protocol

import msgspec

from hanze.access import audit
from hanze.errors import Conflict, ResourceNotFound
from hanze.experiments.challenges import phases
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.vaults import SUBMISSIONS
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, Vault, VaultRead
from hanze.web.attachments import kept as attachments
from hanze.web.language import mark as _
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance

Ready = Literal["idea", "prototype", "product", "elsewhere"]
"""How far the solution is: an idea, something that can be tried, something that is sold, in use in another city."""

Outcome = Literal["", "chosen", "not chosen"]

SENT, TAKEN_BACK = "application sent", "application taken back"
"""Acts of the audit; they name the application, never what stands in it."""


class Offer(msgspec.Struct, frozen=True):
    """What an organisation offers. `builds`: existing products and open source that it combines; `cost`: euro for the trial;
    `link`: an address on the web. Empty: not told yet."""

    name: str = ""
    what: str = ""
    helps: str = ""
    ready: Ready | Literal[""] = ""
    builds: tuple[str, ...] = ()
    nature: str = ""
    cost: int | None = None
    who: str = ""
    link: str = ""


class Submission(msgspec.Struct, frozen=True):
    """See the vault for what stands where."""

    id: str
    challenge: str
    organisation: str
    person: str
    content: Offer
    sent: Offer | None
    language: str
    at: int
    sent_at: int | None = None
    outcome: Outcome = ""
    why: str = ""
    simulated: bool = False


class Vaults(Protocol):
    """A store or a unit of work."""

    def vault(self, vault: Vault) -> VaultRead: ...


def own(vaults: Vaults, challenge: str, organisation: str) -> Submission | None:
    """That of an organisation, for who speaks for it."""
    rows = vaults.vault(SUBMISSIONS).select({"challenge": challenge, "organisation": organisation})
    return _submission(rows[0]) if rows else None


def of_organisation(vaults: Vaults, organisation: str) -> list[Submission]:
    """Its own, the newest first."""
    found = vaults.vault(SUBMISSIONS).select({"organisation": organisation}, order=("-at", "-rowid"))
    return [_submission(row) for row in found]


def count(vaults: Vaults, challenge: str) -> int:
    """How many were sent."""
    return vaults.vault(SUBMISSIONS).count({"challenge": challenge, "sent_at": (">", 0)})


def opened(vaults: Vaults, one: Challenge, today: date) -> list[Submission]:
    """What was sent for a call, for the city and its jury; the only way to applications of others. Errors: Conflict before the
    call has closed, and where it was withdrawn."""
    phases.demand("open applications", one.phase(today))
    where = {"challenge": one.code, "sent_at": (">", 0)}
    return [_submission(row) for row in vaults.vault(SUBMISSIONS).select(where, order=("sent_at", "rowid"))]


class Sender(msgspec.Struct, frozen=True):
    """Whom to tell about an application, and in which language."""

    id: str
    organisation: str
    person: str
    language: str


def senders(vaults: Vaults, challenge: str) -> list[Sender]:
    """Who sent an application, without what stands in it."""
    return _senders(vaults, {"challenge": challenge, "sent_at": (">", 0)})


def writers(vaults: Vaults, challenge: str) -> list[Sender]:
    """Who began one or sent it."""
    return _senders(vaults, {"challenge": challenge})


def _senders(vaults: Vaults, where: dict[str, object]) -> list[Sender]:
    rows = vaults.vault(SUBMISSIONS).select(where, order=("at", "rowid"))
    return [msgspec.convert({name: row[name] for name in Sender.__struct_fields__}, Sender) for row in rows]


def pictured(id: str) -> str:
    """What the picture of an application belongs to; it is no entity, so that only its own page shows it."""
    return f"application:{id}"


def save(
    uow: UnitOfWork, chance: Chance, one: Challenge, today: date, organisation: str, person: str, language: str, offer: Offer
) -> Submission:  # fmt: skip
    """Keeps what was typed, complete or not; what was sent before stays as it was until it is sent again. Errors: Conflict where
    the call is not open."""
    phases.demand("apply", one.phase(today))
    before = own(uow, one.code, organisation)
    if before is not None:
        uow.vault(SUBMISSIONS).update({"id": before.id}, {"content": msgspec.to_builtins(offer)})
        return msgspec.structs.replace(before, content=offer)
    made = Submission(tokens.made(chance), one.code, organisation, person, offer, None, language, uow.now)
    row = {**msgspec.to_builtins(made), "simulated": 0, "ends": None}
    uow.vault(SUBMISSIONS).insert(row)
    return made


def send(uow: UnitOfWork, one: Challenge, today: date, organisation: str, by: str) -> Submission:
    """What was written counts from now on. Errors: Conflict where the call is not open or something is missing, ResourceNotFound
    where nothing was written."""
    phases.demand("apply", one.phase(today))
    found = own(uow, one.code, organisation)
    if found is None:
        raise ResourceNotFound("There is no application of yours for this call; write one first.")
    if missing(found.content):
        raise Conflict(_("Something is missing in the application. Fill that in first."))
    uow.vault(SUBMISSIONS).update({"id": found.id}, {"sent": msgspec.to_builtins(found.content), "sent_at": uow.now})
    audit.note(uow, by, SENT, f"application:{found.id}", challenge=one.code)
    return msgspec.structs.replace(found, sent=found.content, sent_at=uow.now)


def take_back(uow: UnitOfWork, one: Challenge, today: date, organisation: str, by: str) -> None:
    """Nothing of it is kept. Errors: Conflict after the decision, ResourceNotFound."""
    phases.demand("withdraw application", one.phase(today))
    found = own(uow, one.code, organisation)
    if found is None:
        raise ResourceNotFound("There is no application of yours for this call.")
    uow.vault(SUBMISSIONS).delete({"id": found.id})
    attachments.erase(uow, thing=pictured(found.id))
    audit.note(uow, by, TAKEN_BACK, f"application:{found.id}", challenge=one.code)


def answer(uow: UnitOfWork, id: str, outcome: Outcome, why: str) -> None:
    """What became of it; from now on its days are counted, and its picture is gone unless it was passed on."""
    attachments.erase(uow, thing=pictured(id))
    uow.vault(SUBMISSIONS).update({"id": id}, {"outcome": outcome, "why": why, "ends": uow.now})


def end(uow: UnitOfWork, challenge: str, *, unsent: bool = False) -> None:
    """The days of all of a call are counted from now on, and pictures go; `unsent`: only of those that nobody sent."""
    where = {"challenge": challenge, "ends": None, **({"sent_at": None} if unsent else {})}
    for row in uow.vault(SUBMISSIONS).select(where):
        attachments.erase(uow, thing=pictured(row["id"]))
    uow.vault(SUBMISSIONS).update(where, {"ends": uow.now})


def missing(offer: Offer) -> list[str]:
    """The fields that have to be filled in before it is sent."""
    needed = ("name", "what", "helps", "ready", "nature", "who")
    return [name for name in needed if not getattr(offer, name)] + (["cost"] if offer.cost is None else [])


def _submission(row: Row) -> Submission:
    told = {name: row[name] for name in Submission.__struct_fields__}
    return msgspec.convert({**told, "simulated": bool(row["simulated"])}, Submission)
