# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shapes that cross or cover themselves become valid ones; those without a surface are told by name and left empty."""

from collections.abc import Sequence

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area
from hanze.goals.areas.findings import Finding
from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_metres

LEAST = 1.0
"""m²: a shape with less has no surface."""


class Mended(msgspec.Struct, frozen=True):
    """`areas`: all that were given, in their order; a shape is valid, its outer rings run against the clock (RFC 7946, clause
    3.1.6), or it is None."""

    areas: list[Area]
    findings: list[Finding]


def mend(areas: Sequence[Area]) -> Mended:
    """All areas with shapes that can be worked with. What `reading` told of a shape is not told again."""
    given = array(one.geometry for one in areas)
    broken = ~shapely.is_valid(given) & ~shapely.is_missing(given)
    whole = given.copy()
    whole[broken] = array(map(_valid, given[broken]))
    before, after = square_metres(given), square_metres(whole)
    whole[after < LEAST] = None
    whole = shapely.orient_polygons(whole)
    findings = []
    for at, one in enumerate(areas):
        if one.geometry is None:
            continue
        if whole[at] is None:
            findings.append(Finding("no surface", one.code, one.name))
        elif broken[at]:
            findings.append(Finding("mended", one.code, one.name, square_metres=float(after[at] - before[at])))
    mended = [msgspec.structs.replace(one, geometry=shape) for one, shape in zip(areas, whole, strict=True)]
    return Mended(mended, findings)


def _valid(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape put right: what its outsides cover, without its holes, or where GEOS cannot do so, what its lines
    enclose. Empty where nothing is left."""
    for method in ("structure", "linework"):
        try:
            found = shapely.make_valid(shape, method=method)
            # GEOS leaves lines beside the polygons, and in a few shapes polygons that still share a side.
            parts = shapely.get_parts(shapely.get_parts(found))
            return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
        except shapely.errors.GEOSException:
            continue
    return shapely.MultiPolygon()
