# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "properties": the property tests look for new examples, many of them, for as long as they are given."""

from collections.abc import Iterable, Iterator

from tests.prove.seen import Seen
from tests.prove.tried import tried

SECONDS = 15 * 60
PLACES = ("tests/ngsild", "tests/contract")


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    for number in rounds:
        yield tried(PLACES, "property and contract tests passed", SECONDS, f"--hypothesis-seed={seed + number}")
