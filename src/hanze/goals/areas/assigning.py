# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which area things lie: asked once for all of them, not at each question."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area
from hanze.goals.areas.shapes import array


class Map:
    """Mended areas of one level, found by place. The order in which they are given changes nothing."""

    def __init__(self, areas: Iterable[Area]) -> None:
        drawn = sorted((one for one in areas if one.geometry is not None), key=lambda one: one.code)
        self._codes: list[str | None] = [*(one.code for one in drawn), None]
        self._shapes = array(one.geometry for one in drawn)
        shapely.prepare(self._shapes)
        self._tree = STRtree(self._shapes)

    def points(self, longitudes: ArrayLike, latitudes: ArrayLike) -> list[str | None]:
        """The code of the area of each place in degrees; on a border, or where areas overlap, the first by code; None outside
        of all."""
        x, y = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        first = np.full(len(x), len(self._shapes))
        # Boxes are looked up in the tree; whether the place lies in the prepared shape itself is then asked for all at once.
        at, area = self._tree.query(shapely.points(x, y))
        inside = shapely.intersects_xy(self._shapes[area], x[at], y[at])
        np.minimum.at(first, at[inside], area[inside])
        return [self._codes[one] for one in first.tolist()]

    def shapes(self, shapes: Sequence[BaseGeometry | None]) -> list[str | None]:
        """The same of lines and polygons, by a point that surely lies on each; None for what is no shape."""
        middles: NDArray[np.object_] = shapely.point_on_surface(array(shapes))
        middles[shapely.is_empty(middles)] = None
        return self.points(shapely.get_x(middles), shapely.get_y(middles))
