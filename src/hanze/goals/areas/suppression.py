# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which areas are too small to show, and which others must stay hidden so that those cannot be worked out.

A value of an upper area is taken to be the mean of the values of its areas, weighted by people, and all numbers of people to be
known. Then a single hidden area follows from the others. So the hidden areas within one area that is shown are at least two, and
together large enough to be shown as one; within a hidden area at least one is hidden. With this no hidden value follows from the
shown ones, over all levels together: it can change a little, another hidden one within the same area makes up for it, and so on
down to the smallest areas. Within what bounds it must lie may still follow. Source of the method, there called primary and
secondary suppression: Hundepool and others, Handbook on Statistical Disclosure Control, ESSnet SDC, 2010.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

Reason = Literal["few people", "few things", "protects others"]

PEOPLE = 50
"""An area with fewer is not shown."""


class Count(msgspec.Struct, frozen=True):
    """An area, the code of that it lies in, how many people live there, and how many things its value was measured by."""

    code: str
    parent: str | None
    people: float
    things: int

    @property
    def weighs(self) -> bool:
        """Its value is a part of that of the upper area."""
        return self.people > 0 and self.things > 0


def hidden(areas: Sequence[Count], people: float = PEOPLE, things: int = 1) -> dict[str, Reason]:
    """The areas that are not shown, by code, each with the reason. `things`: an area with fewer is not shown.

    Areas without a parent lie in one whole whose value is shown; one alone is that whole. Of those that could protect others the
    smallest is hidden.
    """
    found = _Hiding(areas, people, things)
    while found.more():
        pass
    return dict(sorted(found.reasons.items()))


class _Hiding:
    def __init__(self, areas: Sequence[Count], people: float, things: int) -> None:
        self._people, self._things = people, things
        self._codes = {one.code for one in areas}
        self.reasons: dict[str, Reason] = {}
        self._families: dict[str | None, list[Count]] = {}
        for one in sorted(areas, key=lambda one: (one.people, one.things, one.code)):
            if not self._large([one]):
                self.reasons[one.code] = "few people" if one.people < people else "few things"
            if one.weighs:
                self._families.setdefault(one.parent, []).append(one)

    def more(self) -> bool:
        """Hides what protects others; whether something new was hidden."""
        before = len(self.reasons)
        for parent, family in self._families.items():
            inside = [one for one in family if one.code in self.reasons]
            shown = [one for one in family if one.code not in self.reasons]
            if parent in self.reasons:
                if not inside:
                    self._hide(shown[0].code)
            elif shown and inside and (len(inside) < 2 or not self._large(inside)):
                self._hide(shown[0].code)
            elif not shown and len(family) == 1 and parent in self._codes:
                # The only area in another one has the same value.
                self._hide(family[0].parent)
        return len(self.reasons) > before

    def _large(self, together: Sequence[Count]) -> bool:
        enough = sum(one.people for one in together) >= self._people
        return enough and sum(one.things for one in together) >= self._things

    def _hide(self, code: str | None) -> None:
        if code is not None:
            self.reasons[code] = "protects others"
