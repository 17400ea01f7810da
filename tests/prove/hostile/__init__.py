# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "hostile": requests that mean harm, to a real node. Every answer is a good one, none an error of ours; the node
stays small, answers others within a second all the while, and calls nothing that it must not call.
"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.hostile.siege import Siege
from tests.prove.seen import Seen


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """Each round is one attack."""
    with tempfile.TemporaryDirectory() as place:
        siege = Siege(Path(place), seed)
        try:
            for number in (numbers := list(rounds)):
                seen = siege.round(number)
                yield seen + siege.end() if number == numbers[-1] else seen
        finally:
            siege.close()
