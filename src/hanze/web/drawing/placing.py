# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names on a map that neither touch each other nor cover what is marked: who comes first has the choice."""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hanze.web.drawing.svg import SMALL, Box, text, width

LINE = SMALL + 3
MOST = 120
"""Names; more are a text, not a map."""

ASIDE = 3.0
"""Pixels between a mark and its name."""

Edges = NDArray[np.float64]
"""A row for each box: left, top, right, bottom."""


class Label(Struct, frozen=True):
    """Lines of text in their place. `kind`: the class of its elements. `side`: where the text is anchored, as in SVG."""

    lines: tuple[str, ...]
    box: Box
    side: str
    kind: str


def beside(lines: tuple[str, ...], x: float, y: float, radius: float, kind: str) -> list[Label]:
    """The places of a label around a mark, the best first."""
    wide, high = _size(lines)
    far = radius + ASIDE
    return [
        Label(lines, Box(x + far, y - high / 2, x + far + wide, y + high / 2), "start", kind),
        Label(lines, Box(x - far - wide, y - high / 2, x - far, y + high / 2), "end", kind),
        Label(lines, Box(x - wide / 2, y - far - high, x + wide / 2, y - far), "middle", kind),
        Label(lines, Box(x - wide / 2, y + far, x + wide / 2, y + far + high), "middle", kind),
    ]


def upon(lines: tuple[str, ...], x: float, y: float, kind: str) -> Label:
    """A label around a place."""
    wide, high = _size(lines)
    return Label(lines, Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), "middle", kind)


def place(wanted: Iterable[Sequence[Label]], marked: Sequence[Box], window: Box) -> list[Label]:
    """Of each the first that lies in the window and meets neither what is marked nor a label before; those that find none go."""
    taken = _edges(marked)
    found: list[Label] = []
    for choices in wanted:
        for one, clear in zip(choices, _clear(choices, taken), strict=True):
            if clear and window.holds(one.box) and not any(one.box.meets(other.box) for other in found):
                found.append(one)
                break
        if len(found) == MOST:
            break
    return found


def written(label: Label) -> str:
    """The label as SVG."""
    box = label.box
    x = {"start": box.left, "end": box.right}.get(label.side, (box.left + box.right) / 2)
    return "".join(
        text(line, x, box.top + (number + 0.8) * LINE, class_=label.kind, text_anchor=label.side)
        for number, line in enumerate(label.lines)
    )


def _edges(boxes: Iterable[Box]) -> Edges:
    edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(edges, dtype=np.float64).reshape(-1, 4)


def _clear(choices: Sequence[Label], taken: Edges) -> list[bool]:
    """Which of the labels meet nothing that is taken."""
    left, top, right, bottom = taken.T
    own_left, own_top, own_right, own_bottom = _edges(one.box for one in choices).T[:, :, None]
    meets = (left < own_right) & (right > own_left) & (top < own_bottom) & (bottom > own_top)
    clear: list[bool] = (~meets.any(axis=1)).tolist()
    return clear


def _size(lines: tuple[str, ...]) -> tuple[float, float]:
    return max(map(width, lines)), len(lines) * LINE
