# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does not change, made up: names, numbers, places and links of practice things."""

import math
import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from hanze.experiments.practice.measured import Thing, plain
from hanze.feeds.making import urn
from hanze.ngsild import geometry, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance

SIMULATED = CORE.expand("simulated")

SHARED = 3
"""A word that so many things have is one of a list, such as a state, and is kept."""

TRIES = 1_000
AROUND = 0.002
"""Degrees around real places within which made-up ones lie."""

_LIST = re.compile(r"[a-z][A-Za-z0-9_-]{0,31}")
"""As the lists of the Smart Data Models write their words; names of places begin with a capital."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?")

MOST_DAYS = 90
DAY = 86_400_000_000


class Names:
    """Made-up things of one type (an IRI) in a city (its code); days lie before `now` (microseconds). `place`: a polygon in
    which they lie, None: among the real ones."""

    def __init__(
        self, type: str, city: str, now: int, place: Mapping[str, object] | None, things: Sequence[Thing],
        random: np.random.Generator,
    ) -> None:  # fmt: skip
        self._type, self._city, self._random = type, city, random
        self._entities = [one.entity for one in things]
        self._now = now
        self._area = None if place is None else geometry.shape(dict(place))

    def id(self, number: int) -> str:
        return urn(_last(self._type), self._city, f"practice-{number + 1:03}")

    def entity(self, number: int, real: Entity, told: Container[str]) -> Entity:
        """The thing of this number with all attributes of the real one but those that are told hour by hour."""
        made: dict[str, list[Instance]] = {}
        for name, instances in real.attributes.items():
            if name not in told and name != SIMULATED:
                found = [one for each in instances if (one := self._instance(number, name, each)) is not None]
                made |= {name: found} if found else {}
        made[SIMULATED] = [{"type": "Property", "value": True}]
        return Entity(self.id(number), [self._type], made)

    def _instance(self, number: int, name: str, real: Instance) -> Instance | None:
        """None for kinds that practice data do not have."""
        kept: Instance = {part: real[part] for part in ("type", "unitCode", "datasetId") if part in real}
        match real["type"]:
            case "Property":
                return {**kept, "value": self._value(number, name, real["value"])}
            case "GeoProperty":
                return {**kept, "value": self._place(name, real["value"])}
            case "Relationship" if isinstance(real["object"], str):
                return {**kept, "object": self._link(number, real["object"])}
            case "LanguageProperty":
                return {**kept, "languageMap": {code: self._text(number) for code in real["languageMap"]}}
        return None

    def _value(self, number: int, name: str, real: Any) -> Any:
        """Of a number at the top one of that size; of objects and lists the same shape, without what stood in it."""
        if isinstance(real, (int, float)) and not isinstance(real, bool):
            return self._number(name, real)
        return self._shaped(number, name, real)

    def _shaped(self, number: int, name: str, real: Any) -> Any:
        if isinstance(real, dict):
            return {key: real[key] if key == "@type" else self._shaped(number, name, real[key]) for key in real}
        if isinstance(real, list):
            return [self._shaped(number, name, value) for value in real[:1]]
        if isinstance(real, bool):
            return bool(self._random.integers(2))
        if isinstance(real, str):
            return self._text(number, name, real)
        return real if real is None else 1

    def _text(self, number: int, name: str = "", real: str = "") -> str:
        if _DATE.fullmatch(real):
            return times.text(self._now - int(self._random.integers(MOST_DAYS * 24)) * DAY // 24)[: len(real)]
        return real if self._listed(name, real) else f"Practice {number + 1:03}"

    def _listed(self, name: str, real: str) -> bool:
        """One of a list of words that several things have."""
        if _LIST.fullmatch(real) is None:
            return False
        values = [plain(one.attributes.get(name, [])) for one in self._entities]
        return sum(real == one or (isinstance(one, list) and real in one) for one in values) >= SHARED

    def _number(self, name: str, real: float) -> float:
        """Between those of all things; around the real one where they are all the same. Three digits."""
        every = [plain(one.attributes.get(name, [])) for one in self._entities]
        known = [float(one) for one in every if isinstance(one, (int, float)) and not isinstance(one, bool)]
        low, high = min(known, default=real), max(known, default=real)
        found = self._random.uniform(low, high) if low < high else real * self._random.uniform(0.75, 1.25)
        rounded = round(found, 2 - math.floor(math.log10(abs(found)))) if found else 0.0
        return round(rounded) if isinstance(real, int) else rounded

    def _place(self, name: str, real: dict[str, Any]) -> dict[str, Any]:
        """Somewhere inside, a shape of the same kind."""
        x, y = self._point(name)
        if real["type"] == "Point":
            return {"type": "Point", "coordinates": [x, y]}
        far = AROUND / 4
        if real["type"] == "LineString":
            return {"type": "LineString", "coordinates": [[x, y], [round(x + far, 6), y]]}
        ring = shapely.box(x, y, round(x + far, 6), round(y + far, 6))
        return {"type": "Polygon", "coordinates": [[list(one) for one in ring.exterior.coords]]}

    def _point(self, name: str) -> tuple[float, float]:
        area = self._area or self._among(name)
        west, south, east, north = area.bounds
        for _ in range(TRIES):
            x, y = self._random.uniform(west, east), self._random.uniform(south, north)
            if shapely.intersects_xy(area, x, y):
                return round(x, 6), round(y, 6)
        inside = area.representative_point()
        return inside.x, inside.y

    def _among(self, name: str) -> shapely.Geometry:
        """The box around the real places."""
        there = [one["value"] for entity in self._entities for one in entity.attributes.get(name, [])]
        boxes = [geometry.shape(one).bounds for one in there]
        low, high = np.array(boxes)[:, :2].min(axis=0) - AROUND, np.array(boxes)[:, 2:].max(axis=0) + AROUND
        return shapely.box(*low, *high)

    def _link(self, number: int, real: str) -> str:
        """To a made-up thing of the same kind, as far as its id says of which kind it is."""
        part = real.split(":")
        kind = part[2] if real.startswith("urn:ngsi-ld:") and len(part) > 3 else "Thing"
        return urn(kind, self._city, f"practice-{number + 1:03}")


def _last(type: str) -> str:
    """The last word of an IRI."""
    return CORE.compact(type).replace("#", "/").rstrip("/").rpartition("/")[2]
