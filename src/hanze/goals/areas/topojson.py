# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""TopoJSON becomes features of GeoJSON: shared lines (arcs) are put together to rings.

Source: the TopoJSON format specification, clauses 2.1 and 2.2 (github.com/topojson/topojson-specification).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]

MOST_POSITIONS = 20_000_000
"""Of all rings: a small file can name one line very often."""


class Topology:
    """A document whose type is Topology. ValueError says what is wrong with it."""

    def __init__(self, document: dict[str, Any]) -> None:
        objects = document.get("objects")
        if not isinstance(objects, dict) or not all(isinstance(one, dict) for one in objects.values()):
            raise ValueError("has no objects; a topology names each of its layers there")
        self.layers: dict[str, dict[str, Any]] = objects
        self._move = _transform(document.get("transform"))
        arcs = document.get("arcs")
        self._arcs = [self._arc(number, arc) for number, arc in enumerate(arcs if isinstance(arcs, list) else [])]
        self._left = MOST_POSITIONS

    def features(self, layer: str) -> Iterator[dict[str, Any]]:
        """The geometries of a layer, each as a feature; one that cannot be put together has the member `wrong` instead."""
        top = self.layers[layer]
        whole = top.get("type") == "GeometryCollection" and isinstance(top.get("geometries"), list)
        for one in top["geometries"] if whole else [top]:
            if not isinstance(one, dict):
                yield {"wrong": "is no object"}
                continue
            feature = {"type": "Feature", "id": one.get("id"), "properties": one.get("properties")}
            try:
                yield {**feature, "geometry": self._geometry(one)}
            except ValueError as error:
                yield {**feature, "wrong": str(error)}

    def _geometry(self, one: dict[str, Any]) -> dict[str, Any]:
        """Its rings are arrays. Points and lines keep their type only: they are no areas."""
        kind = one.get("type")
        if kind == "GeometryCollection":
            parts = [part for part in _listed(one.get("geometries")) if isinstance(part, dict)]
            return {"type": kind, "geometries": [self._geometry(part) for part in parts]}
        if kind == "Polygon":
            return {"type": kind, "coordinates": self._rings(one.get("arcs"))}
        if kind == "MultiPolygon":
            return {"type": kind, "coordinates": [self._rings(rings) for rings in _listed(one.get("arcs"))]}
        return {"type": kind}

    def _rings(self, rings: Any) -> list[Line]:
        return [self._ring(_listed(ring)) for ring in _listed(rings)]

    def _ring(self, numbers: list[Any]) -> Line:
        """Lines one after the other; the first position of each but the first is the last of that before it."""
        if not numbers:
            return np.empty((0, 2))
        lines = [self._one(number) for number in numbers]
        ring = np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
        self._left -= len(ring)
        if self._left < 0:
            raise ValueError(f"has rings of more than {MOST_POSITIONS} positions together")
        return ring

    def _one(self, number: Any) -> Line:
        """The line of a number; -1 is the first from end to start, -2 the second."""
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError(f"names the arc {number!r}, which is no whole number")
        at = ~number if number < 0 else number
        if at >= len(self._arcs):
            raise ValueError(f"names the arc {number}; there are {len(self._arcs)}")
        line = self._arcs[at]
        return line[::-1] if number < 0 else line

    def _arc(self, number: int, arc: Any) -> Line:
        """In a quantised topology each position is a step from that before it."""
        try:
            found = np.array([position[:2] for position in arc], dtype=float).reshape(-1, 2)
        except (ValueError, TypeError, OverflowError):
            raise ValueError(f"has an arc {number} whose positions are not two numbers each") from None
        if not len(found):
            raise ValueError(f"has an arc {number} without positions")
        if self._move is None:
            return found
        scale, translate = self._move
        return np.asarray(np.cumsum(found, axis=0) * scale + translate)


def _transform(given: Any) -> tuple[Line, Line] | None:
    if given is None:
        return None
    try:
        scale, translate = (np.array(given[key], dtype=float).reshape(2) for key in ("scale", "translate"))
    except (ValueError, TypeError, KeyError, IndexError):
        raise ValueError("has a transform without scale and translate of two numbers each") from None
    return scale, translate


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("its arcs are no lists of lists")
    return value
