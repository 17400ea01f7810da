# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a picture says, read from its SVG as a browser and a screen reader would."""

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hanze.web.drawing.svg import BOLD, LARGE, SMALL, Box, width

SPACE = "{http://www.w3.org/2000/svg}"

HOSTILE = "</title><script>alert(1)</script>&'\"]]>\x00\x1b\u202e\ud800{} %s\nx"
"""A name that tries to leave its element, its attribute, XML itself, its line and its direction."""


def read(svg: str) -> Element:
    """The picture as XML; an error where it is not well-formed, or cannot be sent."""
    svg.encode("utf-8")
    return ElementTree.fromstring(svg)


def of_class(picture: Element, name: str) -> list[Element]:
    """All elements of a class."""
    return [one for one in picture.iter() if name in one.get("class", "").split()]


def all_text(picture: Element) -> list[str]:
    """Everything that is seen or heard."""
    return [one.text or "" for one in picture.iter() if one.text]


def heard(picture: Element) -> tuple[str, str]:
    """Title and description, found the way a screen reader does."""
    assert picture.get("role") == "img"
    found = {one.get("id"): one.text or "" for one in picture.iter() if one.get("id")}
    title, told = picture.get("aria-labelledby", "").split()
    return found[title], found[told]


def boxes(picture: Element) -> list[tuple[str, Box]]:
    """Each written text with about the room that it takes."""
    return [(one.text or "", _box(one)) for one in picture.iter(f"{SPACE}text")]


def _box(one: Element) -> Box:
    kinds = one.get("class", "").split()
    size = BOLD if "label-limit" in kinds else LARGE if "said" in kinds else SMALL
    wide = width(one.text or "", size)
    x, y = float(one.get("x", "")), float(one.get("y", ""))
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[one.get("text-anchor", "start")]
    return Box(left, y - size * 0.8, left + wide, y + size * 0.2)


def check_texts(picture: Element) -> None:
    """All texts lie in the picture, none upon another, and none tells of the machine."""
    _, _, wide, high = map(float, picture.get("viewBox", "").split())
    found = boxes(picture)
    for words, box in found:
        assert Box(-0.6, -0.6, wide + 0.6, high + 0.6).holds(box), words
    for (one, box), (other, beside) in combinations(found, 2):
        assert not box.wider(-0.2).meets(beside.wider(-0.2)), (one, other)
    for words in all_text(picture):
        assert not re.search(r"\bNone\b|\bnan\b|\binf\b|\d{4}-\d\d|T\d\d:|urn:", words), words


def points(data: str) -> Iterator[tuple[float, float]]:
    """The corners of a path that is made of M, L and Z only."""
    for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", data):
        yield float(pair[0]), float(pair[1])
