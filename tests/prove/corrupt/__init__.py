# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "corrupt": files of a node are harmed while it does not run. Then it either runs with all that it answered, or
says in one sentence which file is wrong and what to do; it never shows a traceback, nor a city that is empty.
"""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.corrupt.city import City
from tests.prove.corrupt.harm import HARMS
from tests.prove.corrupt.outcome import outcome
from tests.prove.seen import Seen


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """Each harm in turn, to copies of two cities: one that was killed, one that was stopped."""
    with tempfile.TemporaryDirectory() as place:
        cities = (City(Path(place) / "killed", seed, killed=True), City(Path(place) / "stopped", seed, killed=False))
        for number in rounds:
            chance = random.Random(f"{seed} {number}")
            harm = HARMS[number % len(HARMS)]
            city = cities[number // len(HARMS) % 2]
            copy = Path(place) / "copy"
            subprocess.run(["cp", "-a", city.folder, copy], check=True)  # it copies sockets too
            try:
                if harm.do.__name__ in ("gone", "folder", "rubbish") or (copy / harm.file).exists():
                    harm.do(copy / harm.file, chance)
                    yield outcome(city, copy, harm)
                else:
                    yield Seen()
            finally:
                shutil.rmtree(copy)
