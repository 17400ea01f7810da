# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a sentence tells a value beside what is usual."""

import msgspec

from hanze.explore.usual import Range
from hanze.web import terms
from hanze.web.drawing.words import measure
from hanze.web.language import Language


class Teller(msgspec.Struct, frozen=True):
    """Tells values of one subject in a sentence, all to the same digit: whole, or with one more where they are below 20. `like`:
    the largest of them that is usual."""

    language: Language
    attribute: str
    unit: str | None
    like: float

    def number(self, value: float) -> str:
        _, factor = terms.shown(self.unit, terms.quantity(self.attribute))
        words, size = self.language.words, abs(self.like * factor)
        if size < 1:
            return words.number(value * factor)
        return words.fixed(value * factor, 0 if size >= 20 else 1).removesuffix(f"{words.decimal}0")

    def value(self, value: float) -> str:
        symbol, _ = terms.shown(self.unit, terms.quantity(self.attribute))
        return measure(self.number(value), symbol)

    def low(self, usual: Range) -> str:
        """The lowest without its unit, which stands behind the highest; with it where both are told alike."""
        same = self.value(usual.low) == self.value(usual.high)
        return self.value(usual.low) if same else self.number(usual.low)
