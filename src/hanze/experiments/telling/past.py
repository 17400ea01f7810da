# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A unit of work as of a moment that is over, so that a story is told by the very verbs that wrote it down when it happened.

The verbs take their moment from it. What the store itself notes (when a row was written, the journal) stays the moment of the
telling, and the audit too: a plan that was told afterwards never looks as if it had been fixed here in time.
"""

from collections.abc import Mapping
from typing import Any, cast

from hanze.access.vaults import AUDIT
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from hanze.store.vault import Vault, VaultWrite


def past(uow: UnitOfWork, moment: int, *, simulated: bool) -> UnitOfWork:
    """`moment`: microseconds. `simulated`: what is made says that it is of that moment; else that it was written down now."""
    return cast(UnitOfWork, _Past(uow, moment, times.text(moment) if simulated else uow.stamp))


class _Past:
    def __init__(self, uow: UnitOfWork, moment: int, stamp: str) -> None:
        self._uow = uow
        self.now, self.stamp = moment, stamp

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def vault(self, vault: Vault) -> VaultWrite:
        found = self._uow.vault(vault)
        return cast(VaultWrite, _Audit(found, self._uow.now)) if vault is AUDIT else found


class _Audit:
    """Its lines are of the moment at which they are written."""

    def __init__(self, vault: VaultWrite, now: int) -> None:
        self._vault, self._now = vault, now

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vault, name)

    def insert(self, row: Mapping[str, Any]) -> int:
        return self._vault.insert({**row, "at": self._now})
