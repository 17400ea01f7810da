# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who wants a mail about calls that fit: kept for good once the person at the address says yes, told once of each call."""

from collections.abc import Sequence

import msgspec

from hanze.experiments.challenges.matching import Wanted
from hanze.experiments.challenges.vaults import WATCHERS
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance

MOST_WAITING = 5
"""Questions for one address that wait: more are not mailed, so that nobody fills somebody else's box."""


class Watcher(msgspec.Struct, frozen=True):
    """`token`: stands in the links of the mails, and can do no more than confirm and stop; `told`: codes of challenges."""

    token: str
    mail: str
    wanted: Wanted
    language: str
    confirmed: int | None
    told: tuple[str, ...] = ()


def ask(uow: UnitOfWork, chance: Chance, mail: str, wanted: Wanted, language: str) -> Watcher | None:
    """A new question, to be confirmed; until then what was wanted before holds. None where nothing is to be mailed: the same was
    asked already, or too much waits."""
    vault, mail = uow.vault(WATCHERS), mail.casefold()
    before = [_watcher(row) for row in vault.select({"mail": mail})]
    if any(one.wanted == wanted for one in before) or len(before) > MOST_WAITING:
        return None
    made = Watcher(tokens.made(chance), mail, wanted, language, None)
    vault.insert({**msgspec.to_builtins(made), "asked": uow.now, "ends": uow.now})
    return made


def find(vault: VaultRead, token: str) -> Watcher | None:
    rows = vault.select({"token": token}) if token else []
    return _watcher(rows[0]) if rows else None


def confirm(uow: UnitOfWork, token: str) -> Watcher | None:
    """From now on the person is told of this, and no more of what was wanted before; None where there is no such question any
    more. Of which calls they know already stays so."""
    vault, found = uow.vault(WATCHERS), find(uow.vault(WATCHERS), token)
    if found is None:
        return None
    if found.confirmed is None:
        before = {code for row in vault.select({"mail": found.mail}) for code in row["told"]}
        vault.update({"token": token}, {"confirmed": uow.now, "ends": None, "told": sorted(before)})
    vault.delete({"mail": found.mail, "token": ("!=", token)})
    return find(vault, token)


def stop(uow: UnitOfWork, token: str) -> None:
    """Nothing of it is kept."""
    if token:
        uow.vault(WATCHERS).delete({"token": token})


def confirmed(vault: VaultRead) -> list[Watcher]:
    """All who are told."""
    return [_watcher(row) for row in vault.select({"confirmed": (">", 0)}, order=("confirmed", "rowid"))]


def told(uow: UnitOfWork, token: str, codes: Sequence[str]) -> None:
    """The person knows of these too."""
    found = find(uow.vault(WATCHERS), token)
    if found is not None:
        uow.vault(WATCHERS).update({"token": token}, {"told": [*found.told, *codes]})


def _watcher(row: Row) -> Watcher:
    return msgspec.convert({name: row[name] for name in Watcher.__struct_fields__}, Watcher)
