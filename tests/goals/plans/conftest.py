# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town for which plans are drawn."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.goals.plans import planned
from tests.goals.plans.planned import Planned


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Planned]:
    async with planned.working_town(tmp_path) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Planned]:
    """Without areas and maps."""
    with planned.planned(tmp_path) as made:
        yield made
