# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements as access sees them: what a key that is bound to one may read, between which moments, and how often."""

import msgspec

from hanze.access.vaults import AGREED
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import Grant


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: of the agreement. `grants`: what may be read, and nothing else that is not public. `starts`, `ends`: microseconds, it
    holds from the first up to but not including the last. `rate`: requests a minute, over all keys of it; None: no limit."""

    id: str
    grants: tuple[Grant, ...]
    starts: int
    ends: int
    rate: int | None = None


def put(work: UnitOfWork, agreed: Agreed) -> None:
    """It holds from now on; tell Access to forget what it remembers of it (Access.forget_keys) after the commit."""
    row = {"starts": agreed.starts, "ends": agreed.ends, "rate": agreed.rate}
    work.vault(AGREED).put({"agreement": agreed.id, "grants": msgspec.to_builtins(agreed.grants), **row})


def end(work: UnitOfWork, id: str) -> None:
    """Nothing can be read by it from now on."""
    end_by(work, id, work.now)


def end_by(work: UnitOfWork, id: str, moment: int) -> None:
    """Nothing can be read by it from a moment (microseconds) on, where it held longer."""
    work.vault(AGREED).update({"agreement": id, "ends": (">", moment)}, {"ends": moment})


def there(work: UnitOfWork, id: str) -> bool:
    """It was put, whether it holds now or not."""
    return bool(work.vault(AGREED).count({"agreement": id}))


def find(store: Store, id: str) -> Agreed | None:
    """None where there is none of this id."""
    for row in store.vault(AGREED).select({"agreement": id}, limit=1):
        grants = msgspec.convert(row["grants"], tuple[Grant, ...])
        return Agreed(id=id, grants=grants, starts=row["starts"], ends=row["ends"], rate=row["rate"])
    return None
