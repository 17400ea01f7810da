# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "disk": the disk fills up under writes; they are refused in one sentence, reads go on, nothing answered is lost,
and once there is room again the node goes on by itself.

Where a small file system can be mounted (as root) a real node runs on it; a store on a file system that refuses to grow
is tried everywhere.
"""

import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.disk import alone, city
from tests.prove.disk.small import small
from tests.prove.seen import Seen

SIZES = (6_000, 24_000)
"""Kilobytes: on the small one the log of the database finds no room, on the large one what is moved out of it."""


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    for number in rounds:
        chance = random.Random(f"{seed} {number}")
        with tempfile.TemporaryDirectory() as place:
            seen = alone.round(Path(place), f"full-{seed}-{number}", chance)
            disk = Path(place) / "disk"
            with small(disk, chance.choice(SIZES)) as mounted:
                yield seen + (city.round(disk, chance) if mounted else Seen({"nodes on a full disk": 0}))
