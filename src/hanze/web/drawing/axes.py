# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The axes of a chart: where the plot lies in the picture, and the marks of value and time that fit beside it."""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct

from hanze.web.drawing.scale import Marks, Scale
from hanze.web.drawing.svg import LARGE, SMALL, Box, Size, cut, tag, text, width
from hanze.web.drawing.times import Tick, ticks
from hanze.web.drawing.words import Words

TOP, BOTTOM, RIGHT = 28.0, 48.0, 12.0
"""Pixels around the plot: the unit stands above it, two lines of time under it."""

GAP = 8.0
"""Pixels between what is written beside each other."""

_PER_MARK, _PER_TICK, _TICKS = 48.0, 58.0, 12


class Frame(Struct, frozen=True):
    """The plot in its picture, with a scale for both directions; `x` takes microseconds since 1970."""

    plot: Box
    x: Scale
    y: Scale


def steps(size: Size) -> int:
    """How many steps the axis of values has at most."""
    return max(2, int((size.height - TOP - BOTTOM) / _PER_MARK))


def frame(size: Size, marks: Marks, written: Sequence[str], start: int, end: int) -> Frame:
    """The plot beside marks written so, from start to end (microseconds, at least one apart)."""
    left = min(max((width(one) for one in written), default=0.0) + GAP, size.width / 2)
    plot = Box(left, TOP, size.width - RIGHT, size.height - BOTTOM)
    return Frame(
        plot, Scale(start, end, plot.left + 6, plot.right - 6), Scale(marks.low, marks.high, plot.bottom, plot.top)
    )


def values(frame: Frame, marks: Marks, written: Sequence[str], unit: str, size: Size) -> str:
    """A quiet line for each round value, the value beside it, and the unit above."""
    plot = frame.plot
    made = [text(cut(unit, size.width, SMALL), 0, SMALL, class_="unit")] if unit else []
    for value, words in zip(marks.values, written, strict=True):
        y = frame.y.at(value)
        made.append(tag("path", d=f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}", class_="grid"))
        made.append(text(words, plot.left - GAP, y + SMALL / 3, class_="mark", text_anchor="end"))
    return "".join(made)


def moments(frame: Frame, start: int, end: int, zone: tzinfo, words: Words, size: Size) -> str:
    """A mark for each round time, what it is called, and under it the day or year that begins there."""
    plot = frame.plot
    found = ticks(start, end, min(_TICKS, int((plot.right - plot.left) / _PER_TICK)), zone, words)
    places = [frame.x.at(tick.moment) for tick in found]
    made = [tag("path", d=f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}", class_="axis")]
    made += [tag("path", d=f"M{x:.1f} {plot.bottom:.1f}v6", class_="axis") for x in places]
    made += _row([(x, tick.label) for x, tick in zip(places, found, strict=True)], plot.bottom + 6 + LARGE, size)
    made += _row(_changes(places, found), plot.bottom + 6 + 2 * LARGE + 4, size)
    return "".join(made)


def _changes(places: Sequence[float], found: Sequence[Tick]) -> list[tuple[float, str]]:
    """What stands under the marks; the first gives way to a second that is near, since that says where it begins."""
    under = [(x, tick.under) for x, tick in zip(places, found, strict=True) if tick.under]
    if len(under) > 1 and under[1][0] - under[0][0] < (width(under[0][1]) + width(under[1][1])) / 2 + GAP:
        del under[0]
    return under


def _row(labels: Sequence[tuple[float, str]], y: float, size: Size) -> list[str]:
    """Words around their places, moved inwards at the edges of the picture; what would touch the one before is left out."""
    made: list[str] = []
    free = 0.0
    for x, words in labels:
        wide = width(words)
        left = min(max(x - wide / 2, 0.0), size.width - wide)
        if left >= free:
            made.append(text(words, left + wide / 2, y, class_="mark", text_anchor="middle"))
            free = left + wide + GAP
    return made
