# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tests of access share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hanze.access import keys
from hanze.access.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import Store
from tests.access.node import Chance
from tests.contract.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chance() -> Chance:
    return Chance()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = sqlite.open(tmp_path, clock=clock, vaults=VAULTS)
    yield opened
    opened.close()


@pytest.fixture
def make(store: Store, chance: Chance) -> Callable[..., str]:
    """Makes a key and gives its text."""

    def made(role: str = "reader", **more: object) -> str:
        text, _ = store.submit(lambda work: keys.create(work, chance, "operator", role, **more)).result()  # type: ignore[arg-type]
        return text

    return made
