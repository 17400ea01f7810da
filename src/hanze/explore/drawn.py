# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maps of places as pictures, in the visitor's language."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from markupsafe import Markup

from hanze.explore.places import Place
from hanze.web.drawing import map, shades
from hanze.web.drawing.svg import Size
from hanze.web.room import Visit

MAPS = {"phone": map.PHONE, "wide": Size(740, 560)}
"""A picture for narrow screens and one for the others; the style sheet shows one of them."""


BESIDE = {"phone": map.PHONE, "wide": Size(492, 420)}
"""The same for a map beside a text, so that its letters stay as large."""


class Drawn(msgspec.Struct, frozen=True):
    """A map: its pictures by the width of the screen, and for the map that moves its classes: where each but the first begins,
    its shade and its name."""

    pictures: dict[str, Markup]
    breaks: tuple[float, ...]
    legend: list[tuple[int, str]]


def usual(found: Iterable[Place]) -> str | None:
    """The unit that most values have; what is in another one is not shown beside them."""
    codes = [one.unit for one in found if one.value is not None]
    return max(dict.fromkeys(codes), key=codes.count) if codes else None


def places(
    visit: Visit, shown: Sequence[tuple[Place, float | None]], title: str, unit: str, sizes: Mapping[str, Size] = MAPS
) -> Drawn | None:
    """Places with their values as people see them; None where no place is a point."""
    there = [(one.point, one.name, value) for one, value in shown if one.point is not None]
    if not there:
        return None
    names = shortened([name for _, name, _ in there])
    points = [map.Point(*point, name, value) for (point, _, value), name in zip(there, names, strict=True)]
    words, ground = visit.language.words, visit.site.background
    plan = map.Plan(
        title=title, areas=ground.areas, water=ground.water, ways=ground.ways, points=points, what=title, unit=unit
    )
    pictures = {size: Markup(map.draw(plan, room, words, f"map-{size}")) for size, room in sizes.items()}
    known = [point.value for point in points if point.value is not None]
    classes = shades.classes(known, words) if known else shades.Classes((), ())
    return Drawn(pictures, classes.breaks, list(zip(classes.shades, classes.names, strict=True)))


def shortened(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with, for a map has little room."""
    split = [name.split(" ") for name in names]
    if len(names) < 2:
        return list(names)
    same = 0
    while all(len(words) > same + 1 and words[same] == split[0][same] for words in split):
        same += 1
    return [" ".join(words[same:]) for words in split]
