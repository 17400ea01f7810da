# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of the proof "disk"."""

from tests.prove import disk
from tests.prove.seen import total


def test_a_full_disk_refuses_writes_and_loses_nothing() -> None:
    seen = total(disk.prove(range(1), seed=2)).counts
    assert seen["writes of a store refused"] > 20
    if seen["nodes on a full disk"]:
        assert seen["refused writes"] > 20
        assert seen["answered writes"] > 20
