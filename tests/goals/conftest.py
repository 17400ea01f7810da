# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real store with a clock that tests move, and Havendam with the values of its indicators."""

from collections.abc import Iterator

import pytest

from hanze.store.base import Store
from tests.goals import town
from tests.store.sqlite.conftest import clock, store

__all__ = ["clock", "store", "valued"]


@pytest.fixture(scope="session")
def valued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Nobody writes to it."""
    made = town.filled(tmp_path_factory.mktemp("valued"))
    yield made
    made.close()
