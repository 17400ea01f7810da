# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values told apart by a few classes: each has a shade and a shape of its own, and a line in the legend."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from hanze.web.drawing.scale import marks
from hanze.web.drawing.svg import SMALL, Size, cut, tag, text, width
from hanze.web.drawing.words import Words

MOST = 5
"""Classes; a person tells no more shades from each other."""

_CORNERS = {1: 0, 2: 3, 3: 4, 4: 6, 5: 5}
"""Of the shape of each shade; none is a circle. Who has no value has a cross."""

_RADIUS = {1: 5.0, 2: 7.0, 3: 7.5, 4: 7.5, 5: 9.0}

LARGEST = 9.0
ROW = 24.0
_GAP, _SWATCH = 16.0, 22.0


class Classes(Struct, frozen=True):
    """From low to high: where each but the first begins, and what each is called."""

    breaks: tuple[float, ...]
    names: tuple[str, ...]

    def shade(self, value: float) -> int:
        """1 for the lowest to 5 for the highest."""
        return self._spread(bisect_right(self.breaks, value))

    @property
    def shades(self) -> list[int]:
        """Of all classes, the lowest first."""
        return [self._spread(number) for number in range(len(self.names))]

    def _spread(self, number: int) -> int:
        return 1 + round(number * (MOST - 1) / (len(self.names) - 1)) if len(self.names) > 1 else 3


def classes(values: Sequence[float], words: Words) -> Classes:
    """At most five classes between round numbers, for one value and more."""
    low, high = min(values), max(values)
    ruler = marks(low, high, MOST)
    # The first mark is not above the lowest value, but for what a float can tell beside the highest.
    breaks = tuple(value for value in ruler.values[1:] if low < value <= high)
    if not breaks:
        return Classes((), (words.number(low),))
    if len(breaks) == MOST:
        # The highest value is a round number itself; it belongs to the class below.
        breaks = breaks[:-1]
    written = words.numbers(breaks, ruler.step)
    between = (f"{one} \u2013 {other}" for one, other in pairwise(written))
    return Classes(breaks, (words.under.format(written[0]), *between, words.at_least.format(written[-1])))


def mark(shade: int, x: float, y: float, title: str = "") -> str:
    """The sign of a shade for a point, 0 for no value."""
    inside = (tag("title", title),) if title else ()
    return tag("path", *inside, d=_outline(shade, x, y), class_=f"value value-{shade}")


class Legend(Struct, frozen=True):
    """What the values are, and which signs for them stand on the map."""

    classes: Classes
    what: str
    points: bool
    areas: bool
    unknown: bool
    """Some have no value."""
    hatch: str
    """The id of the pattern for areas without."""

    def height(self, size: Size, words: Words) -> float:
        """Pixels that the legend takes."""
        return self._items(0.0, size, words)[-1][3] + ROW

    def draw(self, top: float, size: Size, words: Words) -> str:
        """Each class with its signs, in rows as wide as the picture."""
        made = [text(cut(self.what, size.width), 0, top + SMALL + 2, class_="legend")] if self.what else []
        for shade, name, x, y in self._items(top, size, words):
            if self.areas:
                box = {"x": x + 1, "y": y + 4, "width": _SWATCH - 4, "height": ROW - 8}
                made.append(tag("rect", **box, **self.ground(shade)))
            if self.points:
                made.append(mark(shade, x + self._signs - _SWATCH / 2, y + ROW / 2))
            made.append(text(name, x + self._signs + 4, y + ROW / 2 + SMALL / 3, class_="legend"))
        return "".join(made)

    def ground(self, shade: int) -> dict[str, str]:
        """What an element becomes an area of a shade by, 0 for no value."""
        return {"class_": f"area-{shade}"} if shade else {"class_": "area-0", "fill": f"url(#{self.hatch})"}

    def pattern(self) -> str:
        """The hatching of areas without a value."""
        if not (self.areas and self.unknown):
            return ""
        line = tag("path", d="M0 0V8", class_="hatch")
        return tag(
            "pattern",
            line,
            id=self.hatch,
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )

    @property
    def _signs(self) -> float:
        return _SWATCH * (self.points + self.areas)

    def _items(self, top: float, size: Size, words: Words) -> list[tuple[int, str, float, float]]:
        """Shade, name and place of each class."""
        made: list[tuple[int, str, float, float]] = []
        x, y = 0.0, top + (ROW if self.what else 0.0)
        named = [*zip(self.classes.shades, self.classes.names, strict=True), *([(0, words.no_data)] * self.unknown)]
        for shade, name in named:
            wide = self._signs + 4 + width(name)
            if x and x + wide > size.width:
                x, y = 0.0, y + ROW
            made.append((shade, name, x, y))
            x += wide + _GAP
        return made


def _outline(shade: int, x: float, y: float) -> str:
    if not shade:
        return f"M{x - 4:.1f} {y - 4:.1f}l8 8m-8 0l8 -8"
    corners, radius = _CORNERS[shade], _RADIUS[shade]
    if not corners:
        half = f"a{radius:.1f} {radius:.1f} 0 1 0"
        return f"M{x - radius:.1f} {y:.1f}{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0Z"
    if shade == MOST:
        return _star(x, y, radius)
    # A square stands on its side, all others on a corner or a side as they come.
    turn = math.pi / 4 if corners == 4 else 0.0
    return _ring([(radius, turn + 2 * math.pi * number / corners) for number in range(corners)], x, y)


def _star(x: float, y: float, radius: float) -> str:
    return _ring([(radius if number % 2 == 0 else radius * 0.55, math.pi * number / 5) for number in range(10)], x, y)


def _ring(corners: Sequence[tuple[float, float]], x: float, y: float) -> str:
    return (
        "M" + "L".join(f"{x + far * math.sin(turn):.1f} {y - far * math.cos(turn):.1f}" for far, turn in corners) + "Z"
    )
