# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data as they are found: of which agreement or challenge, where they stand, and until when."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from hanze.experiments.challenges.keeping import numbered
from hanze.experiments.organisations.keeping import Vaults
from hanze.experiments.practice.gathering import About
from hanze.experiments.practice.vaults import PRACTICE
from hanze.feeds.making import urn
from hanze.store.base import UnitOfWork

State = Literal["making", "done", "failed"]

SILENT = 150_000_000
"""Microseconds without a sign after which the work counts as interrupted."""


class Practice(msgspec.Struct, frozen=True):
    """`source`: the id of the agreement or challenge; `tenant`: where the data stand; `made`, `ends`: microseconds by the clock of
    the city; `done` of `total` series are written; `beat`: the last sign of the work, by the clock of the machine."""

    source: str
    tenant: str
    state: State
    seed: int
    made: int
    ends: int
    done: int = 0
    total: int = 0
    beat: int = 0
    problem: str = ""
    about: tuple[About, ...] = ()

    @property
    def opened(self) -> str:
        """The id by which access knows what its keys read (hanze.access.agreed)."""
        return urn("PracticeData", self.tenant)

    @property
    def types(self) -> tuple[str, ...]:
        """IRIs of what was made."""
        return tuple(one.type for one in self.about)

    def interrupted(self, real: int) -> bool:
        """It was to be made, and nobody does."""
        return self.state == "making" and real - self.beat > SILENT


def find(vaults: Vaults, source: str) -> Practice | None:
    for row in vaults.vault(PRACTICE).select({"source": source}, limit=1):
        return _practice(row)
    return None


def every(vaults: Vaults) -> list[Practice]:
    return [_practice(row) for row in vaults.vault(PRACTICE).select(order=("rowid",))]


def free(uow: UnitOfWork, source: str) -> str:
    """A tenant that people can read, which nothing has."""
    names = numbered(f"practice-{source.rpartition(':')[2]}")
    return next(one for one in names if not uow.vault(PRACTICE).count({"tenant": one}))


def put(uow: UnitOfWork, one: Practice) -> None:
    uow.vault(PRACTICE).put(msgspec.to_builtins(one))


def change(uow: UnitOfWork, source: str, **values: Any) -> None:
    uow.vault(PRACTICE).update({"source": source}, values)


def drop(uow: UnitOfWork, source: str) -> None:
    uow.vault(PRACTICE).delete({"source": source})


def _practice(row: Mapping[str, Any]) -> Practice:
    return msgspec.convert({name: row[name] for name in Practice.__struct_fields__}, Practice)
