# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city to which a story is told: that of trials, in which a street was made quieter."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.experiments.trials.place import City


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    made = City(tmp_path)
    yield made
    await made.site.compute.stop()
    made.store.close()
