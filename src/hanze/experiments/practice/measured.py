# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of the things of one type: how their numbers and words went, hour by hour, and how they are now."""

from collections.abc import Mapping

import msgspec
import numpy as np

from hanze.experiments.practice.hours import HOUR, Weeks
from hanze.experiments.practice.surrogate import Floats
from hanze.experiments.practice.words import Word
from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Reads
from hanze.store.every import every
from hanze.store.scope import Scope

KNOWN = 0.5
"""The least share of hours that must be known."""

CHANGES = 3
"""A number that had fewer values does not change by the hour."""

MOST_READ = 36
"""Things of one type that are looked at."""

MOST_WORDS = 20_000
"""Changes of a word that are read."""


class Measured(msgspec.Struct, frozen=True):
    """The numbers of one attribute (an IRI) in one unit: the mean of each hour of the longest span, NaN where none is known."""

    attribute: str
    unit: str | None
    values: Floats

    @property
    def known(self) -> int:
        return int(np.isfinite(self.values).sum())

    @property
    def first(self) -> int:
        """The first hour that is known."""
        return int(np.argmax(np.isfinite(self.values)))

    def follows(self, span: Weeks) -> bool:
        """It changes by the hour, and enough of that is known."""
        values = span.cut(self.values)[max(0, self.first - span.skipped) :]
        there = values[np.isfinite(values)]
        return len(values) > 0 and len(there) / len(values) >= KNOWN and len(np.unique(there)) >= CHANGES


class Thing(msgspec.Struct, frozen=True):
    """`words`: by attribute, what was true in each hour; None where nothing is known."""

    entity: Entity
    span: Weeks
    measured: list[Measured]
    words: Mapping[str, list[Word | None]]


class Found(msgspec.Struct, frozen=True):
    """Some things by lot, and how many there are."""

    things: list[Thing]
    of: int


def read(reads: Reads, scope: Scope, type: str, span: Weeks, random: np.random.Generator) -> Found:
    """Of a type (an IRI), as far as the scope shows its things."""
    there = every(reads, EntitySelection(types=TypeIs(type)), scope)
    lot = sorted(random.permutation(len(there))[:MOST_READ].tolist())
    return Found([_thing(reads, scope, there[number], span) for number in lot], len(there))


def _thing(reads: Reads, scope: Scope, entity: Entity, span: Weeks) -> Thing:
    window = Window(relation="between", start=span.start, end=span.end)
    measured, words = [], {}
    for name, instances in entity.attributes.items():
        value = plain(instances)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            for one in reads.numbers("", entity.id, name, None, window, scope)[-1:]:
                measured.append(Measured(name, one.unit, span.hourly(one.moments, one.values)))
        elif isinstance(value, (str, bool)):
            words[name] = _words(reads, scope, entity.id, name, window, span)
    following = [one for one in measured if one.follows(span)]
    return Thing(entity, span, following, {name: told for name, told in words.items() if told})


def plain(instances: list[Instance]) -> object:
    """The value of a Property; None where it is none."""
    return next((one.get("value") for one in instances if one["type"] == "Property" and "datasetId" not in one), None)


def _words(reads: Reads, scope: Scope, id: str, name: str, window: Window, span: Weeks) -> list[Word | None]:
    """What was true in each hour; nothing where it did not change."""
    told = reads.temporal("", id, window, scope, attributes=(name,), cap=MOST_WORDS)
    found: list[Word | None] = [None] * span.hours
    steps = [] if told is None else told.attributes.get(name, [])
    values = set()
    for one in steps:
        value = one.doc.get("value")
        if isinstance(value, (str, bool)) and "observedAt" in one.doc:
            hour = (times.parse(one.doc["observedAt"]) - span.start) // HOUR
            if 0 <= hour < span.hours:
                found[hour] = value
                values.add(value)
    return _held(found) if len(values) > 1 else []


def _held(found: list[Word | None]) -> list[Word | None]:
    """Each goes on until the next."""
    last: Word | None = None
    for hour, value in enumerate(found):
        last = last if value is None else value
        found[hour] = last
    return found
