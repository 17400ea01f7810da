# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a node remembers of its sources: a vault row each, with the source's own state and how it went."""

from collections.abc import Mapping

import msgspec

from hanze.feeds.source import Progress, State
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault, VaultRead

SOURCES = Vault(
    name="sources",
    columns=(
        Column("name", required=True),
        Column("kind", required=True),
        Column("state", "json", required=True),
        Column("record", "json", required=True),
    ),
    unique=(("name",),),
)


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it went with one source so far; moments in microseconds, None where there was none.

    `again`, `progress`: as the source told them last (see Found). `failures`: in a row, up to now. `wait`: seconds the source
    asked to be left alone after the last failure.
    `taken`, `refused`: how many entities and parts, since the source was added; `reasons`: of the latest that were refused.
    """

    looked: int | None = None
    succeeded: int | None = None
    observed: int | None = None
    again: int | None = None
    progress: Progress | None = None
    failures: int = 0
    detail: str = ""
    advice: str = ""
    wait: float = 0.0
    taken: int = 0
    news: int = 0
    refused: int = 0
    reasons: tuple[str, ...] = ()


def read(vault: VaultRead, name: str, kind: str) -> tuple[State, Record]:
    """State and record of a source; empty where it is new, or of another kind than it was."""
    rows = vault.select({"name": name, "kind": kind})
    if not rows:
        return {}, Record()
    return rows[0]["state"], msgspec.convert(rows[0]["record"], Record)


def write(uow: UnitOfWork, name: str, kind: str, state: State, record: Record) -> None:
    row: Mapping[str, object] = {
        "name": name, "kind": kind, "state": state, "record": msgspec.to_builtins(record),
    }  # fmt: skip
    uow.vault(SOURCES).put(row)


def forget(uow: UnitOfWork, name: str) -> None:
    """The source is gone; what it brought stays."""
    uow.vault(SOURCES).delete({"name": name})
