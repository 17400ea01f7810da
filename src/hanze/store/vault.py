# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vaults: tables of rooms for what is no entity, such as keys, accounts and what a consumer remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec


class Column(msgspec.Struct, frozen=True):
    """`kind`: text, integer, real, json, blob."""

    name: str
    kind: str = "text"
    required: bool = False


class Vault(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a room, outside the entities and never reachable over NGSI-LD.

    Each row gets an integer `rowid`. `unique`: groups of columns; `index`: groups of columns searched by.
    `retention`: (column with microseconds, days) after which rows are deleted.
    `version`: a higher one adds the columns that are missing. `real`: its moments are of the machine's own clock.
    `person`: the column with the id of the person whose row it is, which goes with the account; empty where rows belong to nobody.
    """

    name: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    index: tuple[tuple[str, ...], ...] = ()
    retention: tuple[str, int] | None = None
    real: bool = False
    person: str = ""


Row = dict[str, Any]


class VaultRead(Protocol):
    """`where`: column = value, all must hold; a value that is a tuple is (operator, value) with < <= > >= !=."""

    def select(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        order: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """Rows with all columns and `rowid`; `order`: column names, with a leading minus for descending."""
        ...

    def count(self, where: Mapping[str, Any] | None = None) -> int: ...


class VaultWrite(VaultRead, Protocol):
    def insert(self, row: Mapping[str, Any]) -> int:
        """The new rowid; AlreadyExists where a unique group is taken."""
        ...

    def put(self, row: Mapping[str, Any]) -> None:
        """Inserts, or replaces the row with the same first unique group."""
        ...

    def update(self, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        """How many rows changed."""
        ...

    def delete(self, where: Mapping[str, Any]) -> int: ...
