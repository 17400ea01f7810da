# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an area stands by one indicator in a month: its place from 0 to 100, before and after what inequality takes off."""

import hashlib
from collections.abc import Sequence

import msgspec

from hanze.goals.scoring.counting import Number
from hanze.goals.scoring.inequality import loss
from hanze.goals.sdsn import marks
from hanze.goals.sdsn.codebook import Indicator
from hanze.goals.sdsn.worst import Shade

Part = tuple[str, float, float]
"""A smaller area: its code, its number, and its residents."""


class Mark(msgspec.Struct, frozen=True):
    """`place`, and where it lies at the least and at the most, from 0 to 100; `shade`: on the scale of colours."""

    place: float
    low: float
    high: float
    shade: Shade


class Standing(msgspec.Struct, frozen=True):
    """`fair`: after what inequality takes off. `inputs`: SHA-256 of what it was made of, in hexadecimal digits."""

    plain: Mark
    fair: Mark
    inputs: str
    simulated: bool
    at: str

    def mark(self, fair: bool) -> Mark:
        return self.fair if fair else self.plain


def standing(one: Indicator, definition: str, number: Number, parts: Sequence[Part]) -> Standing | None:
    """`definition`: SHA-256 of the indicator; `parts`: the smallest areas with a number within the area. None where it has no
    number."""
    if number.value is None:
        return None
    plain = _plain(one, number, number.value)
    less = loss((marks.normalised(one, value), people) for _, value, people in parts)
    told = (one.code, definition, number.start, number.value, number.low, number.high, parts)
    inputs = hashlib.sha256(msgspec.json.encode(told)).hexdigest()
    return Standing(plain, _fair(one, plain, less) if less else plain, inputs, number.simulated, number.at)


def _plain(one: Indicator, number: Number, value: float) -> Mark:
    ends = [value if end is None else end for end in (number.low, number.high)]
    places = sorted(marks.normalised(one, end) for end in (value, *ends))
    shade = marks.rescaled(one, value), marks.colour(one, value)
    return Mark(marks.normalised(one, value), places[0], places[-1], shade)


def _fair(one: Indicator, plain: Mark, less: float) -> Mark:
    """The shade is that of the number which has the place after what is taken off."""
    place, low, high = ((1.0 - less) * one for one in (plain.place, plain.low, plain.high))
    value = one.worst + place / 100.0 * (one.best - one.worst)
    return Mark(place, low, high, (marks.rescaled(one, value), marks.colour(one, value)))
