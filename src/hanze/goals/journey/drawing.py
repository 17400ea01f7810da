# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a goal on one line of time as SVG: what was, what is likely, what was promised, and what was done for it.

Up to a while after now the line is as long as what is known needs; behind a fold the years of the promises follow, which are far
away. Both have their own scale, and the fold is drawn.
"""

from collections.abc import Sequence
from datetime import tzinfo
from itertools import pairwise

from msgspec import Struct

from hanze.web.drawing import axes
from hanze.web.drawing.axes import Frame
from hanze.web.drawing.scale import Marks, Scale, marks
from hanze.web.drawing.svg import BOLD, LARGE, SMALL, Size, cut, picture, tag, text, width
from hanze.web.drawing.times import DAY, local
from hanze.web.drawing.words import Words

PHONE, WIDE = Size(358, 520), Size(1216, 560)

LANE = 46.0
"""Pixels of a lane below the plot."""

FOLD = 0.62
"""The part of the width in which lies what is known."""

DOT = 11.0
"""Pixels: the radius of a numbered happening."""

Point = tuple[int, float]
"""Microseconds since 1970, and a value."""


class Fan(Struct, frozen=True):
    """A forecast: edges by moments, all equally long. `start`: the value from which it goes on."""

    start: Point
    moments: Sequence[int]
    lowest: Sequence[float]
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]
    highest: Sequence[float]


class Happening(Struct, frozen=True):
    """Something at a moment; `number`: by which a list in the page names it."""

    at: int
    number: str


class Lane(Struct, frozen=True):
    """Happenings of one kind; `empty` is said where there is none."""

    name: str
    happenings: Sequence[Happening]
    empty: str


class Line(Struct, frozen=True):
    """All that is drawn. `title` is heard, not seen, and `told` as well; `what`: what the values are; `fold`, `today`: words at
    these places.
    `course`: values in order, `earlier`: forecasts made before, the oldest first. `targets`: by their moments; `was`: those that
    no longer count. `limit`: a value and its label where the city promised nothing."""

    title: str
    told: str
    what: str
    fold: str
    today: str
    now: int
    course: Sequence[Point]
    fan: Fan | None
    earlier: Sequence[Fan]
    targets: Sequence[Point]
    was: Sequence[Point]
    limit: tuple[float, str] | None
    lanes: Sequence[Lane]


class _Ground(Struct, frozen=True):
    """Where things lie. `known`: the plot up to the fold, `far`: the scale behind it, None where nothing is promised."""

    known: Frame
    far: Scale | None
    near: int

    def x(self, moment: float) -> float:
        if self.far is not None and moment > self.near:
            return float(self.far.at(moment))
        return float(self.known.x.at(moment))

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x(point[0]), float(self.known.y.at(point[1]))


def draw(line: Line, size: Size, words: Words, zone: tzinfo, name: str = "journey") -> str:
    """The line as an SVG element. `name` becomes its id, and must be the only one in the page."""
    plot = Size(size.width, size.height - LANE * len(line.lanes))
    ruler = _ruler(line, plot)
    written = words.numbers(ruler.values, ruler.step)
    ground = _ground(line, plot, ruler, written)
    body = [_grid(ground, ruler, written, line, plot), _times(ground, line, plot, words, zone)]
    body += [_old(ground, one) for one in line.earlier]
    body.append(_limit(ground, line, plot))
    if line.fan is not None:
        body.append(_fan(ground, line.fan))
    body += [_needed(ground, line), _course(ground, line), _targets(ground, line, words)]
    body += [_lane(ground, lane, plot.height + number * LANE, size) for number, lane in enumerate(line.lanes)]
    return picture(
        size, "".join(body), name=name, kind="drawing-journey", title=line.title, told=line.told, lang=words.code
    )


def _ruler(line: Line, plot: Size) -> Marks:
    values = [value for _, value in (*line.course, *line.targets, *line.was)]
    values += [edge for one in _fans(line) for edge in (*one.lowest, *one.highest)]
    values += [line.limit[0]] if line.limit else []
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 < low < high / 2 or 0 < low == high:
        low = 0.0
    return marks(low, high, axes.steps(plot))


def _fans(line: Line) -> list[Fan]:
    return [*line.earlier, *([line.fan] if line.fan else ())]


def _ground(line: Line, plot: Size, ruler: Marks, written: Sequence[str]) -> _Ground:
    begin, near = _span(line)
    far = max((moment for moment, _ in (*line.targets, *line.was)), default=near)
    folded = far > near
    left = min(max(map(width, written), default=0.0) + axes.GAP, plot.width / 2)
    room = Size(left + (plot.width - left) * FOLD if folded else plot.width, plot.height)
    known = axes.frame(room, ruler, written, begin, near)
    return _Ground(known, Scale(near, far, room.width, plot.width - 3 * axes.GAP) if folded else None, near)


def _span(line: Line) -> tuple[int, int]:
    """From the first thing that is known to a little after the last one."""
    moments = [line.now, *(moment for moment, _ in line.course)]
    moments += [one.at for lane in line.lanes for one in lane.happenings]
    moments += [moment for one in _fans(line) for moment in one.moments]
    begin, end = min(moments), max(moments)
    return (begin, end + (end - begin) // 20) if end - begin > DAY else (end - 30 * DAY, end + DAY)


def _grid(ground: _Ground, ruler: Marks, written: Sequence[str], line: Line, plot: Size) -> str:
    frame = ground.known
    made = [text(cut(line.what, plot.width, SMALL), 0, SMALL, class_="unit")]
    right = frame.plot.right if ground.far is None else plot.width - axes.RIGHT
    for value, said in zip(ruler.values, written, strict=True):
        y = frame.y.at(value)
        made.append(tag("path", d=f"M{frame.plot.left:.1f} {y:.1f}H{right:.1f}", class_="grid"))
        made.append(text(said, frame.plot.left - axes.GAP, y + SMALL / 3, class_="mark", text_anchor="end"))
    return "".join(made)


def _times(ground: _Ground, line: Line, plot: Size, words: Words, zone: tzinfo) -> str:
    """The marks of the known part, the fold, and the years of the promises behind it."""
    frame = ground.known
    room = Size(frame.plot.right + axes.RIGHT, plot.height)
    begin = int(frame.x.low)
    made = [axes.moments(frame, begin, ground.near, zone, words, room)]
    now = ground.x(line.now)
    made.append(tag("path", d=f"M{now:.1f} {frame.plot.top:.1f}V{frame.plot.bottom:.1f}", class_="axis"))
    made.append(text(line.today, now, frame.plot.top - 6, class_="mark", text_anchor="middle"))
    if ground.far is None:
        return "".join(made)
    fold, bottom = ground.x(ground.near), frame.plot.bottom
    made.append(tag("path", d=f"M{fold:.1f} {frame.plot.top:.1f}V{bottom:.1f}", class_="fold"))
    made.append(tag("path", d=f"M{fold:.1f} {bottom:.1f}H{plot.width - axes.RIGHT:.1f}", class_="fold"))
    label = cut(line.fold, plot.width, SMALL)
    made.append(text(label, plot.width - axes.RIGHT, bottom + 10 + 2 * LARGE, class_="mark", text_anchor="end"))
    free = fold
    for year, x in sorted({(local(moment, zone).year, ground.x(moment)) for moment, _ in (*line.targets, *line.was)}):
        if x - width(str(year)) / 2 >= free:
            made.append(tag("path", d=f"M{x:.1f} {bottom:.1f}v6", class_="axis"))
            made.append(text(str(year), x, bottom + 6 + LARGE, class_="mark", text_anchor="middle"))
            free = x + width(str(year)) / 2 + axes.GAP
    return "".join(made)


def _words_at(words: str, x: float, y: float, room: float) -> str:
    return text(cut(words, room, SMALL), x, y, class_="mark")


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _ring(ground: _Ground, fan: Fan, low: Sequence[float], high: Sequence[float]) -> str:
    above = [fan.start, *zip(fan.moments, high, strict=True)]
    below = [fan.start, *zip(fan.moments, low, strict=True)]
    return _path([ground.at(one) for one in (*above, *below[::-1])]) + "Z"


def _fan(ground: _Ground, fan: Fan) -> str:
    middle = [ground.at(one) for one in (fan.start, *zip(fan.moments, fan.middle, strict=True))]
    return "".join(
        (
            tag("path", d=_ring(ground, fan, fan.lowest, fan.highest), class_="band"),
            tag("path", d=_ring(ground, fan, fan.low, fan.high), class_="band"),
            tag("path", d=_path(middle), class_="likely"),
        )
    )


def _old(ground: _Ground, fan: Fan) -> str:
    """A forecast of before, quiet, so that what came is seen in it."""
    return tag("path", d=_ring(ground, fan, fan.lowest, fan.highest), class_="old-fan")


def _course(ground: _Ground, line: Line) -> str:
    places = [ground.at(one) for one in line.course]
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places) if len(places) <= 40 else ""
    made = tag("path", d=_path(places), class_="line") if len(places) > 1 else ""
    return made + (tag("path", d=dots, class_="dots") if dots else "")


def _needed(ground: _Ground, line: Line) -> str:
    """From where the city is to what it promised, as straight as it can be; through the fold."""
    if not line.course or not line.targets:
        return ""
    way: list[tuple[float, float]] = []
    for one, other in pairwise([line.course[-1], *line.targets]):
        way.append(ground.at(one))
        if one[0] < ground.near < other[0]:
            part = (ground.near - one[0]) / (other[0] - one[0])
            way.append(ground.at((ground.near, one[1] + part * (other[1] - one[1]))))
    way.append(ground.at(line.targets[-1]))
    return tag("path", d=_path(way), class_="needed")


def _targets(ground: _Ground, line: Line, words: Words) -> str:
    made = [tag("circle", cx=x, cy=y, r=4, class_="was-target") for x, y in map(ground.at, line.was)]
    for point in line.targets:
        x, y = ground.at(point)
        made.append(tag("circle", cx=x, cy=y, r=6, class_="target"))
        above = y - 2 * LARGE > ground.known.plot.top
        where = y - LARGE + 4 if above else y + 2 * LARGE - 6
        made.append(text(words.number(point[1]), x, where, class_="label-target", text_anchor="middle"))
    return "".join(made)


def _limit(ground: _Ground, line: Line, plot: Size) -> str:
    if line.limit is None:
        return ""
    frame, (value, label) = ground.known.plot, line.limit
    y, right = float(ground.known.y.at(value)), plot.width - axes.RIGHT
    words = cut(label, right - frame.left - 2 * axes.GAP, BOLD)
    where = y + LARGE if y - LARGE < frame.top else y - 6
    rule = tag("path", d=f"M{frame.left:.1f} {y:.1f}H{right:.1f}", class_="limit")
    return rule + text(words, frame.left + axes.GAP, where, class_="label-limit")


def _lane(ground: _Ground, lane: Lane, top: float, size: Size) -> str:
    """Its name, a rule through time, and a number for each happening; what falls together is told at one place."""
    rule = top + LANE - DOT - 3
    left = ground.known.plot.left
    made = [text(lane.name, 0, top + SMALL, class_="label-lane")]
    made.append(tag("path", d=f"M{left:.1f} {rule:.1f}H{size.width - axes.RIGHT:.1f}", class_="grid"))
    if not lane.happenings:
        made.append(_words_at(lane.empty, width(lane.name, BOLD) + 2 * axes.GAP, top + SMALL, size.width))
    free = 0.0
    for one in sorted(lane.happenings, key=lambda one: one.at):
        x = max(ground.x(one.at), free)
        made.append(tag("circle", cx=x, cy=rule, r=DOT, class_="happening"))
        made.append(text(one.number, x, rule + SMALL / 3, class_="happening-number", text_anchor="middle"))
        free = x + 2 * DOT + 2
    return "".join(made)
