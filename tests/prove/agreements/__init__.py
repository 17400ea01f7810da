# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "agreements": whatever is asked by a key of an agreement, over every face, the answer is that of a node that has nothing
else: no value, count, order, name or error tells what lies outside. Each round is one call, legal or not.
"""

import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.agreements import asking
from tests.prove.agreements.cities import Cities, cities
from tests.prove.seen import Seen

CALLS_BETWEEN = 25
"""Calls, until something changes in the city and what is sent by itself is held side by side."""


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """The cities are the same for all rounds; so is their content at the same round, but for what came of earlier ones."""
    with tempfile.TemporaryDirectory() as place, cities(Path(place), seed) as both:
        for number in rounds:
            seen = _sent(both, random.Random(f"{seed} sent {number}")) if number % CALLS_BETWEEN == 0 else Seen()
            asked = asking.call(random.Random(f"{seed} {number}"), both.names)
            yield seen + both.ask(asked)


def _sent(both: Cities, chance: random.Random) -> Seen:
    both.change(chance)
    return both.sent()
