# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a picture shows, in words: a sentence for who hears it, and a table for who reads it."""

from collections.abc import Sequence
from datetime import tzinfo

import numpy as np
from msgspec import Struct

from hanze.web.drawing.thin import Columns
from hanze.web.drawing.times import clock, date, local, when
from hanze.web.drawing.words import Words, counted, measure


class Table(Struct, frozen=True):
    """Texts that are not escaped yet: who makes HTML of them does so. Each row has as many cells as the head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def told(shown: Columns, unit: str, words: Words, zone: tzinfo) -> str:
    """From when to when, how low, how high, how much on average, and how often there was nothing."""
    if not len(shown):
        return words.nothing + "."
    start, end = _time(int(shown.first[0]), words, zone), _time(int(shown.last[-1]), words, zone)
    said = [words.one_moment.format(start) if start == end else words.period.format(start, end)]
    low, high, mean = (
        measure(words.number(value), unit) for value in (float(shown.low.min()), float(shown.high.max()), _mean(shown))
    )
    said.append(words.one_value.format(low) if low == high else words.spread.format(low, high, mean))
    if shown.gaps:
        said.append(counted(words.gaps, shown.gaps))
    return " ".join(said)


def table(shown: Columns, title: str, unit: str, words: Words, zone: tzinfo) -> Table:
    """A row for each column of the chart, and one for each gap between two of them."""
    single = bool((shown.count == 1).all())
    names = (words.value,) if single else (words.lowest, words.average, words.highest)
    head = (words.moment, *(f"{name} ({unit})" if unit else name for name in names))
    rows: list[tuple[str, ...]] = []
    for number, (first, last) in enumerate(zip(shown.first.tolist(), shown.last.tolist(), strict=True)):
        if shown.after_gap[number]:
            gap = _span(int(shown.last[number - 1]), first, words, zone)
            rows.append((gap, *(words.no_data for _ in names)))
        values = (shown.low, shown.mean, shown.high)[: len(names)]
        rows.append((_span(first, last, words, zone), *(words.number(float(one[number])) for one in values)))
    return Table(title, head, tuple(rows))


def _mean(shown: Columns) -> float:
    """Of all values. Weights that add up to one keep it from growing beyond what a float holds."""
    return float(np.sum(shown.mean * (shown.count / shown.count.sum())))


def _time(moment: int, words: Words, zone: tzinfo) -> str:
    return when(local(moment, zone), words)


def _span(first: int, last: int, words: Words, zone: tzinfo) -> str:
    """One moment, or from one to another; what both share is said once."""
    begin, end = local(first, zone), local(last, zone)
    one, other = when(begin, words), when(end, words)
    if one == other:
        return one
    if begin.date() == end.date():
        return f"{date(begin, words)}, {clock(begin)}\u2013{clock(end)}"
    return f"{one} \u2013 {other}"


class Valued(Struct, frozen=True):
    """A place on a map and its value."""

    name: str
    value: float | None


def surveyed(found: Sequence[Valued], unit: str, words: Words) -> str:
    """How many places there are, which has the highest and the lowest value, and of how many nothing is known."""
    said = [counted(words.places, len(found))]
    known = [(one.value, one.name) for one in found if one.value is not None]
    if known:
        (least, lowest), (most, highest) = min(known), max(known)
        said.append(words.values.format(_named(most, highest, unit, words), _named(least, lowest, unit, words)))
        if len(known) < len(found):
            said.append(counted(words.unknown, len(found) - len(known)))
    return " ".join(said)


def _named(value: float, name: str, unit: str, words: Words) -> str:
    told = measure(words.number(value), unit)
    return f"{told} ({name})" if name else told


def places(found: Sequence[Valued], title: str, unit: str, words: Words) -> Table:
    """A row for each place; without values only their names."""
    if all(one.value is None for one in found):
        return Table(title, (words.place,), tuple((one.name,) for one in found))
    head = (words.place, f"{words.value} ({unit})" if unit else words.value)
    told = (words.no_data if one.value is None else words.number(one.value) for one in found)
    return Table(title, head, tuple((one.name, value) for one, value in zip(found, told, strict=True)))
