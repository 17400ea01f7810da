# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The numbers that indicators told, period by period, as scores are made of them."""

from collections.abc import Mapping
from typing import Any

from hanze.goals.keeping import values
from hanze.goals.keeping.history import history
from hanze.goals.model import VALUE, ValueFacts
from hanze.goals.scoring.counting import HIDDEN, Number
from hanze.ngsild import times
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Reads
from hanze.store.every import every
from hanze.store.scope import EVERYTHING


class Numbers:
    """By indicator and area. `since`: of the history only what began then or later is looked at, microseconds; None: all."""

    def __init__(self, reads: Reads, since: int | None) -> None:
        self._reads = reads
        self._window = Window() if since is None else Window(relation="after", start=since)
        self._ids: dict[tuple[str, str], str] = {}
        self._current: dict[tuple[str, str], Number] = {}
        self._read: dict[tuple[str, str], list[Number]] = {}
        for entity in every(reads, EntitySelection(types=TypeIs(VALUE.iri)), EVERYTHING):
            facts = VALUE.facts_of(entity, ValueFacts)
            if facts.receipt:
                key = (facts.indicator, facts.area)
                self._ids[key] = entity.id
                self._current[key] = _number(values.moment(entity), facts.kpiValue, facts.receipt)

    def first(self) -> int | None:
        """The last moment of the earliest period that has a number; None where none has."""
        ends = (one.end - 1 for key in self._ids for one in self.course(*key) if one.value is not None)
        return min(ends, default=None)

    def runs(self, code: str, area: str, now: int) -> bool:
        """Whether the period that runs has a number, or may not have one, so that no earlier one is asked for."""
        current = self._current.get((code, area))
        return current is not None and current.end > now and (current.value is not None or current.why == HIDDEN)

    def newest(self, code: str, area: str) -> list[Number]:
        """What the store shows as the present number."""
        current = self._current.get((code, area))
        return [] if current is None else [current]

    def course(self, code: str, area: str) -> list[Number]:
        """All, ascending."""
        key = (code, area)
        if key not in self._read:
            self._read[key] = self._course(key) if key in self._ids else []
        return self._read[key]

    def _course(self, key: tuple[str, str]) -> list[Number]:
        told = history(self._reads, VALUE, self._ids[key], self._window)
        found = {
            start: _number(start, one.facts.get("kpiValue"), one.facts["receipt"])
            for start, one in told.items()
            if "receipt" in one.facts
        }
        current = self._current[key]
        return [one for _, one in sorted({**found, current.start: current}.items())]


def _number(start: int, value: float | None, receipt: Mapping[str, Any]) -> Number:
    """A number that was corrected to none may still stand in the history; the receipt says why there is none."""
    why = receipt["why"]
    return Number(
        start, times.parse(receipt["end"]), None if why else value, receipt["low"], receipt["high"], why,
        receipt.get("simulated", False), receipt["at"],
    )  # fmt: skip
