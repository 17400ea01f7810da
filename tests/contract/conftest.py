# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each store that the contract is tried on; a further one is a further parameter here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.ngsild.times import parse
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.vault import Column, Vault

START = parse("2026-01-01T00:00:00Z")

VAULT = Vault(
    name="pets",
    columns=(Column("name", required=True), Column("age", "integer"), Column("traits", "json")),
    unique=(("name",),),
    retention=("age", 30),
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += int(seconds * 1_000_000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = sqlite.open(tmp_path, clock=clock, vaults=[VAULT])
    yield opened
    opened.close()


@pytest.fixture
def twin(store: Store, tmp_path: Path) -> Iterator[tuple[Store, Clock]]:
    """A second store of the same kind, with a clock of its own."""
    clock = Clock()
    (tmp_path / "twin").mkdir()
    opened = sqlite.open(tmp_path / "twin", clock=clock, vaults=[VAULT])
    yield opened, clock
    opened.close()
