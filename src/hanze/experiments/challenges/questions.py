# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about a call: asked by anyone, answered by the city for everyone; who asked is not kept."""

from datetime import date

import msgspec

from hanze.access import audit
from hanze.errors import ResourceNotFound
from hanze.experiments.challenges import keeping, phases
from hanze.experiments.challenges.call import Answered
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.vaults import QUESTIONS
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance

MOST_WAITING = 300
"""Of all calls together; beyond it none is taken, so that nobody fills the disk."""

ANSWERED, LEFT = "question answered", "question left out"
"""Acts of the audit."""


class Waiting(msgspec.Struct, frozen=True):
    """A question that was not answered yet."""

    id: str
    challenge: str
    text: str
    language: str
    at: int


def waiting(vault: VaultRead, challenge: str = "") -> list[Waiting]:
    """The oldest first; of all calls where none is named."""
    where = {"challenge": challenge} if challenge else None
    return [_waiting(row) for row in vault.select(where, order=("at", "rowid"))]


def ask(uow: UnitOfWork, chance: Chance, one: Challenge, today: date, text: str, language: str) -> bool:
    """Waits for an answer from now on; the same twice is one. False where too many wait. Errors: Conflict where the call closed."""
    phases.demand("ask", one.phase(today))
    vault = uow.vault(QUESTIONS)
    if vault.count() >= MOST_WAITING:
        return False
    if not vault.count({"challenge": one.code, "text": text}):
        made = Waiting(tokens.made(chance), one.code, text, language, uow.now)
        vault.insert(msgspec.structs.asdict(made))
    return True


def answer(uow: UnitOfWork, one: Challenge, today: date, id: str, question: str, text: str, by: str) -> None:
    """Question and answer are public from now on; `question`: as it is told, for the city may leave out what tells of a person.
    Errors: ResourceNotFound."""
    _take(uow, one, id)
    said = (*one.call.questions, Answered(question, text, today.isoformat()))
    keeping.write(uow, msgspec.structs.replace(one, call=msgspec.structs.replace(one.call, questions=said)))
    audit.note(uow, by, ANSWERED, one.id)


def leave(uow: UnitOfWork, one: Challenge, id: str, by: str) -> None:
    """It is not answered, and gone. Errors: ResourceNotFound."""
    _take(uow, one, id)
    audit.note(uow, by, LEFT, one.id)


def _take(uow: UnitOfWork, one: Challenge, id: str) -> None:
    if not uow.vault(QUESTIONS).delete({"id": id, "challenge": one.code}):
        raise ResourceNotFound("This question does not wait any more.")


def _waiting(row: Row) -> Waiting:
    return msgspec.convert({name: row[name] for name in Waiting.__struct_fields__}, Waiting)
