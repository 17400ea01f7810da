# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outcome of a trial as a picture: where it is tried and what it is compared with, period by period, and when it began."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import pairwise

from msgspec import Struct

from hanze.web.drawing import axes
from hanze.web.drawing.axes import Frame
from hanze.web.drawing.scale import marks
from hanze.web.drawing.svg import BOLD, LARGE, SMALL, Box, Size, cut, picture, tag, text, width
from hanze.web.drawing.times import DAY
from hanze.web.drawing.words import Words

PHONE, WIDE = Size(358, 320), Size(1216, 420)

GAP = 3.5
"""So many usual steps without a value are a gap."""

FEW = 24
"""Up to so many values each is a dot as well."""

Point = tuple[int, float]
"""Microseconds since 1970, and a value."""

Place = tuple[float, float]
"""The same in pixels."""


class Mark(Struct, frozen=True):
    """Something that happened at a moment, in a few words."""

    at: int
    label: str


class Lines(Struct, frozen=True):
    """`title` is heard, not seen, and `told` too; `what`: what the values are. `treated` and `compared`: in order of time, with
    their `names`; `marks`: such as the first day; `end`: the picture goes at least until then."""

    title: str
    told: str
    what: str
    treated: Sequence[Point]
    compared: Sequence[Point]
    names: tuple[str, str]
    marks: Sequence[Mark]
    end: int


def draw(lines: Lines, size: Size, words: Words, zone: tzinfo, name: str = "trial") -> str:
    """The picture as an SVG element. `name` becomes its id, and must be the only one in the page."""
    points = [*lines.treated, *lines.compared]
    if not points:
        said = cut(words.nothing, size.width - 2 * axes.GAP, LARGE)
        body = tag("rect", x=0.5, y=0.5, width=size.width - 1, height=size.height - 1, rx=4, class_="empty")
        body += text(said, size.width / 2, size.height / 2, class_="said", text_anchor="middle")
        return picture(size, body, name=name, kind="drawing-trial", title=lines.title, told=lines.told, lang=words.code)
    return picture(
        size, _body(lines, points, size, words, zone), name=name, kind="drawing-trial", title=lines.title, told=lines.told,
        lang=words.code,
    )  # fmt: skip


def _body(lines: Lines, points: Sequence[Point], size: Size, words: Words, zone: tzinfo) -> str:
    values = [value for _, value in points]
    low, high = min(values), max(values)
    low = 0.0 if 0 < low < high / 2 or 0 < low == high else low
    ruler = marks(low, high, axes.steps(size))
    written = words.numbers(ruler.values, ruler.step)
    start, end = min(moment for moment, _ in points), max(lines.end, *(moment for moment, _ in points))
    start, end = (start, end) if start < end else (start - DAY, end + DAY)
    frame = axes.frame(size, ruler, written, start, end)
    made = [axes.values(frame, ruler, written, lines.what, size), axes.moments(frame, start, end, zone, words, size)]
    labels = _Labels(frame.plot)
    # The names stand at the ends of their lines; what happened may be told at any height.
    names = _names(lines, frame, labels)
    made += [_mark(one, frame, labels) for one in lines.marks if start <= one.at <= end]
    made += [_course(lines.compared, frame, "needed"), _course(lines.treated, frame, "line")]
    return "".join([*made, names])


def _course(points: Sequence[Point], frame: Frame, kind: str) -> str:
    """A line that is broken where nothing is known; with dots where there are few, hollow for what it is compared with."""
    if not points:
        return ""
    usual = sorted(other[0] - one[0] for one, other in pairwise(points))
    longest = GAP * usual[len(usual) // 2] if usual else 0
    places = [(float(frame.x.at(moment)), float(frame.y.at(value))) for moment, value in points]
    parts = ["M{:.1f} {:.1f}".format(*places[0])]
    for (one, other), there in zip(pairwise(points), places[1:], strict=True):
        parts.append(("M" if other[0] - one[0] > longest else "L") + "{:.1f} {:.1f}".format(*there))
    made = tag("path", d="".join(parts), class_=kind)
    if len(points) <= FEW:
        dot = "spot" if kind == "line" else "was-target"
        made += "".join(tag("circle", cx=x, cy=y, r=4, class_=dot) for x, y in places)
    return made


class _Labels:
    """The places of the labels that stand in the picture, so that no two lie over each other."""

    def __init__(self, plot: Box) -> None:
        self._plot, self._taken = plot, list[Box]()

    def put(self, places: Iterable[Box], crossed: Callable[[Box], int]) -> Box:
        """The place that no label has, within the plot where it can be, with least behind it (`crossed`); the first of equals."""
        several = list(places)
        free = [one for one in several if not any(one.meets(other) for other in self._taken)]
        within = [one for one in free if self._plot.holds(one)] or free or several
        self._taken.append(min(within, key=crossed))
        return self._taken[-1]


def _mark(one: Mark, frame: Frame, labels: _Labels) -> str:
    """A line from top to bottom, with its label beside it at the top; a line lower where another label stands."""
    plot, x = frame.plot, float(frame.x.at(one.at))
    label = cut(one.label, plot.right - plot.left - 2 * axes.GAP, BOLD)
    wide = width(label, BOLD)
    left = max(x + 6 if x + 6 + wide <= plot.right else x - 6 - wide, plot.left)
    place = labels.put((Box(left, top, left + wide, top + LARGE) for top in _down(plot)), lambda box: 0)
    rule = tag("path", d=f"M{x:.1f} {plot.top:.1f}V{plot.bottom:.1f}", class_="limit")
    return rule + text(label, place.left, place.top + SMALL, class_="label-limit")


def _down(plot: Box) -> Iterator[float]:
    """The tops of the lines of text that a plot has room for."""
    for number in range(max(1, int((plot.bottom - plot.top) // LARGE))):
        yield plot.top + number * LARGE


def _names(lines: Lines, frame: Frame, labels: _Labels) -> str:
    """What each line is, above or below its end where nothing is in the way; the page says it too."""
    places = [
        [(float(frame.x.at(one)), float(frame.y.at(two))) for one, two in each]
        for each in (lines.treated, lines.compared)
    ]
    made: list[str] = []
    for own, other, name in zip(places, places[::-1], lines.names, strict=True):
        if own and name:
            label = cut(name, (frame.plot.right - frame.plot.left) / 2, BOLD)
            made.append(_name(label, own, other, frame.plot, labels))
    return "".join(made)


def _name(label: str, own: Sequence[Place], other: Sequence[Place], plot: Box, labels: _Labels) -> str:
    wide = width(label, BOLD)
    right = max(own[-1][0], plot.left + wide)
    under = [y for x, y in own if x >= right - wide - 4]
    beside = [min(under) - LARGE - 6, max(under) + 6]
    # Further away only where labels stand in both.
    more = [beside[0] - number * LARGE for number in (1, 2)] + [beside[1] + number * LARGE for number in (1, 2)]

    def crossed(box: Box) -> int:
        wider = box.wider(4)
        behind = sum(wider.left <= x <= wider.right and wider.top <= y <= wider.bottom for x, y in other)
        return behind + len(other) * (box.top not in beside)

    best = labels.put((Box(right - wide, top, right, top + LARGE) for top in (*beside, *more)), crossed)
    return text(label, right, best.top + SMALL, class_="label-place strong", text_anchor="end")
