# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tests of access share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
