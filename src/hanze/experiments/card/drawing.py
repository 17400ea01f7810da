# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was observed against what was expected without the measure, as SVG: two lines, a band, and where the measure begins."""

import math
from collections.abc import Sequence
from datetime import UTC
from itertools import groupby, pairwise

from msgspec import Struct

from hanze.errors import mark as _
from hanze.experiments.card.card import Card
from hanze.experiments.evaluate.finding import Point
from hanze.experiments.evaluate.moments import told_moment
from hanze.experiments.evaluate.table import moment
from hanze.web.drawing import axes
from hanze.web.drawing.axes import Frame
from hanze.web.drawing.scale import Marks, marks
from hanze.web.drawing.svg import LARGE, SMALL, Size, picture, tag, text, width
from hanze.web.drawing.times import DAY
from hanze.web.language import Language

PHONE, WIDE = Size(358, 320), Size(1216, 440)

_Place = tuple[float, float]


class _Dot(Struct, frozen=True):
    """One column of pixels: its place in time, and means of what is there."""

    at: float
    observed: float | None
    expected: float | None
    low: float | None
    high: float | None


def draw(card: Card, size: Size, language: Language, name: str) -> str:
    """The picture; empty where the design has no line. `name` becomes its id."""
    if len(card.line) < 2:
        return ""
    at, dated = _moments(card.line)
    dots = _thin(card.line, at, int(size.width / 3))
    ruler = _ruler(dots, size)
    written = language.words.numbers(ruler.values, ruler.step)
    frame = axes.frame(size, ruler, written, int(at[0]), int(at[-1]))
    signs, left = _signs(language, size)
    # Where there is no room beside the signs, the text by the picture says what was measured.
    unit = card.outcome if width(card.outcome) <= left - axes.GAP else ""
    body = [axes.values(frame, ruler, written, unit, size), _times(frame, at, dated, size, language)]
    body += [_band(frame, dots), _path(frame, [(one.at, one.expected) for one in dots], "needed")]
    body += [_path(frame, [(one.at, one.observed) for one in dots], "line"), _begin(frame, at[card.start])]
    body.append(signs)
    return picture(
        size, "".join(body), name=name, kind="drawing-card", title=language.say(_("Observed, and expected without the measure")),
        told=_told(card, language), lang=language.code,
    )  # fmt: skip


def _moments(line: Sequence[Point]) -> tuple[list[float], bool]:
    """Places on the axis: microseconds where they are dates, else numbers, enlarged so that whole ones lie apart."""
    found = [moment(one.time) for one in line]
    known = [one for one in found if one is not None]
    if len(known) < len(line):
        return [1000.0 * place for place in range(len(line))], False
    dated = all(one[1] for one in known)
    return [one[0] * (DAY if dated else 1000.0) for one in known], dated


def _thin(line: Sequence[Point], at: Sequence[float], most: int) -> list[_Dot]:
    parts = min(most, len(line))
    ends = [place * len(line) // parts for place in range(parts + 1)]
    return [_dot(line[one:other], at[one:other]) for one, other in pairwise(ends)]


def _dot(line: Sequence[Point], at: Sequence[float]) -> _Dot:
    def mean(values: Sequence[float | None]) -> float | None:
        known = [one for one in values if one is not None and math.isfinite(one)]
        return sum(known) / len(known) if known else None

    return _Dot(
        sum(at) / len(at), mean([one.observed for one in line]), mean([one.expected for one in line]),
        mean([one.low for one in line]), mean([one.high for one in line]),
    )  # fmt: skip


def _ruler(dots: Sequence[_Dot], size: Size) -> Marks:
    known = [value for one in dots for value in (one.observed, one.expected, one.low, one.high) if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if 0 < low < high / 2:
        low = 0.0
    return marks(low, high, axes.steps(size))


def _times(frame: Frame, at: Sequence[float], dated: bool, size: Size, language: Language) -> str:
    if dated:
        return axes.moments(frame, int(at[0]), int(at[-1]), UTC, language.words, size)
    plot = frame.plot
    ruler = marks(at[0] / 1000, at[-1] / 1000, max(2, int((plot.right - plot.left) / 80)))
    made = [tag("path", d=f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}", class_="axis")]
    for value in ruler.values:
        x = float(frame.x.at(value * 1000))
        # A year is a number as well, and no one writes it with a comma.
        words = f"{value:g}"
        if plot.left <= x <= plot.right - width(words) / 2 + axes.RIGHT:
            made.append(tag("path", d=f"M{x:.1f} {plot.bottom:.1f}v6", class_="axis"))
            made.append(text(words, x, plot.bottom + 6 + LARGE, class_="mark", text_anchor="middle"))
    return "".join(made)


def _runs(frame: Frame, points: Sequence[tuple[float, float | None]]) -> list[list[_Place]]:
    """Places without gaps."""
    found = []
    for there, part in groupby(points, key=lambda one: one[1] is not None):
        if there:
            found.append([(float(frame.x.at(x)), float(frame.y.at(y))) for x, y in part if y is not None])
    return found


def _path(frame: Frame, points: Sequence[tuple[float, float | None]], kind: str) -> str:
    runs = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in _runs(frame, points)]
    return tag("path", d="".join(runs), class_=kind) if runs else ""


def _band(frame: Frame, dots: Sequence[_Dot]) -> str:
    known = [one for one in dots if one.low is not None and one.high is not None]
    low = _runs(frame, [(one.at, one.low) for one in known])
    high = _runs(frame, [(one.at, one.high) for one in known])
    rings = [above + below[::-1] for above, below in zip(high, low, strict=True)]
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    return tag("path", d=path, class_="old-fan") if path else ""


def _begin(frame: Frame, at: float) -> str:
    x = float(frame.x.at(at))
    return tag("path", d=f"M{x:.1f} {frame.plot.top:.1f}V{frame.plot.bottom:.1f}", class_="limit")


def _signs(language: Language, size: Size) -> tuple[str, float]:
    """What each line is, from the right, beside a piece of it; and where they begin."""
    right, made = size.width - axes.RIGHT, []
    for words, kind in ((_("expected"), "needed"), (_("observed"), "line"), (_("start"), "limit")):
        said = language.say(words)
        left = right - width(said)
        made.append(text(said, left, SMALL, class_="mark"))
        made.append(tag("path", d=f"M{left - 28:.1f} {SMALL - 5:.1f}h22", class_=kind))
        right = left - 28 - axes.GAP
    return "".join(made), right


def _told(card: Card, language: Language) -> str:
    """How far the two lines are apart after the start, for who hears it."""
    after = [one for one in card.line[card.start :] if one.observed is not None and one.expected is not None]
    if not after:
        return ""
    values = {
        "start": told_moment(card.line[card.start].time).said(language.say, language.words.number),
        "observed": language.words.number(sum(one.observed or 0.0 for one in after) / len(after)),
        "expected": language.words.number(sum(one.expected or 0.0 for one in after) / len(after)),
    }  # fmt: skip
    return (
        language.say(_("From %(start)s on, %(observed)s was observed on average, and %(expected)s was expected."))
        % values
    )
