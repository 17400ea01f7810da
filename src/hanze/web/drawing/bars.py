# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars that lie under each other in groups, such as one for each year and use of land; each has its number beside it."""

from collections.abc import Sequence

from msgspec import Struct

from hanze.web.drawing.rows import Table
from hanze.web.drawing.shades import MOST
from hanze.web.drawing.svg import BOLD, SMALL, Size, cut, picture, tag, text, width
from hanze.web.drawing.words import Words, measure

_ROW, _HEAD, _GAP = 20.0, 24.0, 12.0
"""Pixels of a bar with its room, of the name of a group, and between groups."""

_BESIDE = 8.0


class Group(Struct, frozen=True):
    """`values`: one for each bar, from 0 on; None where it is not known."""

    name: str
    values: Sequence[float | None]


class Bars(Struct, frozen=True):
    """`title`: heard, not seen. `names`: of the bars, the same in each group."""

    title: str
    names: Sequence[str]
    groups: Sequence[Group]
    unit: str = ""


def draw(bars: Bars, wide: float, words: Words, name: str = "bars") -> str:
    """An SVG element as high as it takes. `name` becomes its id, and must be the only one in the page."""
    high = len(bars.groups) * (_HEAD + len(bars.names) * _ROW + _GAP) - _GAP if bars.groups else _HEAD
    size = Size(wide, high)
    left = max((width(one) for one in bars.names), default=0.0) + _BESIDE
    right = (
        max((width(_said(bars, one, words)) for group in bars.groups for one in group.values), default=0.0) + _BESIDE
    )
    largest = max((one for group in bars.groups for one in group.values if one), default=1.0)
    scale = max(wide - left - right, 1.0) / largest
    body = "".join(
        _group(bars, group, number * (_HEAD + len(bars.names) * _ROW + _GAP), left, scale, wide, words)
        for number, group in enumerate(bars.groups)
    )
    return picture(
        size, body, name=name, kind="drawing-bars", title=bars.title, told=_told(bars, words), lang=words.code
    )


def _group(bars: Bars, group: Group, top: float, left: float, scale: float, wide: float, words: Words) -> str:
    made = [text(cut(group.name, wide, BOLD), 0, top + SMALL, class_="strong")]
    for number, (name, value) in enumerate(zip(bars.names, group.values, strict=True)):
        y = top + _HEAD + number * _ROW
        long = (value or 0.0) * scale
        made.append(text(name, 0, y + SMALL - 2, class_="mark"))
        if long:
            made.append(
                tag(
                    "rect",
                    x=left,
                    y=y + 1,
                    width=max(long, 1.0),
                    height=_ROW - 5,
                    class_=f"area-{_shade(number, bars)}",
                )
            )
        made.append(text(_said(bars, value, words), left + long + _BESIDE, y + SMALL - 2))
    return "".join(made)


def _shade(number: int, bars: Bars) -> int:
    """The last bar is the darkest."""
    return MOST - min(2 * (len(bars.names) - 1 - number), MOST - 1)


def _said(bars: Bars, value: float | None, words: Words) -> str:
    return words.no_data if value is None else measure(words.number(value), bars.unit)


def _told(bars: Bars, words: Words) -> str:
    return " ".join(
        f"{group.name}: "
        + ", ".join(f"{name} {_said(bars, value, words)}" for name, value in zip(bars.names, group.values, strict=True))
        + "."
        for group in bars.groups
    )


def table(bars: Bars, first: str, words: Words) -> Table:
    """A row for each group; `first`: what the groups are."""
    head = (first, *(f"{name} ({bars.unit})" if bars.unit else name for name in bars.names))
    rows = (
        (group.name, *(words.no_data if one is None else words.number(one) for one in group.values))
        for group in bars.groups
    )
    return Table(bars.title, head, tuple(rows))
