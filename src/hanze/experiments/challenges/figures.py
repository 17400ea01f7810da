# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who applied and who won, by kind, size, place and newcomer, and how long the answer took; hidden where it would tell of few.

A number of 1 or 2 is not told. So that it does not follow from the whole and the others, further numbers stay hidden, zeros too,
until at least two are and they hold at least three together (secondary suppression: Hundepool and others, Handbook on Statistical
Disclosure Control, ESSnet SDC, 2010). Those of a year are told only where what they hold beyond the calls that are told by
themselves could be told too. That the kind of a winner is public, as is its name, changes nothing in the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from hanze.experiments.organisations.keeping import KINDS, LOCALITIES, SIZES, Organisation

FEW = 3

Dimension = Literal["kind", "size", "place", "newcomer"]

VALUES: dict[Dimension, tuple[str, ...]] = {
    "kind": KINDS, "size": SIZES, "place": LOCALITIES, "newcomer": ("yes", "no"),
}  # fmt: skip

Counts = Mapping[Dimension, Sequence[int]]
"""By dimension, how many of each value, in the order of VALUES."""

Told = dict[Dimension, list[int | None]]
"""The same; None: hidden."""


class Raw(msgspec.Struct, frozen=True):
    """Of one call; never told as it is. `days`: from the close to the decision."""

    applied: Counts
    won: Counts
    days: int


class Figures(msgspec.Struct, frozen=True):
    """What is told of a call, or of several (`calls`). `applied`, `won`: how many in all; `days`: the mean."""

    calls: int
    applied: int
    won: int
    days: float
    by_applied: Told
    by_won: Told


def values(one: Organisation) -> dict[Dimension, str]:
    return {"kind": one.kind, "size": one.size, "place": one.locality, "newcomer": "yes" if one.newcomer else "no"}


def raw(applied: Iterable[Organisation], won: Iterable[Organisation], closes: str, decided: date) -> Raw:
    """`closes`: the last day of the call, such as 2026-03-01."""
    return Raw(_counts(applied), _counts(won), (decided - date.fromisoformat(closes)).days)


def _counts(many: Iterable[Organisation]) -> Counts:
    told = [values(one) for one in many]
    return {name: [sum(one[name] == value for one in told) for value in there] for name, there in VALUES.items()}


def hidden(counts: Sequence[int]) -> list[int | None]:
    """The same, with None for what is not told."""
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    away = {place for place in order if 0 < counts[place] < FEW}
    for place in order:
        if not away or (len(away) > 1 and sum(counts[one] for one in away) >= FEW):
            break
        away.add(place)
    return [None if place in away else count for place, count in enumerate(counts)]


def of(one: Raw) -> Figures:
    """Of one call."""
    return Figures(1, _all(one.applied), _all(one.won), float(one.days), _told(one.applied), _told(one.won))


def together(several: Sequence[Raw]) -> Figures:
    """Of several calls, each of which is told by itself too."""
    days = sum(one.days for one in several) / len(several) if several else 0.0
    applied, won = [one.applied for one in several], [one.won for one in several]
    return Figures(len(several), sum(map(_all, applied)), sum(map(_all, won)), days, _sums(applied), _sums(won))


def _told(counts: Counts) -> Told:
    return {name: hidden(there) for name, there in counts.items()}


def _sums(several: Sequence[Counts]) -> Told:
    return {name: _summed([one[name] for one in several], len(there)) for name, there in VALUES.items()}


def _summed(several: Sequence[Sequence[int]], size: int) -> list[int | None]:
    rest = _sum([one for one in several if None in hidden(one)], size)
    return [None] * size if None in hidden(rest) else list(_sum(several, size))


def _sum(several: Sequence[Sequence[int]], size: int) -> list[int]:
    return [sum(one[place] for one in several) for place in range(size)]


def _all(counts: Counts) -> int:
    return sum(counts["kind"])
