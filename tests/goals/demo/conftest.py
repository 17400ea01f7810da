# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration, made once for all tests; nobody writes to its folder."""

from pathlib import Path

import pytest

from tests.goals.demo import havendam, raw
from tests.goals.demo.raw import Raw


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return havendam.made(tmp_path_factory.mktemp("demo") / "havendam")


@pytest.fixture(scope="session")
def told(demo: Path) -> Raw:
    store = havendam.opened(demo)
    try:
        return raw.read(demo, store)
    finally:
        store.close()
