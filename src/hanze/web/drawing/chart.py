# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A line through time as SVG: mean, band from lowest to highest, limits, and gaps that stay gaps."""

from datetime import tzinfo
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec import Struct

from hanze.web.drawing import axes
from hanze.web.drawing.axes import Frame
from hanze.web.drawing.rows import told
from hanze.web.drawing.scale import marks
from hanze.web.drawing.svg import BOLD, LARGE, SMALL, Box, Size, cut, picture, tag, text, width
from hanze.web.drawing.thin import Columns
from hanze.web.drawing.times import HOUR
from hanze.web.drawing.words import Words, measure

PHONE, WIDE = Size(358, 300), Size(1216, 420)
"""What a page has room for on screens of 390 and 1280 pixels."""

NARROWEST = 3.0
"""Pixels of a gap that is shaded too."""

DOTS = 40
"""Up to so many columns each is a dot as well."""


class Limit(Struct, frozen=True):
    """A value not to be passed, or to be reached, and what it is called."""

    value: float
    label: str


class About(Struct, frozen=True):
    """What a chart is about. `title` is heard, not seen: a page has its own. `start` and `end`: microseconds since 1970 of the
    period that is shown at least; else that of the data."""

    title: str
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    start: int | None = None
    end: int | None = None


def columns(size: Size) -> int:
    """How many columns a chart of this size shows well: one for three pixels."""
    return max(1, int(size.width / 3))


def draw(shown: Columns, about: About, size: Size, words: Words, zone: tzinfo, name: str = "chart") -> str:
    """The chart as an SVG element. `name` becomes its id, and must be the only one in the page."""
    body = _body(shown, about, size, words, zone) if len(shown) else _nothing(size, words)
    said = told(shown, about.unit, words, zone)
    for limit in about.limits:
        said += " " + words.limit.format(limit.label, measure(words.number(limit.value), about.unit))
    return picture(size, body, name=name, kind="drawing-chart", title=about.title, told=said, lang=words.code)


def _nothing(size: Size, words: Words) -> str:
    """A frame that says that there is nothing to show."""
    frame = tag("rect", x=0.5, y=0.5, width=size.width - 1, height=size.height - 1, rx=4, class_="empty")
    wide = cut(words.nothing, size.width - 2 * axes.GAP, LARGE)
    return frame + text(wide, size.width / 2, size.height / 2, class_="said", text_anchor="middle")


def _body(shown: Columns, about: About, size: Size, words: Words, zone: tzinfo) -> str:
    low, high = float(shown.low.min()), float(shown.high.max())
    lines = [limit.value for limit in about.limits]
    low, high = min(low, *lines, low), max(high, *lines, high)
    if 0 < low < high / 2 or 0 < low == high:
        # An axis from zero tells how much there is; where all values are close together, how they differ matters more.
        low = 0.0
    ruler = marks(low, high, axes.steps(size))
    written = words.numbers(ruler.values, ruler.step)
    start, end = _period(shown, about)
    frame = axes.frame(size, ruler, written, start, end)
    made = [_gaps(shown, about, frame, words), axes.values(frame, ruler, written, about.unit, size)]
    made += [axes.moments(frame, start, end, zone, words, size), _band(shown, frame), _line(shown, frame)]
    labels: list[Box] = []
    made += (_limit(limit, shown, frame, labels) for limit in about.limits)
    return "".join(made)


def _period(shown: Columns, about: About) -> tuple[int, int]:
    """From when to when the chart goes; around a single moment an hour on both sides."""
    start, end = int(shown.first[0]), int(shown.last[-1])
    start = start if about.start is None else min(start, about.start)
    end = end if about.end is None else max(end, about.end)
    return (start, end) if start < end else (start - HOUR, end + HOUR)


def _places(shown: Columns, frame: Frame, values: Any) -> list[str]:
    """Coordinates of one value a column."""
    return [f"{x:.1f} {y:.1f}" for x, y in zip(frame.x.at(shown.middle), frame.y.at(values), strict=True)]


def _runs(shown: Columns) -> list[tuple[int, int]]:
    """From which column to before which one there is no gap."""
    edges = [0, *map(int, np.flatnonzero(shown.after_gap)), len(shown)]
    return [(one, other) for one, other in pairwise(edges) if one < other]


def _gaps(shown: Columns, about: About, frame: Frame, words: Words) -> str:
    """A quiet ground where nothing was measured, said in words where these fit, away from the limit and its label."""
    made: list[str] = []
    plot = frame.plot
    low = any(frame.y.at(limit.value) > plot.bottom - 4 * LARGE for limit in about.limits)
    y = plot.top + 2 * LARGE if low else plot.bottom - axes.GAP
    for number in map(int, np.flatnonzero(shown.after_gap)):
        left, right = frame.x.at(float(shown.last[number - 1])), frame.x.at(float(shown.first[number]))
        if right - left < NARROWEST:
            continue
        made.append(tag("rect", x=left, y=plot.top, width=right - left, height=plot.bottom - plot.top, class_="gap"))
        if right - left > width(words.no_data) + 2 * axes.GAP:
            made.append(text(words.no_data, (left + right) / 2, y, class_="mark", text_anchor="middle"))
    return "".join(made)


def _band(shown: Columns, frame: Frame) -> str:
    """From lowest to highest, where a column has more than one value."""
    if not (shown.low < shown.high).any():
        return ""
    above, below = _places(shown, frame, shown.high), _places(shown, frame, shown.low)
    rings = (above[one:other] + below[one:other][::-1] for one, other in _runs(shown))
    return tag("path", d="".join(f"M{'L'.join(ring)}Z" for ring in rings), class_="band")


def _line(shown: Columns, frame: Frame) -> str:
    """The mean, and dots where a line would not be seen or there are few."""
    places, runs = _places(shown, frame, shown.mean), _runs(shown)
    line = "".join(f"M{'L'.join(places[one:other])}" for one, other in runs if other - one > 1)
    dotted = range(len(places)) if len(places) <= DOTS else [one for one, other in runs if other - one == 1]
    # A line of no length with round ends is a dot.
    dots = "".join(f"M{places[number]}h0" for number in dotted)
    return (tag("path", d=line, class_="line") if line else "") + (tag("path", d=dots, class_="dots") if dots else "")


def _limit(limit: Limit, shown: Columns, frame: Frame, labels: list[Box]) -> str:
    """The limit across the plot; its label stands where it hides least of the data and none of the `labels`, which it joins."""
    plot, y = frame.plot, frame.y.at(limit.value)
    words = cut(limit.label, plot.right - plot.left - 2 * axes.GAP, BOLD)
    wide = width(words, BOLD)
    boxes = [
        Box(left, top, left + wide, top + LARGE)
        for top in (y - LARGE - 4, y + 4)
        for left in (plot.right - axes.GAP - wide, plot.left + axes.GAP)
    ]
    x, above, below = frame.x.at(shown.middle), frame.y.at(shown.high), frame.y.at(shown.low)

    def hidden(box: Box) -> float:
        over = (x > box.left - 4) & (x < box.right + 4) & (above < box.bottom) & (below > box.top)
        free = plot.holds(box) and not any(box.meets(other) for other in labels)
        return float(np.count_nonzero(over)) if free else np.inf

    best = min(boxes, key=hidden)
    labels.append(best)
    return tag("path", d=f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}", class_="limit") + text(
        words, best.left, best.top + SMALL, class_="label-limit"
    )
