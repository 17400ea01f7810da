# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of the proof "two"."""

from tests.prove import two
from tests.prove.seen import total


def test_two_processes_on_one_folder() -> None:
    seen = total(two.prove(range(1), seed=1)).counts
    assert seen["nodes started at the same time"] == 3
    assert seen["refused in one sentence"] >= 4
