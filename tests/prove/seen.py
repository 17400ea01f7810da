# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a proof saw: counts that add up over its rounds, and the worst of what it measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec


class Failed(AssertionError):
    """A proof saw what must not happen; the text says what."""


class Seen(msgspec.Struct, frozen=True):
    """`counts`: name to number. `worst`: name to the highest value, its unit in the name."""

    counts: dict[str, int] = {}
    worst: dict[str, float] = {}

    def __add__(self, other: Seen) -> Seen:
        counts, worst = dict(self.counts), dict(self.worst)
        for name, number in other.counts.items():
            counts[name] = counts.get(name, 0) + number
        for name, value in other.worst.items():
            worst[name] = max(worst.get(name, value), value)
        return Seen(counts, worst)

    def text(self) -> str:
        """For the table: counts with thousands, then what was worst."""
        counts = [f"{number:,} {name}" for name, number in self.counts.items()]
        return ", ".join(counts + [f"{name} {value:g}" for name, value in self.worst.items()])


class Prove(Protocol):
    """Runs the rounds of these numbers and gives what each saw; Failed where something is wrong.

    The same seed and number give the same choices; what the system makes of them in time differs.
    """

    def __call__(self, rounds: Iterable[int], seed: int) -> Iterator[Seen]: ...


def total(seen: Iterable[Seen]) -> Seen:
    """All of it added up."""
    found = Seen()
    for one in seen:
        found = found + one
    return found


def check(good: object, told: str) -> None:
    """Failed with the text where it is not good."""
    if not good:
        raise Failed(told)
