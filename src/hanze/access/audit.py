# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One line per administrative act: who did what to what, and when."""

from typing import Any

import msgspec

from hanze.access.vaults import AUDIT
from hanze.store.base import Store, UnitOfWork


class Line(msgspec.Struct, frozen=True):
    """`at`: microseconds; `detail`: what belongs to the act, never a secret."""

    at: int
    principal: str
    act: str
    subject: str
    detail: dict[str, Any] = {}


def note(work: UnitOfWork, principal: str, act: str, subject: str, **detail: Any) -> None:
    """Adds a line in the same transaction as the act itself."""
    work.vault(AUDIT).insert(
        {"at": work.now, "principal": principal, "act": act, "subject": subject, "detail": detail or None}
    )


def lines(store: Store, *, limit: int, offset: int = 0) -> list[Line]:
    """The latest lines, newest first."""
    rows = store.vault(AUDIT).select(order=("-at", "-rowid"), limit=limit, offset=offset)
    return [Line(row["at"], row["principal"], row["act"], row["subject"], row["detail"] or {}) for row in rows]
