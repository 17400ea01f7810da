# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city of which everyone may see the goals."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.goals.journey.place import Place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    made = Place(tmp_path)
    yield made
    await made.site.compute.stop()
    made.store.close()
