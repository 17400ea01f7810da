# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A Kadestad for each walk of a trial: what became of one changes nothing of the next."""

from collections.abc import Iterator

import pytest

from tests.walks import quay
from tests.walks.quay import Kade


@pytest.fixture(scope="module")
def kade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kade]:
    with quay.kade(tmp_path_factory.mktemp("walks") / "kadestad") as made:
        yield made
        assert '"level":"error"' not in made.node.log() and "Traceback" not in made.node.log()
