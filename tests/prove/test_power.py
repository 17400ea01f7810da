# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""After a power cut every answered write is there, and no batch is there by half."""

import random
from pathlib import Path

import pytest

from hanze.errors import HanzeError
from tests.prove import power
from tests.prove.seen import total


def test_nothing_answered_is_lost() -> None:
    seen = total(power.prove(range(4), seed=1))
    assert seen.counts["power cuts"] == 8
    assert seen.counts["answered batches"] > 50
    assert seen.counts["disk writes lost"] > 10


def test_the_test_sees_a_store_that_does_not_sync(tmp_path: Path) -> None:
    seen: list[str] = []
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        life = power.live(folder, f"lazy{seed}", random.Random(seed), {}, synchronous="off")
        try:
            seen += power.losses(folder, life.answered)[1]
        except HanzeError as error:
            seen.append(str(error))
        if seen:
            return
    pytest.fail("twenty power cuts without syncing lost nothing: the test cannot see a loss")
