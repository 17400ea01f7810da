# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shapes in rows, as shapely works on them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def array(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.object_]:
    """A row of shapes; numpy would take the parts of some of them apart."""
    found = list(shapes)
    row = np.empty(len(found), dtype=object)
    row[:] = found
    return row
