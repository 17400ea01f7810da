# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real store in a folder of its own, with a clock that tests move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hanze.store import sqlite
from hanze.store.base import Store
from tests.contract.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = sqlite.open(tmp_path, clock=clock)
    yield opened
    opened.close()
