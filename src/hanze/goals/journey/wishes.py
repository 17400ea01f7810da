# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers to the yearly question: taken, looked at, shown or left out."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from hanze.errors import ResourceNotFound
from hanze.goals.journey.vaults import WISHES
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead

State = Literal["new", "shown", "out"]

Reason = Literal["person", "insult", "other subject", "advertising", "double"]
"""Why one is left out: it tells of a person, it insults, it is about something else, it sells, it stands there already."""

REASONS: tuple[Reason, ...] = get_args(Reason)

Nothing = Literal[""]

MOST_WAITING = 2_000
"""Answers that nobody has looked at yet; beyond it none is taken, so that nobody fills the disk."""


class Wish(msgspec.Struct, frozen=True):
    """What a resident answered; see the vault for what stands where."""

    id: str
    year: int
    text: str
    language: str
    area: str
    goals: tuple[int, ...]
    at: int
    state: State = "new"
    reason: Reason | Nothing = ""
    simulated: bool = False


def put(uow: UnitOfWork, wish: Wish) -> bool:
    """Keeps it until somebody of the city has looked; the same text twice in a year is one answer. False where too many wait."""
    vault = uow.vault(WISHES)
    if vault.count({"state": "new"}) >= MOST_WAITING:
        return False
    if not vault.count({"year": wish.year, "text": wish.text}):
        vault.insert(
            {**msgspec.to_builtins(wish), "simulated": int(wish.simulated), "ends": _ends(wish.state, uow.real)}
        )
    return True


def decide(uow: UnitOfWork, id: str, reason: Reason | Nothing) -> Wish:
    """It is shown, or left out where there is a reason; that may be decided anew. A text that tells of a person is erased at once.
    Errors: ResourceNotFound where it is gone, or erased already."""
    vault = uow.vault(WISHES)
    rows = vault.select({"id": id})
    if not rows or not rows[0]["text"]:
        raise ResourceNotFound("This answer is not kept any more.")
    state: State = "out" if reason else "shown"
    values: dict[str, object] = {"state": state, "reason": reason, "ends": _ends(state, uow.real)}
    if reason == "person":
        values["text"] = ""
    vault.update({"id": id}, values)
    return _wish({**rows[0], **values})


def _ends(state: State, now: int) -> int | None:
    return None if state == "shown" else now


def of_state(vault: VaultRead, state: State, limit: int) -> list[Wish]:
    """The oldest first, of all years."""
    return [_wish(row) for row in vault.select({"state": state}, order=("at", "rowid"), limit=limit)]


def shown(vault: VaultRead, year: int, limit: int, offset: int = 0) -> list[Wish]:
    """What everyone may read of a year, the newest first."""
    where = {"year": year, "state": "shown"}
    return [_wish(row) for row in vault.select(where, order=("-at", "-rowid"), limit=limit, offset=offset)]


def counted(vault: VaultRead, year: int, state: State) -> int:
    return vault.count({"year": year, "state": state})


def left_out(vault: VaultRead, year: int) -> Mapping[str, int]:
    """How many of a year were left out, by reason."""
    found: dict[str, int] = {}
    for row in vault.select({"year": year, "state": "out"}):
        found[row["reason"]] = found.get(row["reason"], 0) + 1
    return found


def _wish(row: Row) -> Wish:
    told = {name: row[name] for name in Wish.__struct_fields__}
    return msgspec.convert({**told, "simulated": bool(row["simulated"])}, Wish)
